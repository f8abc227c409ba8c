"""Building the demo on an empty installation: the town, its register of services, its first matters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from zemstvo.capabilities.services.catalogue import sheet
from zemstvo.capabilities.services.commands import import_register
from zemstvo.ground.journal.acts import house_act
from zemstvo.town.matters import tell_matters
from zemstvo.town.raising import Town, raise_town

REGISTER = Path(__file__).with_name("register.csv")
"""The authorities' whole registers of services, those without a package too."""


def build_demo(*, now: datetime) -> Town:
    """Raise the town with its accounts and tell its first matters. The packages must be published.

    Takes some seconds; half of it is the hashing of passwords, which is slow on purpose.
    """
    town = raise_town()
    import_register(house_act(at=now), sheet.read(REGISTER))
    tell_matters(town, now=now)
    return town
