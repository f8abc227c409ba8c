"""Working calendars: whole years imported, single days declared."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.territory import facts
from zemstvo.ground.territory.calendars import LONGEST_SOURCE, CalendarList, ListedDay
from zemstvo.ground.territory.commands.periods import standing_territory
from zemstvo.ground.territory.editions import turn_edition
from zemstvo.ground.territory.models import CalendarDay, CalendarYear
from zemstvo.ground.territory.names import Names, clean_names, is_plain, shown
from zemstvo.ground.territory.queries.places import lineage
from zemstvo.ground.territory.refusals import (
    CalendarHasGap,
    DateOutsideCalendar,
    DayKindUnclear,
    HolidayStands,
    ListHasFaults,
    NamesUnclear,
    NoCalendar,
    NoHoliday,
)
from zemstvo.ground.territory.rules import DayKind

SATURDAY_AND_SUNDAY = (5, 6)


@command
def import_calendar(
    act: Act, territory: str, listed: CalendarList, *, weekend: Collection[int] = SATURDAY_AND_SUNDAY
) -> dict[str, int]:
    """Take over the working calendar of whole years that `calendars.read` read.

    The years in which the list has a day are replaced, all others stay; days that the territory declared
    itself stay too. `weekend` names the weekdays off, Monday is 0 (ValueError for a week without work). The
    same list again changes nothing. Returns how many days were added, changed, removed and unchanged.

    Refuses with ListHasFaults, and nothing is stored; with UnknownTerritory; with CalendarHasGap where a
    year would be missing between those that there are.
    """
    turn_edition()
    act.must("calendar.change", territory)
    standing_territory(territory)
    if listed.faults:
        raise ListHasFaults(count=len(listed.faults), first=listed.faults[0], faults=listed.faults)
    years = listed.years
    _must_follow(territory, years)
    counts = _write_days(territory, listed)
    if not set(weekend) < set(range(7)):
        raise ValueError(f"a weekend is some of the days 0 to 6, not {weekend}")
    text = "".join(str(weekday) for weekday in sorted(set(weekend)))
    for year in years:
        CalendarYear.objects.update_or_create(territory_id=territory, year=year, defaults={"weekend": text})
    act.record(
        facts.CalendarImported(
            territory=territory,
            digest=listed.digest or "none",
            first_year=years[0],
            last_year=years[-1],
            **counts,
        ),
        territory=territory,
    )
    return counts


@command
def declare_holiday(
    act: Act,
    territory: str,
    day: date,
    *,
    kind: DayKind | str = DayKind.HOLIDAY,
    names: Names | None = None,
    source: str = "",
) -> None:
    """Declare a day of the territory's own, for itself and all in it, over the calendar that it lives by.

    `source` names the law or the decree. Refuses with UnknownTerritory, HolidayStands, DateOutsideCalendar
    (NoCalendar) where no calendar reaches the day, DayKindUnclear, NamesUnclear.
    """
    turn_edition()
    act.must("calendar.change", territory)
    standing_territory(territory)
    if kind not in set(DayKind):
        raise DayKindUnclear(value=shown(kind))
    _must_reach(territory, day)
    if CalendarDay.objects.filter(territory=territory, day=day, declared=True).exists():
        raise HolidayStands(territory=territory, day=day)
    if len(source) > LONGEST_SOURCE or not is_plain(source):
        raise NamesUnclear(value=shown(source))
    CalendarDay.objects.update_or_create(
        territory_id=territory,
        day=day,
        declared=True,
        defaults={
            "kind": DayKind(kind),
            "names": clean_names(names) if names else {},
            "source": source,
        },
    )
    act.record(
        facts.HolidayDeclared(territory=territory, day=day, day_kind=DayKind(kind)), territory=territory
    )


@command
def revoke_holiday(act: Act, territory: str, day: date) -> None:
    """Take back a day that the territory declared. Refuses with UnknownTerritory, NoHoliday."""
    turn_edition()
    act.must("calendar.change", territory)
    standing_territory(territory)
    deleted, _by_model = CalendarDay.objects.filter(territory=territory, day=day, declared=True).delete()
    if not deleted:
        raise NoHoliday(territory=territory, day=day)
    act.record(facts.HolidayRevoked(territory=territory, day=day), territory=territory)


def _must_follow(territory: str, years: Collection[int]) -> None:
    """The years of the territory and of those above it must follow each other without a gap."""
    standing = CalendarYear.objects.filter(territory__in=lineage(territory)).values_list("year", flat=True)
    known = {*standing, *years}
    missing = set(range(min(known), max(known))) - known
    if missing:
        raise CalendarHasGap(year=min(missing))


def _must_reach(territory: str, day: date) -> None:
    years = CalendarYear.objects.filter(territory__in=lineage(territory)).values_list("year", flat=True)
    if not years:
        raise NoCalendar(day=day)
    if day.year not in years:
        raise DateOutsideCalendar(day=day, first=date(min(years), 1, 1), last=date(max(years), 12, 31))


def _write_days(territory: str, listed: CalendarList) -> dict[str, int]:
    standing = {
        row.day: row
        for row in CalendarDay.objects.filter(territory=territory, day__year__in=listed.years, declared=False)
    }
    wanted = {one.day: _row(territory, one) for one in listed.days}
    added = [row for day, row in wanted.items() if day not in standing]
    both = wanted.keys() & standing.keys()
    changed = [wanted[day] for day in sorted(both) if _values(wanted[day]) != _values(standing[day])]
    removed = [row.pk for day, row in standing.items() if day not in wanted]
    CalendarDay.objects.filter(pk__in=removed).delete()
    for row in changed:
        row.pk = standing[row.day].pk
    CalendarDay.objects.bulk_update(changed, ["kind", "names", "moved_from", "source"], batch_size=200)
    CalendarDay.objects.bulk_create(added, batch_size=1_000)
    return {
        "added": len(added),
        "changed": len(changed),
        "removed": len(removed),
        "unchanged": len(wanted) - len(added) - len(changed),
    }


def _row(territory: str, one: ListedDay) -> CalendarDay:
    return CalendarDay(
        territory_id=territory,
        day=one.day,
        kind=one.kind,
        names=dict(one.names),
        moved_from=one.moved_from,
        source=one.source,
    )


def _values(row: CalendarDay) -> tuple[object, ...]:
    return (str(row.kind), row.names, row.moved_from, row.source)
