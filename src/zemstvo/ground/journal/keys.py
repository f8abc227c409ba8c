"""The key with which this installation seals its journal, and the keys by which its seals are known.

Two files, both made at the first need:

`journal.key` in the folder of secrets, mode 0600
    origin and private key on one line (the format of Go's sumdb/note, PRIVATE+KEY+origin+id+key). The setting
    ZEMSTVO_JOURNAL_KEY, where it is given, takes its place: several machines, one journal.

`journal.verifiers` in the data folder
    the public keys, one a line, the present one last. They are worth keeping elsewhere: whoever holds them
    and an old checkpoint can prove that the journal was not rewritten since.

The origin is made up once (`zemstvo/` and chance) unless ZEMSTVO_JOURNAL_ORIGIN names one when the key is
made.
"""

from __future__ import annotations

import os
from base64 import b64encode
from functools import cache
from pathlib import Path
from secrets import token_hex

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from zemstvo.ground.journal.notes import SIGNATURE, Signer, Verifier, WrongNote, strict_base64

PREFIX = "PRIVATE+KEY+"


def signer() -> Signer:
    """The key that signs now; made if there is none. Raises WrongNote where the key is damaged."""
    return _signer(settings.DATA, settings.JOURNAL_KEY)


def verifiers() -> list[Verifier]:
    """All keys that this journal was ever signed with, the present one last."""
    present = signer().verifier
    listed = _listed(_list_path())
    return [*(one for one in listed if one != present), present]


def rotate_key() -> Signer:
    """Make a new key for the same log; what the old one signed stays valid."""
    return _replace(signer().origin)


def open_new_log() -> Signer:
    """Go on under a new origin with a new key.

    For a restore whose tree is shorter than a checkpoint that was already published: under the old origin the
    next checkpoint would contradict that one, and a log must never sign two histories.
    """
    stem, _tilde, times = signer().origin.partition("~")
    return _replace(f"{stem}~{int(times or 1) + 1}")


def write_secret(path: Path, text: str, *, replace: bool = False) -> bool:
    """Write a secret with mode 0600, whole or not at all; says whether it wrote.

    Without `replace` an existing file is left as it is, also when two processes come at once.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        if replace:
            draft.rename(path)
        else:
            os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True


@cache
def _signer(data: Path, given: str) -> Signer:
    if given:
        found = _read(given)
    else:
        path = Path(settings.SECRETS) / "journal.key"
        if not path.exists():
            origin = settings.JOURNAL_ORIGIN or f"zemstvo/{token_hex(8)}"
            write_secret(path, _written(Signer(origin, Ed25519PrivateKey.generate())))
        found = _read(path.read_text())
    _list(found.verifier, data / "journal.verifiers")
    return found


def _replace(origin: str) -> Signer:
    if settings.JOURNAL_KEY:
        raise RuntimeError("the journal's key comes from ZEMSTVO_JOURNAL_KEY; change it there")
    path = Path(settings.SECRETS) / "journal.key"
    write_secret(path, _written(Signer(origin, Ed25519PrivateKey.generate())), replace=True)
    _signer.cache_clear()
    return signer()


def _written(made: Signer) -> str:
    key = b64encode(bytes([SIGNATURE]) + made.private.private_bytes_raw()).decode()
    return f"{PREFIX}{made.origin}+{made.verifier.key_id(SIGNATURE).hex()}+{key}\n"


def _read(text: str) -> Signer:
    origin, _plus, rest = text.strip().removeprefix(PREFIX).partition("+")
    key_id, _plus, key = rest.partition("+")
    raw = strict_base64(key)
    if not text.startswith(PREFIX) or not _is_name(origin) or len(raw) != 33 or raw[0] != SIGNATURE:
        raise WrongNote(_("the journal's key is damaged: PRIVATE+KEY+origin+id+key is expected"))
    found = Signer(origin, Ed25519PrivateKey.from_private_bytes(raw[1:]))
    if found.verifier.key_id(SIGNATURE).hex() != key_id:
        raise WrongNote(_("the journal's key is damaged: its id is not that of the key"))
    return found


def _is_name(origin: str) -> bool:
    return bool(origin) and not any(sign.isspace() or sign == "+" for sign in origin)


def _list_path() -> Path:
    return Path(settings.DATA) / "journal.verifiers"


def _listed(path: Path) -> list[Verifier]:
    return [Verifier.read(line) for line in path.read_text().splitlines()] if path.exists() else []


def _list(verifier: Verifier, path: Path) -> None:
    if verifier not in _listed(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            file.write(f"{verifier}\n")
            file.flush()
            os.fsync(file.fileno())
