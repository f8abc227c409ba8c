"""Every day of the production calendar 2013-2027 against a count that knows nothing of our code.

The naive reader below takes the file as it is: a weekday works unless the file says `nonworking`, a Saturday
or Sunday only if it says `working_weekend` or `short_working`.
"""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest

from zemstvo.ground.territory import calendars
from zemstvo.ground.territory.refusals import DateOutsideCalendar
from zemstvo.ground.territory.rules import Calendar, DayKind, Term, add_months, due_on, working_days_between

pytestmark = pytest.mark.corpus
FIRST, LAST = date(2013, 1, 1), date(2027, 12, 31)
DAY = timedelta(days=1)
ALL_DAYS = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]


@pytest.fixture(scope="session")
def file(corpus):
    return corpus / "ru" / "calendar_ru_2013_2027.csv"


@pytest.fixture(scope="session")
def kinds(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(lines)}


@pytest.fixture(scope="session")
def works(kinds):
    """Whether each day works, counted naively."""
    return {
        day: kinds.get(day, "working" if day.weekday() < 5 else "weekend") not in ("nonworking", "weekend")
        for day in ALL_DAYS
    }


@pytest.fixture(scope="session")
def calendar(file):
    listed = calendars.read(file)
    assert listed.faults == ()
    return Calendar({one.day: one.kind for one in listed.days})


def test_every_day_works_in_our_calendar_when_it_works_in_the_published_one(calendar, works):
    assert len(ALL_DAYS) == 5_478
    assert [day for day in ALL_DAYS if calendar.is_working(day) is not works[day]] == []


@pytest.mark.parametrize("amount", [1, 2, 3, 5, 7, 10, 15, 30])
def test_a_term_of_working_days_from_every_day_ends_where_a_finger_on_the_calendar_does(
    calendar, works, amount
):
    ahead = [day for day in ALL_DAYS if works[day]]
    place = 0
    for event in ALL_DAYS:
        while place < len(ahead) and ahead[place] <= event:
            place += 1
        term = Term.parse(f"{amount}wd")
        if place + amount - 1 < len(ahead):
            end = due_on(event, term, calendar)
            assert end == ahead[place + amount - 1], event
            assert working_days_between(event, end, calendar) == amount
        else:
            with pytest.raises(DateOutsideCalendar):
                due_on(event, term, calendar)


@pytest.mark.parametrize("roll", ["forward", "backward", "none"])
@pytest.mark.parametrize("term", ["3d", "7d", "30d", "1m", "6m"])
def test_a_term_of_days_or_months_from_every_day_is_rolled_as_one_would_by_hand(calendar, works, term, roll):
    counted = Term.parse(term)
    for event in ALL_DAYS:
        plain = add_months(event, counted.amount) if term.endswith("m") else event + counted.amount * DAY
        if plain > LAST:
            continue
        step = {"forward": DAY, "backward": -DAY, "none": timedelta(0)}[roll]
        end = plain
        while step and FIRST <= end <= LAST and not works[end]:
            end += step
        if roll == "backward" and end <= event:
            end = plain
            while not works[end]:
                end += DAY
        if end <= LAST:
            assert due_on(event, counted, calendar, roll=roll) == end, event


def test_decreed_days_are_a_kind_of_their_own_with_a_switch(calendar, works):
    counting = replace(calendar, decreed_days_count=True)
    gained = [day for day in ALL_DAYS if counting.is_working(day) and not works[day]]

    assert {day: sum(one.year == day for one in gained) for day in (2020, 2021)} == {2020: 29, 2021: 7}
    assert len(gained) == 36
    assert all(calendar.kind(day) is DayKind.DECREED for day in gained)
    assert not counting.is_working(date(2020, 4, 5))


def test_a_year_has_the_working_days_that_are_published_for_it(calendar):
    counting = replace(calendar, decreed_days_count=True)
    year = {
        year: working_days_between(date(year - 1, 12, 31), date(year, 12, 31), counting)
        for year in range(2014, 2028)
    }

    assert year[2024] == 248
    assert [year[one] for one in (2019, 2022, 2023, 2025, 2026, 2027)] == [247] * 6


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2028, 1, 1), date(1917, 10, 25), date(2100, 1, 1)])
def test_a_day_outside_the_published_years_is_refused(calendar, day):
    with pytest.raises(DateOutsideCalendar):
        calendar.is_working(day)
    if day.year != 2012:
        with pytest.raises(DateOutsideCalendar):
            due_on(day, Term.parse("10wd"), calendar)
