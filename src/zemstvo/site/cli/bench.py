"""`zemstvo bench`: what is fast, and how fast."""

from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop

_JSON = option(
    "--json", passed_on=True, meaning=gettext_noop("print figures as JSON, for machines, to standard output")
)
_STATUSES = (
    gettext_noop("measured"),
    gettext_noop("measured, and an acknowledged application was lost or doubled"),
    gettext_noop("the command was misused or could not begin; nothing was changed"),
)

PAGES = (
    Page(
        name="bench intake",
        summary=gettext_noop("how many applications a second, beside a bare server in the same run"),
        text=gettext_noop(
            "Starts a site of its own with sealer, worker and two reading officials, files applications "
            "over 32 connections, and beside it the same server with nothing but one durable INSERT. "
            "Prints the ratio, latencies, commits per answer and the generator's own share of the "
            "processor."
        ),
        does="bench:intake",
        arguments=(
            _JSON,
            option(
                "--faults",
                passed_on=True,
                meaning=gettext_noop(
                    "kill the site in the middle of the load, ten times, and count what is there"
                ),
            ),
            option(
                "--seconds",
                passed_on=True,
                metavar="N",
                meaning=gettext_noop("how long each round lasts (8)"),
            ),
            option("--rounds", passed_on=True, metavar="N", meaning=gettext_noop("how many rounds (3)")),
            option(
                "--databases",
                passed_on=True,
                metavar="LIST",
                meaning=gettext_noop("sqlite,postgresql (both)"),
            ),
        ),
        environment=(),
        statuses=_STATUSES,
        needs_site=False,
        passes_on=True,
    ),
    Page(
        name="bench pages",
        summary=gettext_noop("the weight of every citizen page in a browser, and the server's time for it"),
        text=gettext_noop(
            "Bytes are counted as they cross the wire, in Chromium: first visit and later ones."
        ),
        does="bench:pages",
        arguments=(_JSON,),
        environment=(),
        statuses=_STATUSES,
        needs_site=False,
        passes_on=True,
    ),
)
