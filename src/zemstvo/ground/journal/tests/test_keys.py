"""The journal's key is made once, is nobody else's to read, and may be replaced."""

import stat

import pytest

from zemstvo.ground.journal import keys
from zemstvo.ground.journal.notes import WrongNote, read_checkpoint, signed_checkpoint
from zemstvo.ground.journal.tests.test_notes import ROOT, SEALED_AT


def test_the_key_is_made_at_the_first_need_and_then_kept(house):
    first = keys.signer()
    keys._signer.cache_clear()

    assert keys.signer().verifier == first.verifier
    assert first.origin.startswith("zemstvo/")
    assert keys.verifiers() == [first.verifier]


def test_only_the_owner_may_read_the_key(house):
    keys.signer()
    path = house / "secrets" / "journal.key"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.read_text().startswith("PRIVATE+KEY+zemstvo/")
    assert "PRIVATE" not in (house / "journal.verifiers").read_text()
    assert [file.name for file in path.parent.iterdir()] == ["journal.key"]


def test_the_origin_may_be_named(house, settings):
    settings.JOURNAL_ORIGIN = "zarechny.example/journal"

    assert keys.signer().origin == "zarechny.example/journal"


def test_several_machines_may_share_a_key_by_their_environment(house, settings):
    keys.signer()
    given = (house / "secrets" / "journal.key").read_text().strip()
    (house / "secrets" / "journal.key").unlink()
    settings.JOURNAL_KEY = given

    assert str(keys.signer().verifier) in (house / "journal.verifiers").read_text()
    assert not (house / "secrets" / "journal.key").exists()
    with pytest.raises(RuntimeError, match="ZEMSTVO_JOURNAL_KEY"):
        keys.rotate_key()


@pytest.mark.parametrize("wrong", ["", "secret", "PRIVATE+KEY+z/1+00000000+AQ==", "PRIVATE+KEY+z 1+0+AQ=="])
def test_a_damaged_key_is_named_and_not_replaced(house, wrong):
    (house / "secrets").mkdir()
    (house / "secrets" / "journal.key").write_text(wrong)

    with pytest.raises(WrongNote, match="key"):
        keys.signer()

    assert (house / "secrets" / "journal.key").read_text() == wrong


def test_what_the_old_key_signed_stays_valid_after_a_rotation(house):
    old = keys.signer()
    note = signed_checkpoint(old, 5, ROOT, SEALED_AT)

    new = keys.rotate_key()

    assert new.origin == old.origin
    assert new.verifier != old.verifier
    assert keys.verifiers() == [old.verifier, new.verifier]
    assert read_checkpoint(note, keys.verifiers(), exact=True).size == 5


def test_a_shortened_journal_goes_on_under_a_new_origin(house):
    old = keys.signer()

    second = keys.open_new_log()
    third = keys.open_new_log()

    assert [second.origin, third.origin] == [f"{old.origin}~2", f"{old.origin}~3"]
    assert keys.verifiers() == [old.verifier, second.verifier, third.verifier]


def test_two_processes_that_start_at_once_make_one_key(house):
    path = house / "secrets" / "journal.key"

    assert keys.write_secret(path, "first")
    assert not keys.write_secret(path, "second")
    assert path.read_text() == "first"
