"""Importing the official list of territories."""

from __future__ import annotations

from argparse import Namespace

from zemstvo.ground.territory import classifier
from zemstvo.ground.territory.commands import import_territories
from zemstvo.site.operations import house
from zemstvo.site.progress import faults, say, step
from zemstvo.site.words import _


def import_file(given: Namespace) -> int:
    """Read the list, take it over, report by line what was put right. 1 if the list has faults."""
    act, path = house.act(), house.readable(given.file)
    with step(_("reading %(file)s") % {"file": path}):
        listed = classifier.read(path)
    if listed.faults:
        return faults(path, listed.faults)
    with step(_("taking over %(count)s territories") % {"count": len(listed.territories)}):
        report = import_territories(
            act, listed, root=given.root, valid_from=given.valid_from, closing_confirmed=given.close
        )
    for remark in (*report.corrected, *report.orphans):
        say(f"{path}, {remark}")
    counts = {
        _("added"): len(report.added),
        _("renamed"): len(report.renamed),
        _("moved"): len(report.moved),
        _("closed"): len(report.closed),
        _("reopened"): len(report.reopened),
        _("reclassified"): len(report.reclassified),
        _("kept as changed later"): len(report.kept),
        _("unchanged"): report.unchanged,
        _("headings left out"): report.headings,
        _("check digits corrected"): len(report.corrected),
    }
    print("\n".join(f"{count:>7}  {name}" for name, count in counts.items() if count))
    return 0
