"""Arithmetic of territory: terms, calendars, clocks, office hours, codes. No database, clock or settings."""

from zemstvo.ground.territory.rules.calendar import Calendar, DayKind, Roll
from zemstvo.ground.territory.rules.clocks import (
    ClockEvent,
    ClockEventKind,
    Deadline,
    Suspension,
    deadline,
    recount,
)
from zemstvo.ground.territory.rules.hours import BeforeOpening, Hours, registered_on
from zemstvo.ground.territory.rules.levels import Level
from zemstvo.ground.territory.rules.terms import (
    Term,
    Unit,
    add_months,
    due_at,
    due_on,
    working_days_between,
)

__all__ = [
    "BeforeOpening",
    "Calendar",
    "ClockEvent",
    "ClockEventKind",
    "DayKind",
    "Deadline",
    "Hours",
    "Level",
    "Roll",
    "Suspension",
    "Term",
    "Unit",
    "add_months",
    "deadline",
    "due_at",
    "due_on",
    "recount",
    "registered_on",
    "working_days_between",
]
