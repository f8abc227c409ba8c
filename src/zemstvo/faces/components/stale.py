"""A form that is older than what it changes: its page comes back with what was typed, and says so."""

from __future__ import annotations

from django.utils.translation import gettext as _

STATUS = 409


def sentence() -> str:
    """What happened, and what to do; the page shows what was typed below it, under the current version."""
    return _(
        "Somebody changed this after you opened the page, so nothing was stored. What you typed stands "
        "below: look it over and send it again. A file has to be chosen again."
    )
