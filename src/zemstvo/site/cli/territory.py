"""`zemstvo territory import`: the official list of municipalities."""

from datetime import date

from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop

PAGES = (
    Page(
        name="territory import",
        summary=gettext_noop("import territories from the official classifier (OKTMO)"),
        text=gettext_noop(
            "Reads the classifier and makes or updates the territories. Group headings are not "
            "territories. A place with a misprinted check digit is corrected, marked, and reported with "
            "its line."
        ),
        does="territory:import_file",
        arguments=(
            option("file", metavar="FILE", meaning=gettext_noop("the list, as CSV")),
            option(
                "--root",
                metavar="CODE",
                default="",
                meaning=gettext_noop("the territory under which a plain list of any country comes"),
            ),
            option(
                "--from",
                dest="valid_from",
                metavar="DATE",
                type=date.fromisoformat,
                meaning=gettext_noop(
                    "the day from which the list holds, such as 2026-01-01 (otherwise today)"
                ),
            ),
            option(
                "--close",
                action="store_true",
                meaning=gettext_noop("yes, close all territories that the list leaves out, however many"),
            ),
        ),
        examples=(("zemstvo territory import oktmo.csv", gettext_noop("The whole country")),),
    ),
)
