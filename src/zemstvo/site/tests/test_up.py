"""The site starts, serves, survives what happens to machines, and stops; said with real processes."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path
from uuid import uuid4

import pytest

from zemstvo.site.tests.running import IS_EMBEDDED, Site, fresh_databases, run

pytestmark = [pytest.mark.own_database, pytest.mark.xdist_group("site")]
on_sqlite = pytest.mark.skipif(not IS_EMBEDDED, reason="about the file of SQLite")


@pytest.fixture(scope="module")
def still_demo(demo, token, tmp_path_factory):
    """A copy of the demo from before a site runs on it: a folder that is being written cannot be copied."""
    return shutil.copytree(demo, tmp_path_factory.mktemp("still") / "demo")


@pytest.fixture(scope="module")
def running(still_demo):
    """The site that runs now, handed from test to test; each start takes seconds."""
    kept = []
    yield kept
    for started in kept:
        if started.is_alive:
            started.stop()


@pytest.fixture
def site(demo, databases, running):
    """The demo, running; started if the test before has ended it."""
    if not running or not running[-1].is_alive:
        running.append(Site(demo, **databases))
    return running[-1]


@pytest.fixture(scope="module")
def token(demo, databases):
    name = f"mfc-{uuid4().hex[:6]}"
    made = run("token", "create", "--name", name, "--scopes", "applications:write", data=demo, **databases)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


@pytest.fixture(scope="module")
def application(demo, databases):
    return json.loads(run("packages", "example", "housing-subsidy", data=demo, **databases).stdout)


def file(site, token, application, key=None):
    """File an application, as a machine does."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency_Key": key or uuid4().hex}
    return site.ask("/api/v1/applications", body=application, **headers)


def alive(processes):
    return [pid for pid in processes if Path(f"/proc/{pid}").exists()]


def left_after(seconds, processes):
    """Which of the processes still live when they have had this long to end."""
    end = time.monotonic() + seconds
    while alive(processes) and time.monotonic() < end:
        time.sleep(0.1)
    return alive(processes)


def test_the_next_start_goes_on_where_it_was_and_builds_no_second_demo(site):
    assert "building the demo" not in site.logged.read_text()
    assert site.ask("/")[0] == 200
    assert site.ask_until("/readyz", 200)[0] == 200


def test_what_was_acknowledged_survives_a_kill_in_the_middle(site, running, databases, token, application):
    key = uuid4().hex
    status, _headers, text = file(site, token, application, key)
    assert status == 201, text
    children = site.children
    site.process.kill()
    site.process.wait()

    again = Site(site.data, **databases)
    running.append(again)

    assert file(again, token, application, key)[2] == text
    assert again.ask_until("/readyz", 200)[0] == 200
    assert left_after(20, children) == []
    proved = run("journal", "verify", data=site.data, **databases)
    assert proved.returncode == 0, proved.stdout


def test_a_worker_that_dies_is_started_again(site):
    for pid in site.children:
        os.kill(pid, signal.SIGKILL)

    assert site.ask_until("/healthz", 200)[0] == 200
    assert site.is_alive


def test_a_second_site_on_the_same_folder_is_refused_in_words(site, databases):
    second = run("up", "--port", "0", data=site.data, **databases)

    assert second.returncode == 2
    assert "another site already serves the data folder" in second.stderr
    assert site.ask("/healthz")[0] == 200


def test_a_port_that_is_taken_is_refused_in_words(site, databases, tmp_path):
    port = site.address.rpartition(":")[2]
    second = run("up", "--port", port, data=tmp_path / "other", **databases)

    assert second.returncode == 2
    assert f"127.0.0.1:{port} cannot be listened on" in second.stderr


def test_a_folder_that_cannot_be_written_is_refused_in_words(tmp_path):
    (tmp_path / "data").write_text("a file stands where the folder should be")

    refused = run("up", "--port", "0", data=tmp_path / "data")

    assert refused.returncode == 2
    assert "cannot be written" in refused.stderr


def test_a_demo_never_becomes_a_real_installation(demo, databases):
    refused = run("up", "--empty", "--port", "0", data=demo, **databases)

    assert refused.returncode == 2
    assert "holds the demo; --empty needs another one" in refused.stderr


def test_an_empty_beginning_gives_the_link_of_the_first_administrator(tmp_path):
    with fresh_databases() as places:
        site = Site(tmp_path / "real", "--empty", **places)
        said = site.said.read_text()
        people = site.ask("/account/login/")[2]
        assert site.stop()[0] == 0

    assert "/desk/invitation/" in said
    assert "zarechny.example" not in said + people


