"""Commits that share one: writers who come at the same time are made durable by one commit.

A commit waits for the disk; while it waits, others queue. Here whoever gets the turn next writes for all who
are waiting, in a few statements, and the disk is waited for once (group commit; fifty that share a commit are
five times as fast as fifty commits, reference/speed.md). Nobody goes on before what he wrote is durable.
Where one of them cannot be stored, each is done again alone, so that nobody's mistake is another's loss;
where the database is away, all are told so at once. What each has to know before (whom his numbers name) is
asked for all in one question.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextvars import copy_context
from threading import Lock
from typing import Generic, TypeVar

from django.db import DataError, IntegrityError, InterfaceError, OperationalError

Q = TypeVar("Q")
A = TypeVar("A")
T = TypeVar("T")

MOST = 16
"""How many share a commit at most."""


class _Wish(Generic[Q, A, T]):
    """What one writer asks, what he makes of the answer, and what became of it."""

    __slots__ = ("context", "error", "is_done", "made", "make", "question", "wake")

    def __init__(self, question: Q, make: Callable[[A], T]) -> None:
        self.question = question
        self.make = make
        self.context = copy_context()
        self.made: T | None = None
        self.is_done = False
        self.error: BaseException | None = None
        self.wake = Lock()
        """Released when the wish is done, or when it is its writer's turn to write for all."""
        self.wake.acquire()

    def make_ready(self, answer: A) -> None:
        """Make it ready, in the language and under the request id of the one who wants it.

        What goes wrong is the wish's own, but for a database that is away: that is raised, for all alike.
        """
        try:
            self.made = self.context.run(self.make, answer)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            self.error, self.is_done = error, True


class Together(Generic[Q, A, T]):
    """A queue of things to be made ready and written. `look_up` answers the questions of several at once,
    `write` writes several, all or none, and durably.

    Whoever has the turn does it for all who wait, one after the other: Python runs one thread at a time, and
    threads that contend for it lose a good part of their time in changing over. Each is woken once, when his
    own is done or the turn is his.
    """

    def __init__(
        self, look_up: Callable[[Sequence[Q]], Sequence[A]], write: Callable[[Sequence[T]], None]
    ) -> None:
        self._look_up = look_up
        self._write = write
        self._waiting: deque[_Wish[Q, A, T]] = deque()
        self._turns = Lock()
        self._is_taken = False

    def commit(self, question: Q, make: Callable[[A], T]) -> T:
        """Make it ready from the answer to the question and write it, perhaps with what others want written;
        durable when this returns.

        Done in some thread and on its connection; written perhaps twice. Raises what `make` or `write`
        raised, and then nothing of it is stored. Not for use inside a transaction.
        """
        wish = _Wish(question, make)
        with self._turns:
            self._waiting.append(wish)
            is_mine, self._is_taken = not self._is_taken, True
        if not is_mine:
            wish.wake.acquire()
        if not wish.is_done:
            self._commit_first(wish)
        if wish.error is not None or wish.made is None:
            raise wish.error or RuntimeError("nothing was made")
        return wish.made

    def _commit_first(self, own: _Wish[Q, A, T]) -> None:
        """Write for the first who wait, of whom one's own is the first, and pass the turn on."""
        wishes = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        try:
            self._commit(wishes)
        finally:
            with self._turns:
                following = self._waiting[0] if self._waiting else None
                self._is_taken = following is not None
            for wish in [following, *wishes] if following else wishes:
                if wish is not own:
                    wish.wake.release()

    def _commit(self, wishes: list[_Wish[Q, A, T]]) -> None:
        """Write the wishes. Each of them is done afterwards, with its error if it has one."""
        try:
            self._write_all(wishes)
        except BaseException as error:  # the database is away, or the process is told to stop: for all alike
            for wish in wishes:
                if not wish.is_done:
                    wish.error, wish.is_done = error, True
            if not isinstance(error, Exception):
                raise

    def _write_all(self, wishes: list[_Wish[Q, A, T]]) -> None:
        """All at once, and each alone where one of them cannot be stored."""
        answers = self._look_up([wish.question for wish in wishes])
        for wish, answer in zip(wishes, answers, strict=True):
            wish.make_ready(answer)
        ready = [wish for wish in wishes if not wish.is_done]
        try:
            self._write_ready(ready)
        except (IntegrityError, DataError):
            for wish in ready:
                self._write_alone(wish)

    def _write_alone(self, wish: _Wish[Q, A, T]) -> None:
        try:
            self._write_ready([wish])
        except (IntegrityError, DataError) as error:
            wish.error, wish.is_done = error, True

    def _write_ready(self, wishes: list[_Wish[Q, A, T]]) -> None:
        if wishes:
            self._write([wish.made for wish in wishes if wish.made is not None])
        for wish in wishes:
            wish.is_done = True
