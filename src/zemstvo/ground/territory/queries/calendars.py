"""Questions about working calendars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from zemstvo.ground.territory.editions import edition
from zemstvo.ground.territory.models import CalendarDay, CalendarYear
from zemstvo.ground.territory.names import Names, name_in
from zemstvo.ground.territory.queries.places import lineage
from zemstvo.ground.territory.rules import Calendar, DayKind
from zemstvo.ground.territory.words import DAY_KINDS, word_for

Row = TypeVar("Row", CalendarYear, CalendarDay)


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that is not what its weekday says. `territory` is the one that says so."""

    day: date
    kind: DayKind
    names: Names
    moved_from: date | None
    source: str
    territory: str
    declared: bool

    @property
    def name(self) -> str:
        """The name of the holiday in the active language; empty if it has none."""
        return name_in(self.names) if self.names else ""

    @property
    def kind_name(self) -> str:
        """What kind of day it is, in the active language."""
        return word_for(DAY_KINDS, self.kind)


def calendar(territory: str, *, decreed_days_count: bool = False) -> Calendar:
    """The calendar that a territory lives by; it covers no day where none was imported.

    Every year is that of the nearest territory that has one, with the declared days of all territories from
    above laid over it, the nearest last; the calendar ends where a year is missing. `decreed_days_count`:
    decreed non-working days count as working days. One statement warm, about seven cold; the same object as
    long as nothing changes.
    """
    return _calendar(edition(), territory, decreed_days_count)


def calendar_days(territory: str, year: int) -> list[DayRow]:
    """The days of a year that are not what their weekday says, in order. Costs as `calendar`."""
    _years, days = _days(edition(), territory)
    return [row for day, row in sorted(days.items()) if day.year == year]


def calendar_years(territory: str) -> tuple[int, ...]:
    """The years that the calendar of a territory covers, in order. Costs as `calendar`."""
    return tuple(sorted(_days(edition(), territory)[0]))


@lru_cache(maxsize=5_000)
def _calendar(edition_: str, territory: str, decreed_days_count: bool) -> Calendar:
    years, days = _days(edition_, territory)
    if not years:
        return Calendar({})
    first = last = min(years)
    while last + 1 in years:
        last += 1
    kinds = tuple(sorted((day, row.kind) for day, row in days.items()))
    return _shared(first, last, years[last], decreed_days_count, kinds)


@lru_cache(maxsize=200)
def _shared(
    first: int, last: int, weekend: str, decreed_days_count: bool, kinds: tuple[tuple[date, DayKind], ...]
) -> Calendar:
    """One calendar for all territories that live by the same days: its sorted days are counted once."""
    return Calendar(
        MappingProxyType(dict(kinds)),
        from_=date(first, 1, 1),
        until=date(last + 1, 1, 1),
        weekend=frozenset(int(weekday) for weekday in weekend),
        decreed_days_count=decreed_days_count,
    )


@lru_cache(maxsize=5_000)
def _days(_edition: str, territory: str) -> tuple[Mapping[int, str], Mapping[date, DayRow]]:
    """The covered years with their weekends, and the days, of the territory and all above it."""
    above = lineage(territory)
    owners: dict[int, str] = {}
    weekends: dict[int, str] = {}
    for year in _from_above(CalendarYear.objects.filter(territory__in=above), above):
        owners[year.year], weekends[year.year] = year.territory_id, year.weekend
    rows = _from_above(CalendarDay.objects.filter(territory__in=above), above)
    days: dict[date, DayRow] = {}
    for row in sorted(rows, key=lambda row: row.declared):
        if row.declared or owners.get(row.day.year) == row.territory_id:
            days[row.day] = _day_row(row)
    return MappingProxyType(weekends), MappingProxyType(days)


def _from_above(rows: Iterable[Row], above: tuple[str, ...]) -> list[Row]:
    """Rows of several territories, those of the uppermost first."""
    return sorted(rows, key=lambda row: above.index(row.territory_id), reverse=True)


def _day_row(row: CalendarDay) -> DayRow:
    return DayRow(
        day=row.day,
        kind=DayKind(row.kind),
        names=MappingProxyType(row.names),
        moved_from=row.moved_from,
        source=row.source,
        territory=row.territory_id,
        declared=row.declared,
    )
