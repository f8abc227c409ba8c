"""The work in the background: sealing, reactions, queued tasks and what the clock demands."""

from __future__ import annotations

from zemstvo.ground.journal import worker
from zemstvo.site import schedule
from zemstvo.site.companions import Work


def works() -> dict[str, Work]:
    """Each loop of background work by its name; each wants a thread of its own."""
    return {**worker.LOOPS, "upkeep": schedule.run_forever}
