"""`zemstvo packages`: services as data."""

from zemstvo.site.cli.manual import JSON, Page, option
from zemstvo.site.words import gettext_noop

_PATHS = option(
    "paths",
    nargs="+",
    metavar="PATH",
    meaning=gettext_noop("the folder of a package, or a folder of such folders"),
)

PAGES = (
    Page(
        name="packages check",
        summary=gettext_noop("examine service packages and play their examples"),
        text=gettext_noop(
            "Reports every fault with file, line, value and what is expected, and plays each example of "
            "the package. Changes nothing."
        ),
        does="packages:check",
        arguments=(_PATHS, JSON),
        examples=(("zemstvo packages check packages/housing-subsidy", gettext_noop("Before publishing")),),
    ),
    Page(
        name="packages publish",
        summary=gettext_noop("publish a version of a service package"),
        text=gettext_noop(
            "Examines the package as «packages check» does and publishes it if nothing is wrong. A "
            "published version never changes; open cases stay with theirs."
        ),
        does="packages:publish",
        arguments=(_PATHS,),
        examples=(("zemstvo packages publish packages/housing-subsidy", gettext_noop("A new version")),),
    ),
    Page(
        name="packages example",
        summary=gettext_noop("print a ready request body for POST /api/v1/applications"),
        text=gettext_noop("Made from the first example of the live version of the service."),
        does="packages:example",
        arguments=(option("service", metavar="ID", meaning=gettext_noop("the id of the service")),),
        examples=(("zemstvo packages example housing-subsidy", gettext_noop("To try the API")),),
    ),
)
