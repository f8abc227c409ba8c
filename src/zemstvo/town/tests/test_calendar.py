"""The calendar of the demo town beside the law and beside the calendar that was published."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from zemstvo import town
from zemstvo.ground.territory.calendars import read
from zemstvo.ground.territory.rules import Calendar, DayKind

FILE = Path(town.__file__).parent / "calendar_2025_2027.csv"
YEARS = (2025, 2026, 2027)
DAY = timedelta(days=1)
HOLIDAYS = {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
"""Labour Code, article 112: month and day."""


@pytest.fixture(scope="module")
def days():
    listed = read(FILE)
    assert listed.faults == ()
    assert listed.years == YEARS
    return {one.day: one for one in listed.days}


@pytest.fixture(scope="module")
def calendar(days):
    return Calendar({day: one.kind for day, one in days.items()})


def test_the_holidays_are_those_of_the_labour_code(days):
    found = {day for day, one in days.items() if one.kind is DayKind.HOLIDAY}

    assert found == {date(year, *holiday) for year in YEARS for holiday in HOLIDAYS}
    assert all(days[day].names["ru"] and days[day].names["en"] for day in found)


def test_every_moved_day_says_from_where_and_by_what(days):
    moved = [one for one in days.values() if one.kind is DayKind.MOVED]

    assert moved
    assert all(one.moved_from and one.moved_from.weekday() >= 5 and one.source for one in moved)
    assert all(one.day.weekday() < 5 for one in moved)


def test_a_day_before_a_holiday_is_short_where_it_is_worked(days, calendar):
    eves = {
        day - DAY
        for day, one in days.items()
        if one.kind is DayKind.HOLIDAY and day.year in YEARS and (day - DAY).year in YEARS
    }
    short = {day for day, one in days.items() if one.kind is DayKind.SHORT}

    assert {eve for eve in eves if calendar.is_working(eve)} == {day for day in short if day.weekday() < 5}
    assert all(one.weekday() == 5 for one in short - eves), "only a Saturday that is worked in exchange"


@pytest.mark.corpus
def test_the_calendar_is_the_one_that_was_published(days, corpus):
    published = read(corpus / "ru" / "calendar_ru_2013_2027.csv")
    there = {one.day: (one.kind, one.moved_from) for one in published.days if one.day.year in YEARS}

    assert {day: (one.kind, one.moved_from) for day, one in days.items()} == there
