"""How the processes of a site end together.

A process that `up` started ends when `up` has gone, however that went, so that nothing is left behind to hold
the database or the port.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from threading import Thread

log = logging.getLogger("zemstvo.companions")

_LOOK_SECONDS = 0.5
_GRACE_SECONDS = 10.0


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
