"""The suite says what it needs, brings its own PostgreSQL, and picks what has something to say there."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from zemstvo.site.environment import ROOT
from zemstvo.site.suite import needs, postgres
from zemstvo.site.suite.needs import Missing, Need

ABSENT = Need("a-package-of-nowhere", lambda: "", "nothing")
PRESENT = Need("coreutils", lambda: "/bin/ls", "listing")


def test_what_is_there_is_not_installed(monkeypatch):
    monkeypatch.setattr(needs, "_install", lambda *_: pytest.fail("nothing was missing"))

    needs.meet((PRESENT,), print)


def test_what_is_missing_is_named_where_it_cannot_be_installed(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(Missing) as caught:
        needs.meet((PRESENT, ABSENT), print)

    assert "a-package-of-nowhere: nothing" in str(caught.value)
    assert "apt install a-package-of-nowhere" in str(caught.value)
    assert "coreutils" not in str(caught.value)


def test_what_apt_could_not_bring_is_named_too(monkeypatch):
    asked = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(needs, "is_debian", lambda: True)
    monkeypatch.setattr(needs.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(needs, "_install", lambda packages, _say: asked.extend(packages))

    with pytest.raises(Missing):
        needs.meet((ABSENT,), print)
    assert asked == ["a-package-of-nowhere"]


@pytest.mark.parametrize(
    ("told", "is_one"),
    [
        ("ID=debian\n", True),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True),
        ('ID="fedora"\n', False),
        ("", False),
    ],
)
def test_descendants_of_debian_are_known_by_what_they_say(monkeypatch, told, is_one):
    monkeypatch.setattr(Path, "read_text", lambda *_args, **_more: told)

    assert needs.is_debian() is is_one


@pytest.mark.skipif(not needs.postgresql(), reason="needs the programs of PostgreSQL")
def test_the_cluster_is_ours_alone_and_leaves_nothing():
    with postgres.cluster(Path(needs.postgresql())) as cluster:
        for address in cluster.environment.values():
            with psycopg.connect(address) as connection:
                assert connection.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
                place = connection.execute("SHOW data_directory").fetchone()[0]

    assert not Path(place).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.environment["DATABASE_URL"], connect_timeout=2)


def test_only_what_touches_a_database_goes_to_postgresql(tmp_path):
    (tmp_path / "test_some.py").write_text(
        "import pytest\n"
        "def test_plain(): pass\n"
        "def test_asks(db): pass\n"
        "@pytest.mark.django_db\ndef test_marked(): pass\n"
        "@pytest.mark.own_database\ndef test_own(): pass\n"
        "@pytest.mark.browser\n@pytest.mark.django_db\ndef test_page(): pass\n"
    )
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    command += [
        "-p",
        "zemstvo.site.suite.only_database",
        "--rootdir",
        str(ROOT),
        "-c",
        str(ROOT / "pyproject.toml"),
    ]

    collected = subprocess.run([*command, str(tmp_path)], cwd=ROOT, capture_output=True, text=True).stdout

    assert {line.rpartition("::")[2] for line in collected.splitlines() if "::" in line} == {
        "test_asks",
        "test_marked",
        "test_own",
    }


def test_continuous_integration_runs_what_everybody_runs():
    script = (ROOT / ".ci" / "run").read_text()

    assert script.strip().endswith("exec ./zemstvo test")
    assert os.access(ROOT / ".ci" / "run", os.X_OK) and os.access(ROOT / "zemstvo", os.X_OK)
