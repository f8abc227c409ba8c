"""The turn between processes: two locks on files beside the database, taken as at a turnstile.

Whoever wants to write first takes the place at the turnstile, waits there until the one inside has left, goes
in and gives the place up. So a process that has just left cannot go in again past one that waits. The kernel
gives a lock back when its process ends, however it ends: a killed writer keeps nobody out.

The locks are asked for again and again instead of being waited for, since waiting for a lock on a file knows
no end; one thread of a process asks at a time, for the gate lets one of them come here.
"""

from __future__ import annotations

import fcntl
import os
import struct
import time
from contextlib import suppress
from pathlib import Path

_SHORTEST, _LONGEST = 0.0001, 0.005
"""Seconds between two attempts: a turn lasts about a millisecond, an import some seconds."""

_NUMBER = struct.Struct("<q")


class Turnstile:
    """The turn to write to one file, among all processes of this machine. For one thread at a time.

    The files of the locks are `zemstvo.sqlite3.next.lock` and `zemstvo.sqlite3.turn.lock` beside
    `zemstvo.sqlite3`; the second one holds how many commits were made under it. They may be removed while
    nobody writes.
    """

    def __init__(self, database: Path) -> None:
        self._paths = [database.with_name(f"{database.name}.{name}.lock") for name in ("next", "turn")]
        self._files: list[int] = []

    def enter(self, timeout: float) -> bool:
        """Wait for the turn, at most `timeout` seconds. Returns whether it came. Raises OSError."""
        place, turn = self._files or self._open()
        end = time.monotonic() + timeout
        if not _take(place, end):
            return False
        try:
            return _take(turn, end)
        finally:
            fcntl.flock(place, fcntl.LOCK_UN)

    def leave(self, *, committed: bool) -> None:
        """Give the turn up; `committed` says whether something was made durable, and is counted."""
        if committed:
            with suppress(OSError):  # a figure for the monitor: on a full disk it may be behind
                os.pwrite(self._files[1], _NUMBER.pack(self.commits() + 1), 0)
        fcntl.flock(self._files[1], fcntl.LOCK_UN)

    def commits(self) -> int:
        """How many commits all processes have made under this turn."""
        _place, turn = self._files or self._open()
        found = os.pread(turn, _NUMBER.size, 0)
        return int(_NUMBER.unpack(found)[0]) if len(found) == _NUMBER.size else 0

    def _open(self) -> list[int]:
        self._files = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for path in self._paths]
        return self._files


def _take(file: int, end: float) -> bool:
    """Take a lock until a moment of the monotonic clock; whether it was had."""
    pause = _SHORTEST
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() + pause > end:
                return False
            time.sleep(pause)
            pause = min(pause * 1.2, _LONGEST)
        else:
            return True
