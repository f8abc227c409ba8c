"""`zemstvo check`: is all well?"""

from zemstvo.site.cli.manual import JSON, Page
from zemstvo.site.words import gettext_noop

PAGES = (
    Page(
        name="check",
        summary=gettext_noop("look whether all is well: settings, databases, journal, worker, disk"),
        text=gettext_noop(
            "Looks at everything that /readyz looks at, and at the settings. Changes nothing; may be "
            "called while the site runs, and by a monitoring system."
        ),
        does="check:run",
        arguments=(JSON,),
        examples=(("zemstvo check", gettext_noop("Is all well?")),),
    ),
)
