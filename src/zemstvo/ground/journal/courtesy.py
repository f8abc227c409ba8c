"""Courtesy: what follows a fact gives way while people and machines wait for an answer.

On SQLite one process does everything, and Python runs one thread at a time: a reaction that works flat out
takes two thirds of the process from those who wait (measured: 36 applications a second instead of several
hundred). So whoever answers says so here, and background work that can wait then works a tenth of the time.
It falls behind during a rush and catches up after it; nothing is left undone.

A worker process of its own (PostgreSQL) never sees an answer under way; it gives way by its priority.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

SHARE = 0.1
"""The part of the time that background work takes while somebody waits."""

LONGEST = 1.0
"""Seconds that it gives way at once at most."""

_lock = Lock()
_under_way = 0


@contextmanager
def answering() -> Iterator[None]:
    """While this lasts somebody waits for an answer of this process."""
    global _under_way
    with _lock:
        _under_way += 1
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1


def is_busy() -> bool:
    """Whether somebody waits for an answer of this process now."""
    return _under_way > 0


def give_way(stop: Event, worked: float) -> None:
    """Rest after `worked` seconds of background work if somebody waits; wakes when `stop` is set."""
    if is_busy():
        stop.wait(min(worked * (1 - SHARE) / SHARE, LONGEST))
