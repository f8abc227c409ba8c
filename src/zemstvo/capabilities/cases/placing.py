"""Where an application goes: which authority offers the service for a place, its zone and calendar.

Filing asks this thousands of times a minute for few places, so the answers are kept for KEPT_SECONDS in the
memory of the process: a package that is published, or a day that is decreed, counts that much later at most.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import date

from zemstvo.capabilities.cases.refusals import ServiceNotOffered
from zemstvo.capabilities.cases.rules import clock
from zemstvo.capabilities.cases.rules.clock import Event, Happening, Reading, Terms
from zemstvo.capabilities.services import queries as services
from zemstvo.capabilities.services.expecting import awaited_terms
from zemstvo.capabilities.services.package import Package
from zemstvo.ground.territory import queries as territories
from zemstvo.ground.territory.names import shown
from zemstvo.ground.territory.queries import AuthorityRow
from zemstvo.ground.territory.rules import Calendar

KEPT_SECONDS = 3.0
MOST_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Place:
    """A service at a place: the package with its local values, who is responsible, and the calendar there."""

    package: Package
    authority: AuthorityRow
    calendar: Calendar
    _filed: dict[tuple[str, date], Reading] = field(default_factory=dict, repr=False, compare=False)

    def clock_of_filing(self, channel: str, on: date) -> Reading:
        """What the clock of an application shows that is filed on this day; reckoned once a day."""
        found = self._filed.get((channel, on))
        if found is None:
            terms = terms_of(self.package, channel)
            found = clock.reading([Event(Happening.FILED, on)], terms, self.calendar)
            self._filed[channel, on] = found
        return found


def place(service: str, territory: str, authority: str = "") -> Place:
    """Where an application for a live service goes. No statement within KEPT_SECONDS, some ten cold.

    An `authority` that is named must act for the territory. Refuses with NoSuchService, ServiceIsRetired,
    ServiceNotOffered, and with those of territory.
    """
    if not (service + territory + authority).isprintable():
        raise ServiceNotOffered(service=shown(service), territory=shown(territory))
    key = (service, territory, authority)
    found = _kept.get(key)
    now = time.monotonic()
    if found is not None and found[0] > now:
        return found[1]
    package = services.live(service, territory)
    row = _named(service, territory, authority) if authority else responsible(package, territory)
    made = Place(package, row, territories.calendar(territory))
    with _lock:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (now + KEPT_SECONDS, made)
    return made


def responsible(package: Package, territory: str) -> AuthorityRow:
    """The authority for a service at a place: the nearest one of the level whose service it is.

    Refuses with ServiceNotOffered where no authority of that level acts for the place.
    """
    territories.territory(territory)
    for row in territories.authorities_for(territory):
        if territories.territory(row.territory).level == package.level:
            return row
    raise ServiceNotOffered(service=package.service, territory=territory)


def _named(service: str, territory: str, authority: str) -> AuthorityRow:
    """The authority that was named, where it acts for the place. Refuses with ServiceNotOffered."""
    for row in territories.authorities_for(territory):
        if row.code == authority:
            return row
    raise ServiceNotOffered(service=shown(service), territory=shown(territory))


def pinned(service: str, version: int, local_territory: str, local_revision: int) -> Package:
    """The package to which a case or draft is pinned: its version, and the local values as they were then."""
    if not local_revision:
        return services.package(service, version)
    return services.package(service, version, local_territory, local_revision)


def terms_of(package: Package, channel: str) -> Terms:
    """The terms of the package in a channel, as the clock reads them."""
    legal = package.clock(channel)
    awaited = awaited_terms(package, legal.start)
    return Terms(legal.register, legal.term, Happening(legal.start), awaited)


def spoken(package: Package, language: str) -> str:
    """The language in which the applicant is written to: the one asked for, else the package's base."""
    return language if language in package.languages else package.base_language


def forget() -> None:
    """Forget all that is kept (after a flush)."""
    with _lock:
        _kept.clear()


_lock = threading.Lock()
_kept: dict[tuple[str, str, str], tuple[float, Place]] = {}
