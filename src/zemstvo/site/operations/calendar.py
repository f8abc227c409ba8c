"""Importing the production calendar."""

from __future__ import annotations

from argparse import Namespace

from zemstvo.ground.territory import calendars
from zemstvo.ground.territory.commands import import_calendar
from zemstvo.site.operations import house
from zemstvo.site.progress import faults
from zemstvo.site.words import _


def import_file(given: Namespace) -> int:
    """Read the calendar and take over its years. 1 if it has faults."""
    act, path = house.act(), house.readable(given.file)
    listed = calendars.read(path)
    if listed.faults:
        return faults(path, listed.faults)
    counts = import_calendar(act, given.territory, listed)
    words = {
        "added": _("added"),
        "changed": _("changed"),
        "removed": _("removed"),
        "unchanged": _("unchanged"),
    }
    print("\n".join(f"{count:>7}  {words.get(name, name)}" for name, count in counts.items()))
    return 0
