"""`zemstvo work`: the worker alone."""

from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop

PAGES = (
    Page(
        name="work",
        summary=gettext_noop("do the work in the background: seal, react, send, keep terms"),
        text=gettext_noop(
            "Seals the journal, lets what follows from facts happen, runs queued tasks (letters, "
            "documents) and what the clock demands, until it is stopped. «zemstvo up» "
            "starts one by itself; on PostgreSQL more may run, on other machines too: each task is done "
            "once, and taken up again if its worker dies.\n"
            "On SQLite one worker is enough, and «zemstvo work» refuses."
        ),
        does="work:run",
        arguments=(
            option(
                "--with",
                metavar="PID",
                dest="parent",
                type=int,
                meaning=gettext_noop("end when the process with this number has ended"),
            ),
        ),
    ),
)
