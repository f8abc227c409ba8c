"""The data folder: made on the first start, checked at each, and held by one site at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from pathlib import Path
from typing import IO

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _

LOCK, WORKER_LOCK = "up.lock", "worker.lock"
ANSWERING = "answering"
"""The file in whose memory the processes say that somebody is being answered (`journal.courtesy`)."""
_PATIENCE = 4.0
"""How long a start waits for a site that may be just stopping."""
_PATIENCE_WITH_ORPHANS = 15.0
"""How long, where the one who held the folder was killed: its workers end at the latest 10 s after it."""


class FolderFault(CannotBegin):
    """The data folder cannot be used; the text says which, why, and what to do."""


def prepare(data: Path) -> None:
    """Make the folder if it is not there, and make sure that it can be written. Raises FolderFault."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = data / f".probe.{os.getpid()}"
        probe.write_bytes(b"zemstvo")
        probe.unlink()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            said = _("the disk of the data folder %(folder)s is full; make room and start again")
        else:
            said = _("the data folder %(folder)s cannot be written (%(why)s); --data DIR names another")
        raise FolderFault(said % {"folder": data, "why": error.strerror}) from error


class Hold:
    """A lock file in the data folder, held until this process and all its forks have ended."""

    def __init__(self, data: Path, name: str) -> None:
        self.path = data / name
        self._file: IO[str] | None = None

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free. `shared`: others that share it may have it, too."""
        file = self.path.open("a+", encoding="ascii")
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True

    def take_patiently(self, seconds: float) -> bool:
        """Take the lock, waiting that long for one who is just leaving."""
        end = time.monotonic() + seconds
        while not self.take():
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True

    def release(self) -> None:
        """Let others have it."""
        if self._file:
            self._file.close()
            self._file = None

    def note(self, text: str) -> None:
        """Write down who holds it, for the one who is refused."""
        if self._file:
            self._file.truncate(0)
            self._file.write(text)
            self._file.flush()

    def is_orphaned(self) -> bool:
        """Whether the process that wrote itself down has gone; others that it started may still hold."""
        number = self.noted().rpartition(" ")[2]
        if not number.isdigit():
            return False
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return False

    def noted(self) -> str:
        """What the holder wrote down."""
        try:
            return self.path.read_text(encoding="ascii").strip()
        except OSError:
            return ""


_held: list[Hold] = []
"""What this process holds until it ends."""


def hold_until_the_end(data: Path) -> None:
    """Hold the folder, with others of the same site, until this process ends: no other site begins before."""
    hold = Hold(data, WORKER_LOCK)
    hold.take(shared=True)
    _held.append(hold)


def hold_for_serving(data: Path) -> Hold:
    """Hold the folder for a site. Raises FolderFault if another one has it, or if its worker still runs."""
    hold, worker = Hold(data, LOCK), Hold(data, WORKER_LOCK)
    patience = _PATIENCE_WITH_ORPHANS if hold.is_orphaned() else _PATIENCE
    if not hold.take_patiently(patience) or not worker.take_patiently(patience):
        said = _("another site already serves the data folder %(folder)s (%(holder)s); stop it first")
        raise FolderFault(said % {"folder": data, "holder": hold.noted() or "?"})
    worker.release()
    hold.note(f"process {os.getpid()}")
    return hold