def test_an_older_database_is_not_touched_by_other_commands(tmp_path):
    (tmp_path / "data").mkdir()
    with fresh_databases() as places:
        refused = run("journal", "verify", data=tmp_path / "data", **places)

    assert refused.returncode == 2
    assert "«zemstvo up»" in refused.stderr


def test_no_answer_holds_a_stack_trace_or_a_path_of_the_machine(site):
    for path in ("/nothing", "/services/%00/", "/services/nothing/", "/api/v1/nothing", "/desk/cases/1/"):
        status, _headers, text = site.ask(path)
        assert 300 <= status < 500 or status == 200, (path, status)
        assert "Traceback" not in text and "/site-packages/" not in text


@on_sqlite
def test_a_broken_database_is_refused_in_words_and_left_as_it_is(still_demo, tmp_path):
    shutil.copytree(still_demo, tmp_path / "data")
    (tmp_path / "data" / "zemstvo.sqlite3").write_bytes(b"this was a database once" * 400)

    refused = run("up", "--port", "0", data=tmp_path / "data")

    assert refused.returncode == 2
    assert "cannot be used" in refused.stderr and "zemstvo restore" in refused.stderr
    assert (tmp_path / "data" / "zemstvo.sqlite3").read_bytes().startswith(b"this was")


@on_sqlite
def test_a_database_of_a_newer_version_is_refused_in_words(still_demo, tmp_path):
    shutil.copytree(still_demo, tmp_path / "data")
    with sqlite3.connect(tmp_path / "data" / "zemstvo.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '9999_later', '2030-01-01')"
        )

    refused = run("up", "--port", "0", data=tmp_path / "data")

    assert refused.returncode == 2
    assert "made by a newer version (it has cases.9999_later)" in refused.stderr


@on_sqlite
def test_a_locked_database_is_said_and_recovers_by_itself(site, token, application):
    holder = sqlite3.connect(site.data / "zemstvo.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        status, headers, text = file(site, token, application)
        assert (status, bool(headers["Retry-After"])) == (503, True), text
        assert json.loads(text)["code"] == "storage.away"
        assert site.ask("/services/")[0] == 200
    finally:
        holder.execute("ROLLBACK")
        holder.close()

    assert file(site, token, application)[0] == 201


@on_sqlite
def test_a_vanished_database_is_said_and_nothing_is_written_into_the_void(site, token, application):
    database = site.data / "zemstvo.sqlite3"
    away = site.data / "elsewhere.sqlite3"
    database.rename(away)
    try:
        status, headers, _text = file(site, token, application)
        assert (status, bool(headers["Retry-After"])) == (503, True)
        assert not database.exists()
        assert site.ask("/healthz")[0] == 200 and site.ask("/readyz")[0] == 503
    finally:
        away.rename(database)

    assert file(site, token, application)[0] == 201
    assert site.ask_until("/readyz", 200)[0] == 200


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 48 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk can be mounted by root only")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@on_sqlite
def test_a_full_disk_is_said_loses_nothing_and_recovers_by_itself(still_demo, small_disk, token, application):
    shutil.copytree(still_demo, small_disk / "data")
    site = Site(small_disk / "data")
    try:
        kept = file(site, token, application)
        assert kept[0] == 201
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as full, pytest.raises(OSError, match="No space left"):
            while True:
                full.write(bytes(65536))
        answers = [file(site, token, application) for _ in range(30)]
        refused = [answer for answer in answers if answer[0] != 201]
        assert refused and {answer[0] for answer in refused} == {503}
        assert all(answer[1]["Retry-After"] for answer in refused)
        filler.unlink()

        assert file(site, token, application)[0] == 201
        assert site.ask_until("/readyz", 503, seconds=1)[0] in (200, 503)
    finally:
        site.stop()
    assert run("journal", "verify", data=small_disk / "data").returncode == 0


def test_the_worker_is_a_process_of_its_own_beside_two_that_answer(site):
    assert len(site.children) >= 3


@on_sqlite
def test_a_second_worker_on_sqlite_is_refused_in_words(site):
    refused = run("work", data=site.data)

    assert refused.returncode == 2
    assert "one is enough" in refused.stderr


def test_ctrl_c_stops_everything_within_seconds(site):
    children = site.children

    status, seconds = site.stop(signal.SIGINT)

    assert (status, seconds < 20) == (0, True)
    assert alive(children) == []
