"""`zemstvo services import`: the authority's whole register of services."""

from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop

PAGES = (
    Page(
        name="services import",
        summary=gettext_noop("import an authority's register of services, with or without packages"),
        text=gettext_noop(
            "Reads a CSV file with a header line and adds or updates the entries of the catalogue. Faults "
            "are named by line; with a fault nothing is imported."
        ),
        does="services:import_file",
        arguments=(option("file", metavar="FILE", meaning=gettext_noop("the CSV file, in UTF-8")),),
    ),
)
