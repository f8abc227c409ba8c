"""`zemstvo town`: the demo town, with a year behind it."""

import os
from argparse import Namespace

from zemstvo.site import beginning, environment, folder
from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop


def settle(given: Namespace) -> None:
    """Hold the data folder: a replayed year and a site at once would write against each other."""
    data = environment.read().data
    given.hold = folder.hold_for_serving(data)
    given.kind = beginning.wanted_town(data)
    os.environ["ZEMSTVO_DEMO"] = "yes"


PAGES = (
    Page(
        name="town",
        summary=gettext_noop("replay a year of the demo town, case by case"),
        text=gettext_noop(
            "Takes the demo, or builds it, and replays the year before today through the same commands "
            "that people and officials use: applications, returns, refusals, decisions, with one "
            "hindrance planted. The same seed gives the same year. The site must not run meanwhile."
        ),
        does="town:run",
        arguments=(
            option(
                "--cases",
                metavar="N",
                type=int,
                default=3000,
                meaning=gettext_noop("how many cases (3000)"),
            ),
            option("--seed", metavar="N", type=int, meaning=gettext_noop("another year with another number")),
        ),
        examples=(("zemstvo town --cases 3000", gettext_noop("A year of a small federation")),),
        begins=True,
        settle=settle,
    ),
)
