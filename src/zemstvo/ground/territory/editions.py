"""The edition of the room: one random token that changes with every change of what the room holds.

Queries keep their answers in the memory of the process under the token, and pay one small statement to
learn that they still hold; a page pays it once (`one_edition`). A number that counts up would not do: a
transaction that is rolled back would hand its number, and the answers cached under it, to the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from zemstvo.ground.territory.models import Edition

ROOM = "territory"


def turn_edition() -> None:
    """Begin a new edition. The first statement of every command here: it is also the room's lock.

    Changes of territories, authorities and calendars are rare, so one lock for all of them costs nothing
    and no two of them can cross. One statement, two the very first time.
    """
    token = uuid4()
    if reading := _reading.get():
        reading.edition = None
    if not Edition.objects.filter(room=ROOM).update(token=token):
        Edition.objects.update_or_create(room=ROOM, defaults={"token": token})


def edition() -> str:
    """The token of the present edition; empty where nothing has ever been written.

    One statement; under `one_edition` only the first time, but for commands, which ask each time.
    """
    reading = _reading.get()
    if reading is None or connection.in_atomic_block:
        return _present()
    if reading.edition is None:
        reading.edition = _present()
    return reading.edition


@contextmanager
def one_edition() -> Iterator[None]:
    """While one page is made, the edition is asked for once: what is kept under it answers the whole page."""
    outer = _reading.set(_Reading())
    try:
        yield
    finally:
        _reading.reset(outer)


@dataclass(slots=True)
class _Reading:
    """What a page knows of the edition: nothing before its first question, or after a change of its own."""

    edition: str | None = None


_reading: ContextVar[_Reading | None] = ContextVar("territory_reading", default=None)


def _present() -> str:
    """The token, asked of the database.

    Written by hand: every warm answer of the room costs this statement, and the ORM makes it fifteen times
    as dear (measured: 24 against 350 microseconds on SQLite).
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM territory_edition WHERE room = %s", [ROOM])
        found = cursor.fetchone()
    return str(found[0]) if found else ""
