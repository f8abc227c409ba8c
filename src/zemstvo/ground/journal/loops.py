"""A loop of work that goes on until it is told to stop, and that a broken line or database does not end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event

from django.db import close_old_connections, connections

from zemstvo.ground.journal.failures import stack

LONGEST_REST = 30.0

log = logging.getLogger(__name__)


def run_until(stop: Event, work: Callable[[], int], *, name: str, pause: float) -> None:
    """Do the work again and again until `stop` is set, resting `pause` seconds when it found nothing to do.

    An exception is logged, the connection is dropped, and the rest grows up to half a minute, so that a
    database that went away is met again when it comes back.
    """
    rest = pause
    while not stop.is_set():
        close_old_connections()
        try:
            done = work()
            rest = pause
        except Exception as error:
            log.error("%s: failed; resting %.1f s: %s", name, rest, stack(error))
            connections.close_all()
            stop.wait(rest)
            rest = min(rest * 2, LONGEST_REST)
        else:
            if not done:
                stop.wait(rest)
    connections.close_all()
