"""Taking a file in: what it is by its content, whether it may do harm, and where it then lies.

A virus scanner is a class named by the setting FILE_SCANNER: `scan(content, media_type) -> bool`, True where
the content is clean. Without one a file is kept as `unscanned`, and the page of the case says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Protocol, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string

from zemstvo.capabilities.cases.refusals import FileHarmful, FileTooLarge, FileTypeNotAllowed
from zemstvo.capabilities.cases.rules.files import MEDIA_TYPES, harm_in, kind_of, tidy_name
from zemstvo.capabilities.services.package import Field
from zemstvo.ground.people import files as store

CLEAN, UNSCANNED = "clean", "unscanned"


@runtime_checkable
class Scanner(Protocol):
    """Whoever can say whether a file is clean."""

    def scan(self, content: bytes, media_type: str) -> bool:
        """Whether the content is clean.

        Raises what it must where it cannot say: the file is then not taken.
        """
        ...


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that was looked at and lies on the disk, but that no row names yet."""

    stored_as: str
    name: str
    kind: str
    media_type: str
    size_bytes: int
    scan: str


def take_in(owner: str, field: Field | None, *, name: str, content: bytes) -> TakenFile:
    """Look at a file and store it sealed for its owner. Call it outside transactions.

    `field` says what it takes and how large; an official's own file (None) may be of any known kind up to the
    installation's limit. Refuses with FileTooLarge, FileTypeNotAllowed, FileHarmful, StoreIsFull.
    """
    most = field.max_bytes if field else settings.UPLOAD_BYTES
    accept = field.accept if field else tuple(MEDIA_TYPES)
    if len(content) > most:
        raise FileTooLarge(size_mb=_megabytes(len(content)), most_mb=_megabytes(most))
    kind = kind_of(content)
    if kind not in accept:
        raise FileTypeNotAllowed(allowed=", ".join(one.upper() for one in accept))
    if (harm := harm_in(kind, content)) is not None:
        raise FileHarmful(harm=harm.value)
    scan = _scanned(content, MEDIA_TYPES[kind])
    stored_as = store.put(owner, content)
    return TakenFile(stored_as, tidy_name(name), kind, MEDIA_TYPES[kind], len(content), scan)


def _scanned(content: bytes, media_type: str) -> str:
    scanner = _scanner(getattr(settings, "FILE_SCANNER", "") or "")
    if scanner is None:
        return UNSCANNED
    if not scanner.scan(content, media_type):
        raise FileHarmful(harm="virus")
    return CLEAN


@cache
def _scanner(path: str) -> Scanner | None:
    if not path:
        return None
    made = import_string(path)()
    if not isinstance(made, Scanner):
        raise TypeError(f"FILE_SCANNER is {path}, which is no scanner: scan(content, media_type) is expected")
    return made


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}"
