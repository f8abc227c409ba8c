"""The worker: the background work in a process of its own, so that it takes nothing from those who answer."""

from __future__ import annotations

import os
import signal
from argparse import Namespace
from pathlib import Path
from threading import Event, Thread

from django.conf import settings

from zemstvo.ground.journal import courtesy
from zemstvo.site import companions, databases, folder, working
from zemstvo.site.cli.manual import Misuse
from zemstvo.site.words import _

_GENTLE = 5
"""How much the worker gives way to the processes that answer, which run on the same machine (nice)."""


def run(given: Namespace) -> int:
    """Work until SIGINT or SIGTERM."""
    if settings.ENVIRONMENT.is_embedded and not given.parent:
        raise Misuse(_("on SQLite «zemstvo up» brings its own worker, and one is enough"))
    databases.require_current()
    if given.parent:
        folder.hold_until_the_end(Path(settings.DATA))
        companions.end_with(given.parent)
    os.nice(_GENTLE)
    courtesy.share(Path(settings.DATA) / folder.ANSWERING)
    stop = Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    threads = [Thread(target=work, args=(stop,), name=name) for name, work in working.works().items()]
    for thread in threads:
        thread.start()
    while not stop.wait(1.0):
        pass
    for thread in threads:
        thread.join()
    return 0
