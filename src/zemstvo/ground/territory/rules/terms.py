"""Terms of the law: their text, and the day on which they end.

Russian sources: Civil Code art. 191 (a term starts the day after the event), 192 (months end on the same
day of the last month, or on its last day), 193 (an end on a day off moves to the next working day).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

from zemstvo.ground.territory.rules.calendar import DAY, Calendar, Roll

RollWord = Roll | Literal["forward", "backward", "none"]


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "wd"
    DAYS = "d"
    MONTHS = "m"
    YEARS = "y"
    HOURS = "h"


_TERM = re.compile(r"([0-9]{1,4})(wd|d|m|y|h)")
_LONGEST = {Unit.MONTHS: 1200, Unit.YEARS: 100}


@dataclass(frozen=True, slots=True, order=False)
class Term:
    """An amount of time as the law gives it: ten working days, thirty days, a month, 48 hours."""

    amount: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Term:
        """Read "10wd", "5d", "1m", "2y" or "48h". Raises ValueError with what is expected."""
        found = _TERM.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise ValueError(f"{text!r} is not a term; 10wd, 5d, 1m, 2y or 48h is expected")
        term = cls(int(found[1]), Unit(found[2]))
        if term.unit in (Unit.MONTHS, Unit.YEARS) and term.amount > _LONGEST[term.unit]:
            raise ValueError(f"{text!r} is longer than a hundred years")
        return term

    def in_days(self) -> Term:
        """The term as days are counted: hours are rounded up to whole days, all else is as it is."""
        return Term(-(-self.amount // 24), Unit.DAYS) if self.unit is Unit.HOURS else self

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day of that month if it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def due_on(event_day: date, term: Term, calendar: Calendar, *, roll: RollWord = Roll.FORWARD) -> date:
    """The last day of a term that counts from the day after the event.

    A term of nought ends on the day of the event. An end on a day off is rolled; rolling backward never
    reaches the day of the event or an earlier one, then it rolls forward. Refuses with DateOutsideCalendar
    where the calendar does not reach; raises ValueError for hours, which need a moment (`due_at`).
    """
    return rolled_end(event_day, leg_end(event_day, term, calendar), calendar, Roll(roll))


def leg_end(event_day: date, term: Term, calendar: Calendar) -> date:
    """The day on which a term ends before it is rolled."""
    if term.unit is Unit.WORKING_DAYS and term.amount:
        return calendar.working_day_after(event_day, term.amount)
    if term.unit is Unit.MONTHS:
        return add_months(event_day, term.amount)
    if term.unit is Unit.YEARS:
        return add_months(event_day, 12 * term.amount)
    if term.unit is Unit.HOURS:
        raise ValueError(f"the term {term} counts hours and needs a moment; use due_at")
    return event_day + term.amount * DAY


def rolled_end(event_day: date, end: date, calendar: Calendar, roll: Roll) -> date:
    """The end of a term, rolled off a day off. See `due_on` for backward rolling."""
    if roll is Roll.BACKWARD and not calendar.working_days_between(event_day, end):
        return calendar.rolled(end, Roll.FORWARD)
    return calendar.rolled(end, roll)


def due_at(
    event: datetime, term: Term, calendar: Calendar, *, zone: str, roll: RollWord = Roll.FORWARD
) -> datetime:
    """The instant, exclusive, at which a term that began with an event is over.

    Hours run from the event itself, through the night and days off; if they end on a day off and `roll`
    says so, they end at the same hour of the working day next to it. All other terms end with the last day
    (`due_on`) at midnight in the zone. `event` carries its time zone; so does the answer (UTC).
    """
    local = event.astimezone(ZoneInfo(zone))
    if term.unit is not Unit.HOURS:
        last = due_on(local.date(), term, calendar, roll=roll)
        return _instant(last + DAY, time(0), zone)
    end = event.astimezone(ZoneInfo("UTC")) + timedelta(hours=term.amount)
    local_end = end.astimezone(ZoneInfo(zone))
    last = rolled_end(local.date(), local_end.date(), calendar, Roll(roll))
    return end if last == local_end.date() else _instant(last, local_end.time(), zone)


def working_days_between(after: date, until: date, calendar: Calendar) -> int:
    """The working days later than `after`, up to and with `until`; negative if `until` is earlier.

    For a term in working days: `working_days_between(event, due_on(event, term)) == term.amount`.
    """
    return calendar.working_days_between(after, until)


def _instant(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
