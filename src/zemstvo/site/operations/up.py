"""Starting the site: everything is made ready, then it answers until it is stopped."""

from __future__ import annotations

from argparse import Namespace

from django.conf import settings

from zemstvo.site import beginning, databases, first_start, folder, serving, static
from zemstvo.site.progress import say
from zemstvo.site.words import _


def run(given: Namespace) -> int:
    """Hold the data folder, bring everything up to date, serve. Returns when the site was stopped."""
    known = settings.ENVIRONMENT
    hold = folder.hold_for_serving(settings.DATA)
    try:
        port = serving.free_port(known.host, known.port)
        wanted = beginning.wanted(settings.DATA, is_empty=given.empty)
        databases.open_all()
        databases.bring_up_to_date(say)
        if static.collect():
            say(_("collected the static files"))
        first_start.make(wanted)
        serving.serve(
            known.host,
            port,
            is_embedded=known.is_embedded,
            workers=known.workers,
            threads=known.threads,
            ready=lambda: first_start.greet(known.host, port),
        )
    finally:
        hold.release()
    return 0
