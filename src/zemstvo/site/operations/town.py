"""A year of the demo town."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from zemstvo.ground.journal import worker
from zemstvo.site import databases, first_start
from zemstvo.site.progress import bar, say, step
from zemstvo.site.words import _
from zemstvo.town.raising import standing_town
from zemstvo.town.year import SEED, Year


def run(given: Namespace) -> int:
    """Build the demo if it is not there, replay the year, seal and follow what happened in it."""
    databases.open_all()
    databases.bring_up_to_date()
    first_start.make(given.kind)
    year = Year(standing_town(), cases=given.cases, until=datetime.now(UTC), seed=given.seed or SEED)
    with bar(_("replaying the year")) as progress:
        taken = year.run(progress=progress)
    say(_("%(steps)s steps of %(cases)s cases") % {"steps": taken, "cases": given.cases})
    with step(_("sealing, and what follows from it")):
        worker.work_once()
    given.hold.release()
    return 0
