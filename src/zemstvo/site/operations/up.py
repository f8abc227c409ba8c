"""Starting the site: everything is made ready, then it answers until it is stopped."""

from __future__ import annotations

from argparse import Namespace

from django.conf import settings

from zemstvo.ground.journal import leasing
from zemstvo.site import databases, first_start, serving, static
from zemstvo.site.progress import say
from zemstvo.site.words import _


def run(given: Namespace) -> int:
    """Bring everything up to date and serve; the data folder is held already. Returns when stopped."""
    known = settings.ENVIRONMENT
    databases.open_all()
    if databases.bring_up_to_date():
        say(_("brought the database up to date"))
    if static.collect():
        say(_("collected the static files"))
    first_start.make(given.kind)
    if known.is_embedded:
        leasing.release_leases()  # the tasks that a killed site left are nobody's now
    serving.serve(
        known.host,
        known.port,
        workers=known.workers,
        threads=known.threads,
        ready=lambda: first_start.greet(known.host, known.port),
    )
    given.hold.release()
    return 0
