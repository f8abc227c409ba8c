"""A web process: what granian calls in each of its workers before they answer.

A process may begin with nothing imported (macOS), so Django is set up here, before what needs it.
"""

# ruff: noqa: E402
from __future__ import annotations

import gc
import os
from pathlib import Path

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zemstvo.site.settings")
application = get_wsgi_application()

from django.conf import settings

from zemstvo.ground.journal import courtesy
from zemstvo.site import companions, folder
from zemstvo.site.straight import Wsgi, straight


def start() -> Wsgi:
    """Hold the data folder, start what runs beside the answers, and give granian the application."""
    folder.hold_until_the_end(Path(settings.DATA))
    companions.end_with(os.getppid())
    courtesy.share(Path(settings.DATA) / folder.ANSWERING)
    gc.collect()
    gc.freeze()  # what is imported stays; looking through it again and again holds every answer up
    return straight(application)
