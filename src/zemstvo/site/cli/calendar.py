"""`zemstvo calendar import`: working days."""

from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop

PAGES = (
    Page(
        name="calendar import",
        summary=gettext_noop("import the production calendar: holidays, moved and decreed days"),
        text=gettext_noop(
            "Reads the calendar of one territory and of those below it that have none of their own. Legal "
            "terms are counted by it."
        ),
        does="calendar:import_file",
        arguments=(
            option("file", metavar="FILE", meaning=gettext_noop("the calendar file")),
            option(
                "--territory",
                metavar="CODE",
                required=True,
                meaning=gettext_noop("the territory for which the calendar holds"),
            ),
        ),
    ),
)
