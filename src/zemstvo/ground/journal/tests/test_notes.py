"""Checkpoints in the format of C2SP, held against its published example, and bent in every byte."""

from base64 import b64decode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from zemstvo.ground.journal.notes import (
    DASH,
    Signer,
    Verifier,
    WrongNote,
    is_signed_by,
    read_checkpoint,
    signed_checkpoint,
    split_notes,
)

ROOT = bytes(range(32))
SEALED_AT = datetime(2026, 11, 23, 9, 30, 15, tzinfo=UTC)


@pytest.fixture
def zarechny():
    return Signer("zarechny.example/journal", Ed25519PrivateKey.from_private_bytes(bytes(32)))


@pytest.fixture
def note(zarechny):
    return signed_checkpoint(zarechny, 1709, ROOT, SEALED_AT)


def test_a_checkpoint_has_three_lines_and_two_signatures(note):
    lines = note.split("\n")

    assert lines[:4] == [
        "zarechny.example/journal",
        "1709",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "",
    ]
    assert [line.split(" ")[:2] for line in lines[4:6]] == [["—", "zarechny.example/journal"]] * 2
    assert [len(b64decode(line.split(" ")[2])) for line in lines[4:6]] == [4 + 64, 4 + 8 + 64]
    assert lines[6:] == [""]


def test_a_checkpoint_says_what_was_signed_and_when(note, zarechny):
    head = read_checkpoint(note, [zarechny.verifier], exact=True)

    assert (head.origin, head.size, head.root, head.signed_at) == (zarechny.origin, 1709, ROOT, SEALED_AT)


def test_one_changed_byte_anywhere_is_found(note, zarechny):
    raw = note.encode()
    for place in range(len(raw)):
        for change in (0x01, 0x20, 0x80):
            bent = bytearray(raw)
            bent[place] ^= change
            with pytest.raises(WrongNote):
                read_checkpoint(bent.decode(errors="replace"), [zarechny.verifier], exact=True)
        with pytest.raises(WrongNote):
            read_checkpoint(
                (raw[:place] + raw[place + 1 :]).decode(errors="replace"), [zarechny.verifier], exact=True
            )


def test_a_stranger_cannot_sign_for_the_log(note, zarechny):
    stranger = Signer(zarechny.origin, Ed25519PrivateKey.from_private_bytes(b"\1" * 32))

    with pytest.raises(WrongNote, match="no key that is trusted"):
        read_checkpoint(signed_checkpoint(stranger, 1709, ROOT, SEALED_AT), [zarechny.verifier])
    with pytest.raises(WrongNote, match="no key that is trusted"):
        read_checkpoint(note, [Verifier("other.example", zarechny.verifier.public)])


def test_a_witness_may_sign_below_but_not_in_the_journal_itself(note, zarechny):
    cosigned = note + f"{DASH}witness.example mJirIkljAAAA\n"

    assert read_checkpoint(cosigned, [zarechny.verifier]).size == 1709
    with pytest.raises(WrongNote, match="does not write"):
        read_checkpoint(cosigned, [zarechny.verifier], exact=True)


def test_what_a_key_signed_it_signs_again_in_the_same_bytes(note, zarechny):
    stranger = Signer(zarechny.origin, Ed25519PrivateKey.from_private_bytes(b"\1" * 32))

    assert is_signed_by(zarechny, note, 1709, ROOT)
    assert not is_signed_by(stranger, note, 1709, ROOT)
    assert not is_signed_by(zarechny, note, 1710, ROOT)
    assert not is_signed_by(zarechny, note, 1709, bytes(32))
    for place in range(len(note)):
        bent = note[:place] + ("x" if note[place] != "x" else "y") + note[place + 1 :]
        assert not is_signed_by(zarechny, bent, 1709, ROOT)


def test_a_verifier_is_one_line(zarechny):
    line = str(zarechny.verifier)

    assert line.startswith("zarechny.example/journal+")
    assert Verifier.read(line) == zarechny.verifier
    for wrong in ("", "a+b", line[:-2] + "A=", line.replace("zarechny", "oleg")):
        with pytest.raises(WrongNote):
            Verifier.read(wrong)


def test_the_published_verifier_key_of_the_go_checksum_database_is_read():
    published = Verifier.read("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")

    assert published.origin == "sum.golang.org"


def test_a_file_may_hold_several_checkpoints(note, zarechny):
    later = signed_checkpoint(zarechny, 1800, ROOT, SEALED_AT)

    assert split_notes(note + later) == [note, later]
    assert split_notes(note + "\n\n" + later) == [note, later]
    assert split_notes("") == split_notes("nothing of the kind\n") == []
