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
from threading import Lock
from typing import Generic, TypeVar

from django.db import DataError, IntegrityError

T = TypeVar("T")

MOST = 16
"""How many share a commit at most."""


class _Wish(Generic[T]):
    """What one writer wants written, and what became of it."""

    __slots__ = ("error", "is_done", "what")

    def __init__(self, what: T) -> None:
        self.what = what
        self.is_done = False
        self.error: BaseException | None = None


class Together(Generic[T]):
    """A queue of things to be written; `write` writes several of them, all or none, and durably."""

    def __init__(self, write: Callable[[Sequence[T]], None]) -> None:
        self._write = write
        self._waiting: deque[_Wish[T]] = deque()
        self._turn = Lock()

    def commit(self, what: T) -> None:
        """Write it, perhaps with what others want written; durable when this returns.

        Written on the connection of some thread, perhaps twice. Raises what `write` raised, and then nothing
        of it is stored. Not for use inside a transaction.
        """
        wish = _Wish(what)
        self._waiting.append(wish)
        with self._turn:
            while not wish.is_done:
                self._commit([self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))])
        if wish.error is not None:
            raise wish.error

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
        try:
            self._write([wish.what for wish in wishes])
        except (IntegrityError, DataError) as error:
            if len(wishes) > 1:
                for wish in wishes:
                    self._commit([wish])
                return
            wishes[0].error = error
        for wish in wishes:
            wish.is_done = True
