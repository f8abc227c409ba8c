"""Signed notes and checkpoints, in the formats of C2SP (signed-note, tlog-checkpoint, tlog-cosignature).

    zarechny.example/journal                            the origin: which log this is
    109482                                              how many leaves it has
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=        the root over them

    — zarechny.example/journal Az3grlgtzPIC…            the log's Ed25519 signature of these three lines
    — zarechny.example/journal jWbPPwAAAABk…            and the same key's cosignature, which carries the time

A checkpoint has no place for a time of its own (extension lines are not recommended), so the log cosigns it
as a witness would. The key id tells the two signatures apart.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext as _

SIGNATURE = 0x01
COSIGNATURE = 0x04
DASH = "— "


class WrongNote(ValueError):
    """A note is not what it should be; the message says in what."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """What one needs in order to trust a log: its origin and the 32 bytes of its public key."""

    origin: str
    public: bytes

    def key_id(self, kind: int) -> bytes:
        """The four bytes by which a signature line names this key and the kind of the signature."""
        return _key_id(self.origin, self.public, kind)

    def verify(self, signature: bytes, text: bytes) -> None:
        """Raises WrongNote unless the signature is that of this key over the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            raise WrongNote(
                _("the signature of %(origin)s is not that of this text") % {"origin": self.origin}
            ) from None

    def __str__(self) -> str:
        """The verifier key as one line: origin+id+key (the vkey of signed-note)."""
        key = b64encode(bytes([SIGNATURE]) + self.public).decode()
        return f"{self.origin}+{self.key_id(SIGNATURE).hex()}+{key}"

    @classmethod
    def read(cls, line: str) -> Verifier:
        """A verifier from its line. Raises WrongNote."""
        origin, _plus, rest = line.strip().partition("+")
        key_id, _plus, key = rest.partition("+")
        raw = strict_base64(key)
        found = cls(origin, raw[1:])
        if len(raw) != 33 or raw[0] != SIGNATURE or found.key_id(SIGNATURE).hex() != key_id:
            raise WrongNote(
                _("%(line)r is not the verifier key of an Ed25519 log") % {"line": line.strip()[:80]}
            )
        return found


@dataclass(frozen=True, slots=True)
class Signer:
    """The key with which a log signs."""

    origin: str
    private: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        return _verifier_of(self)

    def sign(self, text: str) -> str:
        """The base64 of key id and signature, as a signature line carries them."""
        return _line_end(self.verifier, SIGNATURE, self.private.sign(text.encode()))

    def cosign(self, text: str, at: datetime) -> str:
        """The same for a timestamped cosignature (tlog-cosignature), with whole seconds."""
        seconds = int(at.timestamp())
        signature = self.private.sign(_cosigned(text, seconds))
        return _line_end(self.verifier, COSIGNATURE, seconds.to_bytes(8, "big") + signature)


