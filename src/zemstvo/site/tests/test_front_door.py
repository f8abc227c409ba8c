"""./zemstvo needs only Python: it fetches what it must, checks it, and says what to do when it cannot."""

import hashlib
import importlib.machinery
import importlib.util
import io
import json
import re
import zipfile

import pytest

from zemstvo.site.environment import ROOT


@pytest.fixture
def door(monkeypatch):
    """The executable as a module, without being run."""
    loader = importlib.machinery.SourceFileLoader("front_door", str(ROOT / "zemstvo"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("front_door", loader))
    loader.exec_module(module)
    for name in ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_INDEX", "UV"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(module, "IS_RUSSIAN", False)
    return module


def wheel_with(content, version):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"uv-{version}.data/scripts/uv", content)
    return packed.getvalue()


def test_it_imports_nothing_but_the_standard_library():
    source = (ROOT / "zemstvo").read_text(encoding="utf-8")
    imported = set(re.findall(r"^(?:import|from) (\w+)", source, re.M))

    assert imported <= set(importlib.import_module("sys").stdlib_module_names)


def test_every_machine_has_a_wheel_with_a_hash(door):
    machines = {(system, chip) for system in ("linux-gnu", "linux-musl") for chip in ("x86_64", "aarch64")}

    assert set(door.UV_WHEELS) == machines | {("macos", "x86_64"), ("macos", "arm64")}
    for path, digest in door.UV_WHEELS.values():
        assert f"uv-{door.UV_VERSION}-" in path
        assert re.fullmatch(r"[0-9a-f]{64}", digest)


def test_a_wheel_with_another_hash_is_thrown_away(door, monkeypatch, tmp_path):
    monkeypatch.setattr(door, "download", lambda path: wheel_with(b"something else", door.UV_VERSION))

    with pytest.raises(door.Unready, match="is not uv"):
        door.fetch_uv(tmp_path / "uv")
    assert not (tmp_path / "uv").exists()


def test_the_right_wheel_is_unpacked_and_can_be_run(door, monkeypatch, tmp_path):
    wheel = wheel_with(b"#!/bin/sh\necho uv\n", door.UV_VERSION)
    digest = hashlib.sha256(wheel).hexdigest()
    monkeypatch.setitem(door.UV_WHEELS, door.this_machine(), ("aa/bb/uv.whl", digest))
    monkeypatch.setattr(door, "download", lambda path: wheel)

    door.fetch_uv(tmp_path / "cache" / "uv")

    assert (tmp_path / "cache" / "uv").stat().st_mode & 0o111
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["uv"]


def test_without_a_network_it_says_what_to_do(door, monkeypatch):
    def refuse(address):
        raise OSError("Network is unreachable")

    monkeypatch.setattr(door, "fetch", refuse)

    with pytest.raises(door.Unready, match=r"install uv .* yourself"):
        door.download("aa/bb/uv.whl")


def test_a_program_that_may_not_run_is_named_with_what_to_do(door, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = tmp_path / "zemstvo" / f"uv-{door.UV_VERSION}" / "uv"
    place.parent.mkdir(parents=True)
    place.write_text("not for running")

    with pytest.raises(door.Unready, match="cannot be run"):
        door.uv_of_ours()


@pytest.mark.parametrize(
    "page",
    [
        json.dumps({"files": [{"filename": "uv-1.whl", "url": "../../packages/uv-1.whl"}]}),
        '<a href="../../packages/uv-1.whl#sha256=00">uv-1.whl</a>',
    ],
)
def test_a_mirror_may_speak_either_form_of_an_index(door, monkeypatch, page):
    class Answer(io.BytesIO):
        url = "https://mirror.example.org/simple/uv/"

    monkeypatch.setattr(door.urllib.request, "urlopen", lambda *_args, **_more: Answer(page.encode()))

    assert (
        door.address_in_index("https://mirror.example.org", "uv-1.whl")
        == "https://mirror.example.org/packages/uv-1.whl"
    )


def test_the_index_of_pip_is_told_to_uv(door, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example.org/simple")

    assert door.environment_of_uv()["UV_DEFAULT_INDEX"] == "https://mirror.example.org/simple"
    assert door.environment_of_uv()["UV_PYTHON_DOWNLOADS"] == "never"


def test_an_unchanged_lock_needs_no_work(door, monkeypatch, tmp_path):
    monkeypatch.setattr(door, "STAMP", tmp_path / "stamp")
    assert not door.is_ready(with_tests=False)

    (tmp_path / "stamp").write_text(f"{door.lock_digest()} run\n")
    assert door.is_ready(with_tests=False)
    assert not door.is_ready(with_tests=True)

    (tmp_path / "stamp").write_text(f"{'0' * 64} dev\n")
    assert not door.is_ready(with_tests=False)
