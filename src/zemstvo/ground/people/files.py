"""The store of sealed files: uploads and documents, each sealed under the key of the person it is about.

A file is written in two steps, so that neither a crash nor a refusal leaves a name without a file:

1. `put`, before the transaction: seals the content, writes it under a random name and waits until the disk
   has it;
2. `keep`, inside the command that names it: a row that says the name is in use. It commits or vanishes with
   the command.

What lies on the disk without a row is an orphan; `sweep` removes it once it is a day old. `release` is the
way back: it takes the row away in the command that gives the file up, and the sweep takes the bytes.

Files lie under the folder FILES, spread over 256 folders. The name is part of what the seal binds (NIST SP
800-38D, associated data), so a file put in the place of another does not open. Content is read whole: what
is stored here is documents and uploads of some megabytes.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import NotFound, TryLater
from zemstvo.ground.people import vault
from zemstvo.ground.people.models import StoredFile

ORPHAN_AGE = timedelta(hours=24)
"""How old a file without a row must be before it is swept: longer than any command takes to name it."""

_NAME = re.compile(r"[0-9a-f]{32}")
_FULL = {errno.ENOSPC, errno.EDQUOT}


class FileIsGone(NotFound):
    """The file is not in the store: it was given up, or its person was erased."""

    code = "file.gone"
    message = _("This file is no longer kept here.")
    advice = _("If you still need it, ask the authority for it.")


class StoreIsFull(TryLater):
    """The disk has no room for the file; nothing was stored and nothing was lost."""

    code = "file.store-full"
    message = _("The file could not be stored: there is no room left on the server.")
    advice = _("Nothing was lost. Try again later; the operator has to make room.")
    status = 503


def put(person: str, content: bytes) -> str:
    """Seal the content for the person and write it durably; returns the random name. Call it outside
    transactions.

    Costs two fsyncs. Raises Erased where the person's key is gone, StoreIsFull where the disk has no room.
    """
    name = token_hex(16)
    sealed = vault.seal_bytes(person, content, purpose=_purpose(name))
    place = _place(name)
    try:
        _make_folder(place.parent)
        _write_durably(place, sealed)
    except OSError as error:
        place.with_suffix(".part").unlink(missing_ok=True)
        if error.errno in _FULL:
            raise StoreIsFull from error
        raise
    return name


def keep(name: str, person: str, *, size_bytes: int, at: datetime) -> None:
    """Say that the name is in use. Call it inside the command that names the file; it commits with it.

    Raises FileIsGone where `put` did not write it, or the sweep has taken it since.
    """
    if not _place(name).exists():
        raise FileIsGone
    StoredFile.objects.create(name=name, person=person, size_bytes=size_bytes, kept_at=at)


def release(name: str) -> None:
    """Give a file up, inside the command that no longer names it. Harmless where it was given up before."""
    StoredFile.objects.filter(name=name).delete()


def hand_over(name: str, *, to: str) -> str:
    """Seal a file anew for another person, and write it durably: a draft's file becomes a case's. Returns
    its new name.

    Call it outside transactions; then `keep` the new name and `release` the old one in the command.
    """
    return put(to, content_of(name))


def content_of(name: str) -> bytes:
    """The content of a file that is in use. One query and one read. Raises FileIsGone, Erased or
    NotSealedHere.
    """
    row = StoredFile.objects.filter(name=name).first()
    if row is None:
        raise FileIsGone
    try:
        sealed = _place(name).read_bytes()
    except FileNotFoundError:
        raise FileIsGone from None
    return vault.open_bytes(str(row.person), sealed, purpose=_purpose(name))


def sweep(*, at: datetime) -> int:
    """Remove the orphans that are a day old or older; returns how many. May run while the site runs.

    One query for each of the 256 folders that holds anything old.
    """
    before = (at - ORPHAN_AGE).timestamp()
    removed = 0
    for folder in _folders():
        old = [path for path in folder.iterdir() if path.stat().st_mtime <= before]
        names = StoredFile.objects.filter(name__in=[path.name for path in old])
        in_use = set(names.values_list("name", flat=True)) if old else set()
        for path in old:
            if path.name not in in_use:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def missing(*, limit: int = 100) -> list[str]:
    """Names in use whose files are not on the disk, at most `limit`: what `zemstvo check` shows after a
    restore.
    """
    names = StoredFile.objects.order_by("name").values_list("name", flat=True).iterator(chunk_size=1000)
    found: list[str] = []
    for name in names:
        if not _place(name).exists():
            found.append(name)
            if len(found) == limit:
                break
    return found


def store_folder() -> Path:
    """The folder of the store; a backup of the data holds it, the key store's backup does not."""
    return Path(settings.FILES)


def _purpose(name: str) -> str:
    return f"file:{name}"


def _place(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise FileIsGone
    return store_folder() / name[:2] / name


def _folders() -> Iterator[Path]:
    root = store_folder()
    if root.is_dir():
        yield from sorted(folder for folder in root.iterdir() if folder.is_dir())


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sync(folder.parent)


def _write_durably(place: Path, content: bytes) -> None:
    part = place.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(place)
    _sync(place.parent)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
