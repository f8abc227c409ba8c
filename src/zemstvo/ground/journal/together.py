"""Commits that share one: writers who come at the same time are made durable by one commit.

A commit waits for the disk; while it waits, others queue. Here whoever gets the turn next writes for all who
are waiting, in a few statements, and the disk is waited for once (group commit; fifty that share a commit are
five times as fast as fifty commits, reference/speed.md). Nobody goes on before what he wrote is durable.
Where one of them cannot be stored, each is done again alone, so that nobody's mistake is another's loss;
where the database is away, all are told so at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextvars import copy_context
from threading import Lock
from typing import Generic, TypeVar

from django.db import DataError, IntegrityError, InterfaceError, OperationalError

T = TypeVar("T")

MOST = 16
"""How many share a commit at most."""


class _Wish(Generic[T]):
    """What one writer wants made ready and written, and what became of it."""

    __slots__ = ("context", "error", "is_done", "made", "make")

    def __init__(self, make: Callable[[], T]) -> None:
        self.make = make
        self.context = copy_context()
        self.made: T | None = None
        self.is_done = False
        self.error: BaseException | None = None

    def make_ready(self) -> None:
        """Make it ready, in the language and under the request id of the one who wants it.

        What goes wrong is the wish's own, but for a database that is away: that is raised, for all alike.
        """
        try:
            self.made = self.context.run(self.make)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            self.error, self.is_done = error, True


class Together(Generic[T]):
    """A queue of things to be made ready and written; `write` writes several, all or none, and durably.

    Whoever has the turn does both for all who wait, one after the other: Python runs one thread at a time,
    and threads that contend for it lose a good part of their time in changing over.
    """

    def __init__(self, write: Callable[[Sequence[T]], None]) -> None:
        self._write = write
        self._waiting: deque[_Wish[T]] = deque()
        self._turn = Lock()

    def commit(self, make: Callable[[], T]) -> T:
        """Make it ready and write it, perhaps with what others want written; durable when this returns.

        Done in some thread and on its connection; written perhaps twice. Raises what `make` or `write`
        raised, and then nothing of it is stored. Not for use inside a transaction.
        """
        wish = _Wish(make)
        self._waiting.append(wish)
        with self._turn:
            while not wish.is_done:
                self._commit([self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))])
        if wish.error is not None or wish.made is None:
            raise wish.error or RuntimeError("nothing was made")
        return wish.made

    def _commit(self, wishes: list[_Wish[T]]) -> None:
        """Write the wishes. Each of them is done afterwards, with its error if it has one."""
        try:
            self._write_all(wishes)
        except BaseException as error:  # the database is away, or the process is told to stop: for all alike
            for wish in wishes:
                if not wish.is_done:
                    wish.error, wish.is_done = error, True
            if not isinstance(error, Exception):
                raise

    def _write_all(self, wishes: list[_Wish[T]]) -> None:
        """All at once, and each alone where one of them cannot be stored."""
        for wish in wishes:
            if wish.made is None:
                wish.make_ready()
        wishes = [wish for wish in wishes if not wish.is_done]
        if not wishes:
            return
        try:
            self._write([wish.made for wish in wishes if wish.made is not None])
        except (IntegrityError, DataError) as error:
            if len(wishes) > 1:
                for wish in wishes:
                    self._commit([wish])
                return
            wishes[0].error = error
        for wish in wishes:
            wish.is_done = True
