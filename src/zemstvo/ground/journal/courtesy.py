"""Courtesy: what follows a fact gives way while people and machines wait for an answer.

On SQLite one process does everything, and Python runs one thread at a time; on PostgreSQL a worker process
shares the machine with those that answer. A reaction that works flat out takes a half to two thirds of what
they need (measured: 36 applications a second instead of several hundred). So whoever answers says so here,
and background work that can wait then works a tenth of the time. It falls behind during a rush and catches up
after it; nothing is left undone.

What is shared is one moment: when somebody was last being answered, in eight bytes of memory that the
processes of a machine have in common. A process that is killed leaves nothing behind that would have to be
put right.
"""

from __future__ import annotations

import mmap
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

SHARE = 0.1
"""The part of the time that background work takes while somebody waits."""

LONGEST = 1.0
"""Seconds that it gives way at once at most."""

RECENT = 0.05
"""Seconds after which nobody waits any more, if nobody was answered since."""

_MOMENT = struct.Struct("d")
_last: bytearray | mmap.mmap = bytearray(_MOMENT.size)


def share(path: Path) -> None:
    """Have the moment in common with all processes that share the same file. Its content means nothing."""
    global _last
    with path.open("ab+") as file:
        file.truncate(_MOMENT.size)
        _last = mmap.mmap(file.fileno(), _MOMENT.size)


@contextmanager
def answering() -> Iterator[None]:
    """While this lasts somebody waits for an answer."""
    _MOMENT.pack_into(_last, 0, time.monotonic())
    try:
        yield
    finally:
        _MOMENT.pack_into(_last, 0, time.monotonic())


def is_busy() -> bool:
    """Whether somebody waits for an answer now, or did a moment ago."""
    moment: float = _MOMENT.unpack_from(_last)[0]
    return 0 <= time.monotonic() - moment < RECENT


def give_way(stop: Event, worked: float) -> None:
    """Rest after `worked` seconds of background work if somebody waits; wakes when `stop` is set."""
    if is_busy():
        stop.wait(min(worked * (1 - SHARE) / SHARE, LONGEST))
