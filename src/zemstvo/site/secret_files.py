"""The installation's secrets: files of mode 0600 in a folder of mode 0700, made on the first start.

They stay outside every backup of the data (docs/operations/backup.md says how to keep them). What each
opens and how it gets a new value stands in docs/operations/secrets.md. Rooms keep keys of their own there.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from secrets import token_urlsafe

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _

_RANDOM_BYTES, _LENGTH = 48, 64
"""How much chance is in a secret, and how long it is as text (base64)."""


class SecretFault(CannotBegin):
    """A secret cannot be read or written, or others than its owner can read it."""


def secret_text(folder: Path, name: str) -> str:
    """The random text kept under this name; made now if it is not there yet.

    Raises SecretFault with the place and what to do.
    """
    found = _read(folder / name)
    if found is None:
        found = _make(folder, name, token_urlsafe(_RANDOM_BYTES).encode())
    text = found.decode(errors="replace").strip()
    if len(text) < _LENGTH:
        place = {"path": folder / name, "found": len(text), "size": _LENGTH}
        raise SecretFault(_("%(path)s holds %(found)s bytes; %(size)s are expected") % place)
    return text


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) & 0o077:
                raise SecretFault(_("%(path)s can be read by others; set its mode to 600") % {"path": path})
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        place = {"path": path, "why": error.strerror}
        raise SecretFault(_("%(path)s cannot be read: %(why)s") % place) from error


def _make(folder: Path, name: str, value: bytes) -> bytes:
    """Write the value under a name of its own and link it in place, so that of two makers one wins."""
    path, fresh = folder / name, folder / f".{name}.{os.getpid()}.{token_urlsafe(6)}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    except OSError as error:
        place = {"path": path, "why": error.strerror}
        raise SecretFault(_("%(path)s cannot be written: %(why)s") % place) from error
    return _read(path) or value
