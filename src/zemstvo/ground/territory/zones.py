"""Time zones by their IANA names."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from zemstvo.ground.territory.refusals import UnknownZone


@cache
def known_zones() -> frozenset[str]:
    """All zones that this machine knows."""
    return frozenset(available_timezones())


def clean_zone(zone: str) -> str:
    """The zone, or empty for "as above". Refuses with UnknownZone."""
    if zone and zone not in known_zones():
        raise UnknownZone(value=zone[:60])
    return zone
