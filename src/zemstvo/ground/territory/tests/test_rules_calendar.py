from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zemstvo.ground.territory.refusals import DateOutsideCalendar, NoCalendar
from zemstvo.ground.territory.rules import Calendar, DayKind, Roll

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
days = st.dates(*YEAR)
calendars = st.builds(
    lambda kinds, weekend, counted: Calendar(
        kinds, date(2026, 1, 1), date(2027, 1, 1), weekend=weekend, decreed_days_count=counted
    ),
    st.dictionaries(days, st.sampled_from(DayKind), max_size=60),
    st.frozensets(st.integers(0, 6), max_size=3),
    st.booleans(),
)


def naive_count(calendar, after, until):
    day, count = after, 0
    while day < until:
        day += timedelta(days=1)
        count += calendar.is_working(day)
    return count


def test_a_day_is_what_its_weekday_says_unless_the_calendar_says_another():
    calendar = Calendar({date(2026, 11, 4): DayKind.HOLIDAY, date(2026, 11, 7): DayKind.WORKING})

    assert calendar.kind(date(2026, 11, 4)) is DayKind.HOLIDAY
    assert calendar.kind(date(2026, 11, 5)) is DayKind.WORKING
    assert calendar.kind(date(2026, 11, 8)) is DayKind.DAY_OFF
    assert calendar.is_working(date(2026, 11, 7))


@pytest.mark.parametrize(("kind", "works"), [(kind, kind in ("working", "short")) for kind in DayKind])
def test_only_working_and_short_days_are_worked(kind, works):
    assert Calendar({date(2026, 11, 4): kind}).is_working(date(2026, 11, 4)) is works


def test_a_decreed_day_counts_only_where_the_switch_says_so_and_a_decreed_sunday_never():
    calendar = Calendar({date(2026, 4, 3): DayKind.DECREED, date(2026, 4, 5): DayKind.DECREED})
    counting = replace(calendar, decreed_days_count=True)

    assert not calendar.is_working(date(2026, 4, 3))
    assert counting.is_working(date(2026, 4, 3))
    assert not counting.is_working(date(2026, 4, 5))
    assert counting.kind(date(2026, 4, 3)) is DayKind.DECREED


def test_another_country_rests_on_friday_and_saturday():
    calendar = Calendar({}, date(2026, 1, 1), date(2027, 1, 1), weekend=frozenset({4, 5}))

    assert not calendar.is_working(date(2026, 11, 27))
    assert calendar.is_working(date(2026, 11, 29))


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_outside_the_calendar_is_refused_and_not_guessed(day):
    calendar = Calendar({date(2026, 11, 4): DayKind.HOLIDAY})

    for question in (calendar.kind, calendar.is_working):
        with pytest.raises(DateOutsideCalendar) as refused:
            question(day)

        assert refused.value.facts == {"day": day, "first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def test_counting_never_leaves_the_calendar():
    calendar = Calendar({date(2026, 11, 4): DayKind.HOLIDAY})

    with pytest.raises(DateOutsideCalendar):
        calendar.working_day_after(date(2026, 12, 30), 2)
    with pytest.raises(DateOutsideCalendar):
        calendar.working_days_between(date(2026, 12, 30), date(2027, 1, 1))
    with pytest.raises(DateOutsideCalendar):
        calendar.working_day_after(date(2025, 12, 30), 1)
    with pytest.raises(DateOutsideCalendar):
        Calendar({date(2026, 1, 1): DayKind.HOLIDAY}).rolled(date(2026, 1, 1), Roll.BACKWARD)
    assert calendar.working_day_after(date(2025, 12, 31), 1) == date(2026, 1, 1)


def test_where_there_is_no_calendar_the_refusal_says_so():
    with pytest.raises(NoCalendar):
        Calendar({}).is_working(date(2026, 11, 23))
    with pytest.raises(NoCalendar):
        Calendar({}).working_day_after(date(2026, 11, 23), 1)


def test_a_week_without_a_working_day_is_no_week():
    with pytest.raises(ValueError, match="at least one day"):
        Calendar({}, weekend=frozenset(range(7)))


@given(calendars, days, days)
def test_working_days_are_counted_as_one_would_with_a_finger(calendar, one, other):
    after, until = sorted((one, other))

    assert calendar.working_days_between(after, until) == naive_count(calendar, after, until)
    assert calendar.working_days_between(until, after) == -naive_count(calendar, after, until)


@given(calendars, days, st.sampled_from(Roll))
def test_a_rolled_day_is_worked_and_none_is_worked_in_between(calendar, day, roll):
    try:
        rolled = calendar.rolled(day, roll)
    except DateOutsideCalendar:
        return
    if roll is Roll.NONE:
        assert rolled == day
        return

    first, last = sorted((rolled, day))
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert [one for one in between if calendar.is_working(one)] == [rolled]
    assert (rolled >= day) if roll is Roll.FORWARD else (rolled <= day)
