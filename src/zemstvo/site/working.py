"""The work in the background: sealing, reactions, queued tasks and what the clock demands."""

from __future__ import annotations

from zemstvo.site.companions import Work


def works() -> dict[str, Work]:
    """Each loop of background work by its name."""
    return {}
