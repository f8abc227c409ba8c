"""What commands ask of days: ends come after beginnings, and what has ended does not end again."""

from __future__ import annotations

from datetime import date

from zemstvo.ground.people.refusals import AlreadyEnded, DaysInDisorder


def demand_order(from_on: date, until_on: date | None) -> None:
    """Refuse with DaysInDisorder an end (exclusive) that does not come after the beginning."""
    if until_on is not None and until_on <= from_on:
        raise DaysInDisorder(from_on=from_on, until_on=until_on)


def demand_still_open(until_on: date | None, today: date) -> None:
    """Refuse with AlreadyEnded what has ended by today."""
    if until_on is not None and until_on <= today:
        raise AlreadyEnded(ended_on=until_on)
