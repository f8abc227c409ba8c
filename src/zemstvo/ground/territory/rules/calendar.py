"""The working calendar: what kind of day a day is, and the counting of working days.

Russian sources: Labour Code art. 111 (days off), 112 (holidays and moved days), 95 (the short day before
a holiday); days that a decree of the president calls non-working are a kind of their own, because whether
they stop a term is a question of law that each use answers for itself (DESIGN §2).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from zemstvo.ground.territory.refusals import DateOutsideCalendar, NoCalendar

DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What kind of day a day is."""

    WORKING = "working"
    """An ordinary working day; also a Saturday that is worked in exchange for another day."""
    SHORT = "short"
    """A working day that ends an hour earlier, before a holiday."""
    DAY_OFF = "day_off"
    """A day of the weekend."""
    HOLIDAY = "holiday"
    """A non-working holiday."""
    MOVED = "moved"
    """A day off that was moved here from another day."""
    DECREED = "decreed"
    """A day that a decree calls non-working."""


class Roll(StrEnum):
    """What happens to a term that ends on a day off."""

    FORWARD = "forward"
    """It ends on the next working day (Civil Code art. 193)."""
    BACKWARD = "backward"
    """It ends on the working day before (the practice of answers to citizens' appeals, 59-FZ)."""
    NONE = "none"
    """It ends on the day off."""


@dataclass(frozen=True)
class Calendar:
    """The kinds of all days from `from_` until `until` (exclusive).

    `days` holds the days that are not what their weekday says; every other day is a working day, or a day
    off if its weekday (Monday is 0) is in `weekend`. Unless said, the calendar covers the whole years from
    the first to the last of `days`. A day outside is a refusal, never a guess.

    `decreed_days_count`: whether a decreed non-working day counts as the day its weekday says.
    """

    days: Mapping[date, DayKind]
    from_: date | None = None
    until: date | None = None
    weekend: frozenset[int] = frozenset({5, 6})
    decreed_days_count: bool = False

    def __post_init__(self) -> None:
        if self.days and self.from_ is None:
            object.__setattr__(self, "from_", date(min(self.days).year, 1, 1))
        if self.days and self.until is None:
            object.__setattr__(self, "until", date(max(self.days).year + 1, 1, 1))
        if len(self.weekend) >= 7:
            raise ValueError("a week needs at least one day that is not of the weekend")

    def kind(self, day: date) -> DayKind:
        """The kind of a day. Refuses with DateOutsideCalendar (NoCalendar if it covers no day at all)."""
        self._cover(day)
        return self.days.get(day) or self._weekday_kind(day)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked. Refuses with DateOutsideCalendar."""
        self._cover(day)
        return self._is_working(day)

    def working_days_between(self, after: date, until: date) -> int:
        """The working days later than `after`, up to and with `until`; negative if `until` is earlier.

        Refuses with DateOutsideCalendar.
        """
        if until < after:
            return -self.working_days_between(until, after)
        if until > after:
            self._cover(after + DAY)
            self._cover(until)
        return self._up_to(until) - self._up_to(after)

    def working_day_after(self, day: date, count: int) -> date:
        """The working day number `count` (from 1) later than `day`. Refuses with DateOutsideCalendar."""
        self._cover(day + DAY)
        place = self._up_to(day) + count - 1
        if place >= len(self._working_days):
            raise self._outside(self._end)
        return date.fromordinal(self._working_days[place])

    def rolled(self, day: date, roll: Roll) -> date:
        """The day itself if it is worked, else the working day next to it in the direction of `roll`.

        Refuses with DateOutsideCalendar.
        """
        if roll is Roll.NONE or self.is_working(day):
            return day
        if roll is Roll.FORWARD:
            return self.working_day_after(day, 1)
        place = bisect_left(self._working_days, day.toordinal()) - 1
        if place < 0:
            raise self._outside((self.from_ or day) - DAY)
        return date.fromordinal(self._working_days[place])

    @property
    def _end(self) -> date:
        return self.until or date.max

    @cached_property
    def _working_days(self) -> list[int]:
        """The ordinals of all working days in order: counting is then a look into a sorted list."""
        if self.from_ is None or self.until is None:
            return []
        span = range(self.from_.toordinal(), self.until.toordinal())
        return [ordinal for ordinal in span if self._is_working(date.fromordinal(ordinal))]

    def _up_to(self, day: date) -> int:
        return bisect_right(self._working_days, day.toordinal())

    def _is_working(self, day: date) -> bool:
        kind = self.days.get(day)
        if kind is None or (kind is DayKind.DECREED and self.decreed_days_count):
            kind = self._weekday_kind(day)
        return kind in (DayKind.WORKING, DayKind.SHORT)

    def _weekday_kind(self, day: date) -> DayKind:
        return DayKind.DAY_OFF if day.weekday() in self.weekend else DayKind.WORKING

    def _cover(self, day: date) -> None:
        if self.from_ is None or self.until is None or not self.from_ <= day < self.until:
            raise self._outside(day)

    def _outside(self, day: date) -> DateOutsideCalendar:
        if self.from_ is None or self.until is None:
            return NoCalendar(day=day)
        return DateOutsideCalendar(day=day, first=self.from_, last=self.until - DAY)
