"""The mailbox of the demo: the letters that Django's file backend wrote, read back.

Outside a demo there is no such folder and no such page: letters go to their readers.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

MOST_FILES = 200
_LINE = "-" * 79


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the demo. `id` names its file and its place in it."""

    id: str
    to: str
    subject: str
    sent_at: datetime | None
    text: str


def letters(folder: Path, most: int = 30) -> list[Letter]:
    """The latest letters, the newest first. Reads at most 200 files."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)[:MOST_FILES]
    found: list[Letter] = []
    for path in files:
        found += reversed(list(_letters_of(path)))
        if len(found) >= most:
            break
    return found[:most]


def letter(folder: Path, id: str) -> Letter | None:
    """One letter by its id, or nothing."""
    name, _dot, place = id.rpartition(".")
    path = folder / f"{name}.log"
    if not name.replace("-", "").isalnum() or not place.isdecimal() or not path.is_file():
        return None
    return next((one for one in _letters_of(path) if one.id == id), None)


def _letters_of(path: Path) -> Iterator[Letter]:
    parts = path.read_bytes().split(_LINE.encode())
    for place, part in enumerate(part for part in parts if part.strip()):
        parsed = email.message_from_bytes(part.lstrip(), policy=email.policy.default)
        if isinstance(parsed, EmailMessage):
            yield _letter(f"{path.stem}.{place}", parsed)


def _letter(id: str, message: EmailMessage) -> Letter:
    body = message.get_body(preferencelist=("plain", "html"))
    text = body.get_content() if body is not None else ""
    return Letter(id, str(message["To"] or ""), str(message["Subject"] or ""), _sent_at(message), str(text))


def _sent_at(message: EmailMessage) -> datetime | None:
    """When the letter was sent; Django writes UTC as -0000, which a parser reads as no zone at all."""
    found = message["Date"]
    at: datetime | None = found.datetime if found else None
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
