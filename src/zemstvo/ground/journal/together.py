"""Commits that share one: writers who come at the same time are made durable by one commit.

SQLite has one writer, and each commit waits for the disk; while it waits, others queue. Here whoever gets the
turn next writes for all who are waiting, and the disk is waited for once (group commit; fifty that share a
commit are five times as fast as fifty commits, reference/speed.md). Nobody goes on before what he wrote is
durable, and where one of them fails, each is done again alone, so that nobody's mistake is another's loss.

PostgreSQL does this by itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock

from django.db import transaction

Write = Callable[[], None]


class _Wish:
    """What one writer wants written, and what became of it."""

    __slots__ = ("error", "is_done", "write")

    def __init__(self, write: Write) -> None:
        self.write = write
        self.is_done = False
        self.error: BaseException | None = None


_waiting: deque[_Wish] = deque()
_turn = Lock()


def commit_together(write: Write) -> None:
    """Call `write` in a transaction, perhaps with those of others; durable when this returns.

    `write` runs in some thread, on the connection of that thread, perhaps twice; it may only write. Raises
    what it raised, and then nothing of it is stored. Not for use inside a transaction.
    """
    wish = _Wish(write)
    _waiting.append(wish)
    with _turn:
        if not wish.is_done:
            _commit([_waiting.popleft() for _ in range(len(_waiting))])
    if wish.error is not None:
        raise wish.error


def _commit(wishes: list[_Wish]) -> None:
    try:
        with transaction.atomic():
            for wish in wishes:
                wish.write()
    except Exception as error:
        if len(wishes) == 1:
            wishes[0].error = error
        else:
            for wish in wishes:
                _commit([wish])
    finally:
        for wish in wishes:
            wish.is_done = True
