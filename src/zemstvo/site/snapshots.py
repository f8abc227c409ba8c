"""What the monitor needs besides the facts, as dated rows beside the segments.

Territories with their names and borders, authorities and what they act for, working calendars, live packages
and the authorities' registers of services: public things all of them, with the periods in which they held. So
the same files serve a laptop and a country, without the database that they came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from zemstvo.capabilities.services.models import LiveVersion, RegisteredService
from zemstvo.ground.journal import segments
from zemstvo.ground.territory.models import (
    ActsFor,
    Authority,
    Border,
    CalendarDay,
    CalendarYear,
    Territory,
    TerritoryName,
)

Rows = Iterable[Mapping[str, Any]]

TABLES: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "territories": (Territory, ("code", "scheme", "level", "kind", "zone", "valid_from", "valid_until")),
    "territory_names": (TerritoryName, ("territory", "names", "valid_from", "valid_until")),
    "borders": (Border, ("territory", "parent", "valid_from", "valid_until")),
    "authorities": (Authority, ("code", "territory", "names", "zone", "valid_from", "valid_until")),
    "acts_for": (ActsFor, ("authority", "territory", "valid_from", "valid_until")),
    "calendar_years": (CalendarYear, ("territory", "year", "weekend")),
    "calendar_days": (CalendarDay, ("territory", "day", "kind", "names", "moved_from", "declared")),
    "live_packages": (LiveVersion, ("service", "version", "digest", "retired_on")),
    "registered_services": (
        RegisteredService,
        ("authority", "code", "titles", "life_events", "is_electronic", "package", "struck_on"),
    ),
}
"""The snapshots by name: the table, and those of its columns that are public and do not identify a row."""


def write(at: datetime) -> None:
    """Write the segments with the snapshots of this day; one that is as it was is not kept twice."""
    segments.write_segments(at=at, snapshots={name: rows(name) for name in TABLES})


def rows(name: str) -> Rows:
    """The rows of one snapshot, in an order that does not change."""
    table, columns = TABLES[name]
    found = table._default_manager.order_by(*columns[:2], "pk").values(*columns)
    return _written(found.iterator(chunk_size=2000))


def _written(found: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in found:
        yield {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
