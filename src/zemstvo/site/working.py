"""The work in the background: sealing, reactions, queued tasks and what the clock demands."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

from zemstvo.ground.journal import worker
from zemstvo.site import schedule

Work = Callable[[Event], None]
"""A loop that goes on until the event is set."""


def works() -> dict[str, Work]:
    """Each loop of background work by its name; each wants a thread of its own."""
    return {**worker.LOOPS, "upkeep": schedule.run_forever}
