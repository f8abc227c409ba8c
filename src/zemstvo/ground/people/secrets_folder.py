"""Two secrets of the installation that belong to people: files of mode 0600 in the folder SECRETS.

The *wrapping key* wraps the key of each person; several may stand there, one a line, the first wraps, all
unwrap, which is how it is rotated. The *search key* is what keyed hashes are made with; it does not change
with the wrapping key, for every hash would have to be made anew.

Neither belongs into a backup of the data: whoever holds both holds everything.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
import tempfile
import time
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32


def wrapping_keys(*, fresh: bool = False) -> tuple[bytes, ...]:
    """The wrapping keys, the one in use first; `fresh` reads them anew. Made where there is none."""
    if fresh:
        _read.cache_clear()
    return _read(_file(settings.SECRETS, "wrapping.key"))


def wrapping_keys_age() -> float:
    """Seconds since the wrapping keys were last written."""
    return time.time() - (_folder() / "wrapping.key").stat().st_mtime


def search_key() -> bytes:
    """The key of keyed hashes. Made at the first call where there is none."""
    return search_keys()[0]


def search_keys() -> tuple[bytes, ...]:
    """The key of keyed hashes, and the former one while it is being replaced (`rekeying`)."""
    return _read(_file(settings.SECRETS, "search.key"))


def replace_wrapping_keys(keys: tuple[bytes, ...]) -> None:
    """Write the wrapping keys anew, durably and in one step."""
    _replace(_folder() / "wrapping.key", keys)


def replace_search_keys(keys: tuple[bytes, ...]) -> None:
    """Write the search key anew, durably and in one step; the former one behind it."""
    _replace(_folder() / "search.key", keys)


def new_key() -> bytes:
    """A fresh random key."""
    return os.urandom(KEY_BYTES)


def _replace(path: Path, keys: tuple[bytes, ...]) -> None:
    made = _written_beside(path, keys)
    made.replace(path)
    _sync(path.parent)
    _read.cache_clear()


@lru_cache(maxsize=8)
def _file(folder: Path, name: str) -> Path:
    return Path(folder) / name


def _folder() -> Path:
    return Path(settings.SECRETS)


@lru_cache(maxsize=8)
def _read(path: Path) -> tuple[bytes, ...]:
    if not path.exists():
        _make(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise ImproperlyConfigured(f"{path} can be read by others; set its mode to 600")
    return tuple(_decoded(line, path) for line in path.read_text().split())


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = _written_beside(path, (new_key(),))
    try:
        os.link(made, path)  # of two processes that start at once the first wins, and both read what won
    except FileExistsError:
        pass
    finally:
        made.unlink()
    _sync(path.parent)


def _written_beside(path: Path, keys: tuple[bytes, ...]) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mkstemp makes mode 0600
    with os.fdopen(handle, "w") as file:
        file.writelines(base64.b64encode(key).decode() + "\n" for key in keys)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _decoded(text: str, path: Path) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"{path}: a key of {KEY_BYTES} bytes in base64 is expected, one a line")
    return key
