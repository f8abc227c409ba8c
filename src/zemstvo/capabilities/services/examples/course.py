"""How far a sample case has come, and the days by which it is reckoned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zemstvo.capabilities.services.expecting import awaited_terms, expected_answer
from zemstvo.capabilities.services.faults import Path, shown
from zemstvo.capabilities.services.package import Circumstances, Package, State
from zemstvo.ground.territory.rules import Calendar, ClockEvent, DayKind, due_on


class Stuck(Exception):
    """The example cannot go on: where, what stands there, what is expected."""

    def __init__(self, path: Path, value: str, expected: str) -> None:
        super().__init__(expected)
        self.path = path
        self.value = value
        self.expected = expected


@dataclass(slots=True)
class Course:
    """How far a sample case has come."""

    state: State
    on: date
    answers: dict[str, Any]
    circumstances: Circumstances
    path: list[str]
    entered_on: date
    clock: list[ClockEvent] = field(default_factory=list)
    doers: dict[str, str] = field(default_factory=dict)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)


def day_of(path: Path, text: str) -> date:
    """The day of a text. Raises Stuck."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Stuck(path, shown(text), "a day that exists is expected") from None


def calendar_of(example: Mapping[str, Any], filed_on: date) -> Calendar:
    """The calendar of an example: ten years from the year before it is filed. Raises Stuck."""
    days: dict[date, DayKind] = {}
    for key, kind in (("days_off", DayKind.HOLIDAY), ("working_days", DayKind.WORKING)):
        for place, text in enumerate(example.get(key, ())):
            days[day_of((key, place), text)] = kind
    return Calendar(days, date(filed_on.year - 1, 1, 1), date(filed_on.year + 9, 1, 1))


def due_day(package: Package, course: Course, calendar: Calendar) -> date | None:
    """The day on which the answer is due; from the last lawful day of the start while it has not begun."""
    known = course.circumstances
    clock = package.clock(known.channel)
    filed_on = known.filed_on or course.on
    registered_on = known.registered_on or due_on(filed_on, clock.register.in_days(), calendar)
    begun = {"filed": filed_on, "registered": known.registered_on, "complete": known.complete_on}[clock.start]
    start = begun or registered_on
    events = [event for event in course.clock if event.on >= start]
    awaited = () if begun else awaited_terms(package, clock.start)
    return expected_answer(start, clock.term, awaited, calendar, events).due_on
