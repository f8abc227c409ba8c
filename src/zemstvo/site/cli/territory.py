"""`zemstvo territory import`: the official list of municipalities."""

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
            option("file", metavar="FILE", meaning=gettext_noop("the classifier as CSV, plain or in gzip")),
        ),
    ),
)
