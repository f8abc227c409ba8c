"""The hours of an office, and the day on which what comes outside them is registered.

Russian source: the regulations of services say that an application that arrives outside working hours is
registered on the first working day after (docs.cntd.ru/document/406492900).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from zemstvo.ground.territory.refusals import HoursUnclear
from zemstvo.ground.territory.rules.calendar import Calendar, DayKind

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SHORTENED_BY = timedelta(hours=1)
_SPAN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]|24):([0-5][0-9])")

Span = tuple[time, time]
"""From–until on one day; an end of 24:00 is kept as 23:59:59.999999."""


class BeforeOpening(StrEnum):
    """What becomes of an application that comes on a working day before the office opens."""

    SAME_DAY = "same-day"
    """It waits on the desk when the office opens, and is registered that day."""
    NEXT_DAY = "next-day"
    """It came outside hours, and is registered on the working day after, word for word."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When an office is open, by weekday (Monday first): spans in order that do not overlap."""

    spans: tuple[tuple[Span, ...], ...]

    @classmethod
    def parse(cls, week: Mapping[str, Sequence[str]]) -> Hours:
        """Read {"mon": ["09:00-13:00", "14:00-18:00"], …}. Refuses with HoursUnclear."""
        if not isinstance(week, Mapping):
            raise HoursUnclear(value=str(week)[:60])
        for weekday in week:
            if weekday not in WEEKDAYS:
                raise HoursUnclear(value=str(weekday)[:60])
        return cls(tuple(_day_spans(week.get(weekday, ())) for weekday in WEEKDAYS))

    def on(self, day: date, kind: DayKind = DayKind.WORKING) -> tuple[Span, ...]:
        """The spans of a day. A short day ends an hour before its weekday does."""
        spans = self.spans[day.weekday()]
        if kind is not DayKind.SHORT or not spans:
            return spans
        closes = (datetime.combine(day, spans[-1][1]) - SHORTENED_BY).time()
        return tuple((from_, min(until, closes)) for from_, until in spans if from_ < closes)

    def as_week(self) -> dict[str, list[str]]:
        """The same hours as `parse` reads them; days without hours are left out."""
        week = zip(WEEKDAYS, self.spans, strict=True)
        return {weekday: [_span_text(span) for span in spans] for weekday, spans in week if spans}


def registered_on(
    at: datetime,
    calendar: Calendar,
    *,
    zone: str,
    hours: Hours | None = None,
    before_opening: BeforeOpening = BeforeOpening.SAME_DAY,
) -> date:
    """The day on which what comes at this instant is registered, in the zone of the authority.

    Within the hours of a working day it is that day, also in the midday break; after closing and on days
    off it is the first working day after. Without `hours` a working day lasts from midnight to midnight.
    Refuses with DateOutsideCalendar.
    """
    local = at.astimezone(ZoneInfo(zone))
    day = local.date()
    if not calendar.is_working(day):
        return calendar.working_day_after(day, 1)
    if hours is None:
        return day
    spans = hours.on(day, calendar.kind(day))
    if not spans:
        # A Saturday worked in exchange is worked by another day's hours; a closed Tuesday is closed.
        return day if day.weekday() in calendar.weekend else calendar.working_day_after(day, 1)
    is_early = local.time() < spans[0][0] and before_opening is BeforeOpening.NEXT_DAY
    is_late = local.time() >= spans[-1][1]
    return calendar.working_day_after(day, 1) if is_early or is_late else day


def _day_spans(texts: Sequence[str]) -> tuple[Span, ...]:
    if isinstance(texts, str) or not isinstance(texts, Sequence):
        raise HoursUnclear(value=str(texts)[:60])
    spans = tuple(_span(text) for text in texts)
    for earlier, later in pairwise(spans):
        if later[0] < earlier[1]:
            raise HoursUnclear(value=_span_text(later))
    return spans


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if found is None or (found[3] == "24" and found[4] != "00"):
        raise HoursUnclear(value=str(text)[:60])
    until = time.max if found[3] == "24" else time(int(found[3]), int(found[4]))
    from_ = time(int(found[1]), int(found[2]))
    if until <= from_:
        raise HoursUnclear(value=text)
    return from_, until


def _span_text(span: Span) -> str:
    until = "24:00" if span[1] == time.max else f"{span[1]:%H:%M}"
    return f"{span[0]:%H:%M}-{until}"
