"""What runs beside the answering threads of a process, and how all of it ends together.

On SQLite the one web process also does the background work, for a second writing process would starve. A
process that `up` started ends when `up` has gone, however that went, so that nothing is left behind to hold
the database or the port.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Callable
from threading import Event, Thread, main_thread

log = logging.getLogger("zemstvo.companions")

_LOOK_SECONDS = 0.5
_GRACE_SECONDS = 10.0

Work = Callable[[Event], None]
"""A loop that goes on until the event is set."""


def accompany(works: dict[str, Work]) -> Event:
    """Start each work in a thread of its own; all stop when the main thread of this process has ended."""
    stop = Event()
    for name, work in works.items():
        Thread(target=work, args=(stop,), name=name).start()
    Thread(target=_stop_with_main_thread, args=(stop,), name="end of work").start()
    return stop


def _stop_with_main_thread(stop: Event) -> None:
    main_thread().join()
    stop.set()


def end_with(parent: int) -> None:
    """End this process, in order, when the given parent has gone; without order if that takes too long."""
    Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    log.error("the process that started this one has gone; stopping")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)
