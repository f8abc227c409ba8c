"""`zemstvo up`: start the site."""

import os
from argparse import Namespace

from zemstvo.site import beginning, environment, folder, ports
from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop


def settle(given: Namespace) -> None:
    """Hold the folder, find the port, decide between demo and empty: the settings depend on all three."""
    if given.host:
        os.environ["ZEMSTVO_HOST"] = given.host
    if given.port is not None:
        os.environ["ZEMSTVO_PORT"] = given.port
    known = environment.read()
    given.kind = beginning.wanted(known.data, is_empty=given.empty)
    given.hold = folder.hold_for_serving(known.data)
    os.environ["ZEMSTVO_PORT"] = str(ports.free_port(known.host, known.port))
    os.environ.setdefault("ZEMSTVO_DEMO", "yes" if given.kind == beginning.DEMO else "no")


PAGES = (
    Page(
        name="up",
        summary=gettext_noop("start the site: database, web and worker in one command"),
        text=gettext_noop(
            "Brings the database up to date, publishes the bundled packages, builds the demo town on the "
            "first start, then answers on the network and does the work in the background until it is "
            "stopped.\n"
            "When the site answers, it prints «ready» with the address and, in a demo, how to sign in as "
            "each of its people. Ctrl-C or SIGTERM stops it cleanly; the next start goes on where it was. "
            "The first start decides for good whether the data folder holds the demo or an empty "
            "beginning.\n"
            "There are several web processes and a worker. With DATABASE_URL on PostgreSQL «zemstvo work» "
            "can add more workers elsewhere."
        ),
        does="up:run",
        arguments=(
            option(
                "--port", metavar="N", meaning=gettext_noop("the port; 0 picks a free one (usually 8000)")
            ),
            option(
                "--host",
                metavar="NAME",
                meaning=gettext_noop(
                    "the network address to listen on (usually 127.0.0.1, this computer only)"
                ),
            ),
            option(
                "--empty",
                action="store_true",
                meaning=gettext_noop("begin without the demo; a one-time link makes the first administrator"),
            ),
        ),
        examples=(
            ("zemstvo up", gettext_noop("The demo on this computer")),
            ("zemstvo up --port 0 --data /tmp/try", gettext_noop("A second one beside it")),
            ("zemstvo up --empty --data /srv/zemstvo", gettext_noop("A real beginning")),
        ),
        environment=(
            "ZEMSTVO_DATA",
            "DATABASE_URL",
            "KEYS_DATABASE_URL",
            "ZEMSTVO_HOST",
            "ZEMSTVO_PORT",
            "ZEMSTVO_ORIGIN",
            "ZEMSTVO_WORKERS",
            "ZEMSTVO_THREADS",
        ),
        statuses=(
            gettext_noop("the site ran and was stopped cleanly"),
            gettext_noop("the site stopped by itself; the log says why"),
            gettext_noop("the site could not start (port, folder, database, settings); nothing was changed"),
        ),
        begins=True,
        settle=settle,
    ),
)
