"""Importing an authority's register of services."""

from __future__ import annotations

from argparse import Namespace

from zemstvo.capabilities.services.catalogue import sheet
from zemstvo.capabilities.services.commands import import_register
from zemstvo.site.operations import house
from zemstvo.site.progress import faults, say
from zemstvo.site.words import _


def import_file(given: Namespace) -> int:
    """Read the register and take it over. 1 if it has faults."""
    act, path = house.act(), house.readable(given.file)
    listed = sheet.read(path)
    if listed.faults:
        return faults(path, listed.faults)
    report = import_register(act, listed)
    for remark in report.remarks:
        say(f"{path}, {remark}")
    counts = {
        _("added"): len(report.added),
        _("amended"): len(report.amended),
        _("struck"): len(report.struck),
        _("unchanged"): report.unchanged,
    }
    print("\n".join(f"{count:>7}  {name}" for name, count in counts.items()))
    return 0
