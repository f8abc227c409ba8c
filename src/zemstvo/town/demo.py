"""Building the demo on an empty installation: the town, its first matters."""

from __future__ import annotations

from datetime import datetime

from zemstvo.town.matters import tell_matters
from zemstvo.town.raising import Town, raise_town


def build_demo(*, now: datetime) -> Town:
    """Raise the town with its accounts and tell its first matters. The packages must be published.

    Takes some seconds; half of it is the hashing of passwords, which is slow on purpose.
    """
    town = raise_town()
    tell_matters(town, now=now)
    return town
