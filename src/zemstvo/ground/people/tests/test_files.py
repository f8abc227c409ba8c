"""Sealed files: what a command named is there, what no command named goes away."""

import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from zemstvo.ground.people import files, vault
from zemstvo.ground.people.models import StoredFile
from zemstvo.ground.people.vault import Erased, NotSealedHere

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPORT = b"a scan of a passport" * 100


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    return Path(settings.FILES)


@pytest.fixture
def anna(db):
    return vault.new_pseudonym()


def kept(person, content=PASSPORT):
    name = files.put(person, content)
    files.keep(name, person, size_bytes=len(content), at=NOW)
    return name


def on_disk(store):
    return [path for path in store.rglob("*") if path.is_file()]


def age(store, **by):
    moment = (NOW - timedelta(**by)).timestamp()
    for path in on_disk(store):
        os.utime(path, (moment, moment))


def test_a_file_is_read_back_and_lies_sealed_under_a_random_name(anna, store):
    name = kept(anna)

    assert files.content_of(name) == PASSPORT
    (path,) = on_disk(store)
    assert path.name == name
    assert b"passport" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert kept(anna) != name


def test_a_file_without_a_row_is_an_orphan_until_the_sweep(anna, store):
    name = files.put(anna, PASSPORT)

    with pytest.raises(files.FileIsGone):
        files.content_of(name)
    age(store, hours=23)
    assert files.sweep(at=NOW) == 0
    age(store, hours=25)
    assert files.sweep(at=NOW) == 1
    assert on_disk(store) == []


def test_the_sweep_leaves_what_is_in_use(anna, store):
    name = kept(anna)
    age(store, days=400)

    assert files.sweep(at=NOW) == 0
    assert files.content_of(name) == PASSPORT


def test_the_sweep_takes_half_written_files(anna, store):
    name = kept(anna)
    (store / name[:2] / f"{name}.part").write_bytes(b"half")
    age(store, days=2)

    assert files.sweep(at=NOW) == 1
    assert files.content_of(name) == PASSPORT


def test_what_is_given_up_goes_with_the_next_sweep(anna, store):
    name = kept(anna)
    files.release(name)
    files.release(name)
    age(store, days=2)

    with pytest.raises(files.FileIsGone):
        files.content_of(name)
    assert files.sweep(at=NOW) == 1


def test_a_file_that_was_swept_cannot_be_named(anna, store):
    name = files.put(anna, PASSPORT)
    age(store, days=2)
    files.sweep(at=NOW)

    with pytest.raises(files.FileIsGone):
        files.keep(name, anna, size_bytes=1, at=NOW)
    assert not StoredFile.objects.exists()


def test_a_file_of_an_erased_person_does_not_open(anna):
    name = kept(anna)
    vault.destroy_key(anna)

    with pytest.raises(Erased):
        files.content_of(name)
    with pytest.raises(Erased):
        files.put(anna, PASSPORT)


def test_a_file_in_the_place_of_another_does_not_open(anna, store):
    one, other = kept(anna, b"one"), kept(anna, b"other")
    (store / one[:2] / one).write_bytes((store / other[:2] / other).read_bytes())

    with pytest.raises(NotSealedHere):
        files.content_of(one)


def test_a_changed_byte_is_noticed(anna, store):
    name = kept(anna)
    (path,) = on_disk(store)
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(bytes(content))

    with pytest.raises(NotSealedHere):
        files.content_of(name)


def test_a_draft_hands_its_file_over_to_the_person(anna):
    somebody = vault.new_pseudonym()
    old = kept(somebody)

    new = files.hand_over(old, to=anna)
    files.keep(new, anna, size_bytes=len(PASSPORT), at=NOW)
    vault.destroy_key(somebody)

    assert files.content_of(new) == PASSPORT


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 32, "0" * 31, "0" * 33, "0" * 31 + "\n"])
def test_a_name_that_is_none_is_no_path(name):
    with pytest.raises(files.FileIsGone):
        files.content_of(name)
    with pytest.raises(files.FileIsGone):
        files.keep(name, "00000000-0000-4000-8000-000000000001", size_bytes=1, at=NOW)


def test_a_full_disk_stores_nothing_and_says_so(anna, store, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)

    with pytest.raises(files.StoreIsFull):
        files.put(anna, PASSPORT)
    assert on_disk(store) == []


def test_a_name_whose_file_is_missing_is_reported(anna, store):
    name = kept(anna)
    kept(anna)
    (store / name[:2] / name).unlink()

    assert files.missing() == [name]
    with pytest.raises(files.FileIsGone):
        files.content_of(name)