@lru_cache(maxsize=64)
def _key_id(origin: str, public: bytes, kind: int) -> bytes:
    return sha256(origin.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


@lru_cache(maxsize=8)
def _verifier_of(signer: Signer) -> Verifier:
    """Every promise asks for it, and deriving the public key takes as long as signing."""
    return Verifier(signer.origin, signer.private.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Head:
    """A checkpoint that was read and found true: the tree of `size` leaves had this root at that moment."""

    origin: str
    size: int
    root: bytes
    signed_at: datetime


def signed_checkpoint(signer: Signer, size: int, root: bytes, at: datetime) -> str:
    """The checkpoint of a tree as a signed note."""
    text = f"{signer.origin}\n{size}\n{b64encode(root).decode()}\n"
    name = signer.origin
    return f"{text}\n{DASH}{name} {signer.sign(text)}\n{DASH}{name} {signer.cosign(text, at)}\n"


def read_checkpoint(note: str, verifiers: Iterable[Verifier], *, exact: bool = False) -> Head:
    """What a checkpoint says, once both signatures of a trusted log are true. Raises WrongNote.

    Signatures of others (witnesses) are passed over; with `exact` there may be none: the note must be, byte
    for byte, one that `signed_checkpoint` made.
    """
    text, lines = _parts(note)
    origin, size, root = _head(text)
    signed, signed_at, others = False, None, 0
    for name, blob in lines:
        verifier, kind = _known(verifiers, origin, name, blob[:4])
        if verifier is None:
            others += 1
        elif kind == SIGNATURE:
            verifier.verify(blob[4:], text.encode())
            signed = True
        else:
            seconds = int.from_bytes(blob[4:12], "big")
            verifier.verify(blob[12:], _cosigned(text, seconds))
            signed_at = datetime.fromtimestamp(seconds, UTC)
    if not signed or signed_at is None:
        raise WrongNote(
            _("no key that is trusted for %(origin)s signed it and said when") % {"origin": origin}
        )
    if exact and (others or len(lines) != 2 or note != _rendered(text, lines)):
        raise WrongNote(_("it has signatures or signs that this log does not write"))
    return Head(origin, size, root, signed_at)


def is_signed_by(signer: Signer, note: str, size: int, root: bytes) -> bool:
    """Whether the note is, byte for byte, what this key signs over this tree.

    Ed25519 gives the same signature for the same text, so signing again and comparing proves as much as
    verifying does, in a third of the time. False says nothing: another key may have signed it.
    """
    try:
        lines = _parts(note)[1]
        seconds = int.from_bytes(lines[-1][1][4:12], "big")
        return note == signed_checkpoint(signer, size, root, datetime.fromtimestamp(seconds, UTC))
    except (WrongNote, OverflowError, ValueError, OSError):
        return False


def split_notes(text: str) -> list[str]:
    """The notes that a file holds one after the other."""
    return [found.group() for found in _NOTE.finditer(text.replace("\r\n", "\n"))]


_NOTE = re.compile(rf"(?:[^\n]+\n){{3,}}\n(?:{DASH}[^\n]+\n?)+")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,17}")


def _known(
    verifiers: Iterable[Verifier], origin: str, name: str, key_id: bytes
) -> tuple[Verifier | None, int]:
    for verifier in verifiers:
        if verifier.origin == name == origin:
            for kind in (SIGNATURE, COSIGNATURE):
                if verifier.key_id(kind) == key_id:
                    return verifier, kind
    return None, 0


def _head(text: str) -> tuple[str, int, bytes]:
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _DECIMAL.fullmatch(lines[1]):
        raise WrongNote(_("it does not begin with an origin, a size and a root"))
    root = strict_base64(lines[2])
    if len(root) != 32:
        raise WrongNote(_("its root is not a SHA-256 hash"))
    return lines[0], int(lines[1]), root


def _parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, blank, signatures = note.rpartition("\n\n")
    if not blank:
        raise WrongNote(_("it has no blank line between text and signatures"))
    return text + "\n", list(_signature_lines(signatures))


def _signature_lines(signatures: str) -> Iterator[tuple[str, bytes]]:
    for line in signatures.removesuffix("\n").split("\n"):
        name, space, blob = line.removeprefix(DASH).partition(" ")
        if not line.startswith(DASH) or not space:
            raise WrongNote(_("%(line)r is not a signature line") % {"line": line[:40]})
        yield name, strict_base64(blob)


def _rendered(text: str, lines: list[tuple[str, bytes]]) -> str:
    return text + "\n" + "".join(f"{DASH}{name} {b64encode(blob).decode()}\n" for name, blob in lines)


def strict_base64(text: str) -> bytes:
    """The bytes of a base64 text in its one canonical form. Raises WrongNote."""
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        raise WrongNote(_("%(text)r is not base64") % {"text": text[:40]}) from None
    if b64encode(raw).decode() != text:
        raise WrongNote(_("%(text)r is not base64 as it is written") % {"text": text[:40]})
    return raw


def _cosigned(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _line_end(verifier: Verifier, kind: int, signature: bytes) -> str:
    return b64encode(verifier.key_id(kind) + signature).decode()
