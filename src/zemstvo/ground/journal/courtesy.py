"""Courtesy: what follows a fact gives way while people and machines wait for an answer.

The worker shares the machine, and the database, with the processes that answer. A reaction that works flat
out takes a half of a core from them, and more where it writes. So whoever answers says so here,
and background work that can wait then works a tenth of the time. It falls behind during a rush and catches up
after it; nothing is left undone.

Each process counts those whom it answers. What the processes of a machine have in common is one moment, in
eight bytes of memory: when an answer last began or ended. A process that is killed leaves nothing behind that
would have to be put right; a single answer that takes long is seen by its own process alone.
"""

from __future__ import annotations

import mmap
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock

SHARE = 0.1
"""The part of the time that background work takes while somebody waits."""

LONGEST = 1.0
"""Seconds that it gives way at once at most."""

RECENT = 0.05
"""Seconds for which the beginning or the end of an answer in another process counts."""

_MOMENT = struct.Struct("d")
_last: bytearray | mmap.mmap = bytearray(_MOMENT.size)
_lock = Lock()
_under_way = 0


def share(path: Path) -> None:
    """Have the moment in common with all processes that share the same file. Its content means nothing.

    The bytes are written before they are mapped: a first write through the map would end the process where
    the disk is full. There each process goes on with a moment of its own.
    """
    global _last
    try:
        with path.open("ab+") as file:
            if file.tell() < _MOMENT.size:
                file.write(bytes(_MOMENT.size))
                file.flush()
            _last = mmap.mmap(file.fileno(), _MOMENT.size)
    except OSError:
        _last = bytearray(_MOMENT.size)


@contextmanager
def answering() -> Iterator[None]:
    """While this lasts somebody waits for an answer of this process."""
    _count(+1)
    try:
        yield
    finally:
        _count(-1)


def _count(more: int) -> None:
    global _under_way
    with _lock:
        _under_way += more
    _MOMENT.pack_into(_last, 0, time.monotonic())


def is_busy() -> bool:
    """Whether somebody waits for an answer of this process now, or another one answered a moment ago."""
    moment: float = _MOMENT.unpack_from(_last)[0]
    return _under_way > 0 or 0 <= time.monotonic() - moment < RECENT


def give_way(stop: Event, worked: float) -> None:
    """Rest after `worked` seconds of background work if somebody waits; wakes when `stop` is set."""
    if is_busy():
        stop.wait(min(worked * (1 - SHARE) / SHARE, LONGEST))
