from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zemstvo.ground.territory.refusals import DateOutsideCalendar
from zemstvo.ground.territory.rules import (
    Calendar,
    DayKind,
    Roll,
    Term,
    Unit,
    add_months,
    due_at,
    due_on,
    working_days_between,
)

NOVEMBER = Calendar(
    {
        date(2026, 11, 3): DayKind.SHORT,
        date(2026, 11, 4): DayKind.HOLIDAY,
        date(2026, 12, 31): DayKind.MOVED,
        date(2027, 1, 1): DayKind.HOLIDAY,
    }
)
events = st.dates(date(2026, 1, 1), date(2027, 6, 30))


def ends(event, term, **roll):
    return due_on(date.fromisoformat(event), Term.parse(term), NOVEMBER, **roll).isoformat()


@pytest.mark.parametrize("text", ["10wd", "0d", "1m", "2y", "48h", "30d"])
def test_a_term_reads_as_it_is_written(text):
    assert str(Term.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "10", "wd", "10 wd", "-1d", "1.5d", "10WD", "1w", "10000d", "101y", "1201m", "١d", "5d\n", None, 5],
)
def test_what_is_no_term_is_refused_with_what_is_expected(text):
    with pytest.raises(ValueError, match=r"is expected|hundred years"):
        Term.parse(text)


@pytest.mark.parametrize(
    ("event", "term", "end"),
    [
        ("2026-11-02", "1wd", "2026-11-03"),
        ("2026-11-03", "1wd", "2026-11-05"),
        ("2026-11-02", "10wd", "2026-11-17"),
        ("2026-11-07", "1wd", "2026-11-09"),
        ("2026-11-02", "2d", "2026-11-05"),
        ("2026-11-02", "30d", "2026-12-02"),
        ("2026-10-30", "1d", "2026-11-02"),
        ("2026-10-31", "1m", "2026-11-30"),
        ("2026-10-04", "1m", "2026-11-05"),
        ("2026-02-28", "1y", "2027-03-01"),
        ("2026-11-23", "0d", "2026-11-23"),
        ("2026-11-22", "0d", "2026-11-23"),
        ("2026-11-22", "0wd", "2026-11-23"),
        ("2026-12-30", "1wd", "2027-01-04"),
    ],
)
def test_a_term_starts_the_day_after_and_ends_on_a_working_day(event, term, end):
    assert ends(event, term) == end


def test_an_answer_to_an_appeal_may_be_due_the_working_day_before():
    assert ends("2026-10-05", "30d", roll="backward") == "2026-11-03"
    assert ends("2026-10-05", "30d", roll="none") == "2026-11-04"
    assert ends("2026-10-05", "30d", roll="forward") == "2026-11-05"


def test_rolling_backward_never_reaches_the_day_of_the_event():
    assert ends("2026-11-20", "1d", roll="backward") == "2026-11-23"
    assert ends("2026-11-20", "2d", roll="backward") == "2026-11-23"
    assert ends("2026-11-20", "3d", roll="backward") == "2026-11-23"
    assert ends("2026-11-19", "2d", roll="backward") == "2026-11-20"


def test_a_month_ends_on_its_last_day_where_it_has_no_such_day():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_a_term_that_ends_outside_the_calendar_is_refused_before_it_misleads():
    with pytest.raises(DateOutsideCalendar):
        ends("2027-12-30", "10wd")
    with pytest.raises(DateOutsideCalendar):
        ends("2027-12-01", "2m")


def test_hours_need_a_moment():
    with pytest.raises(ValueError, match="needs a moment"):
        ends("2026-11-23", "48h")


def test_forty_eight_hours_run_through_the_night_and_days_off():
    event = datetime(2026, 11, 20, 15, 30, tzinfo=ZoneInfo("Europe/Moscow"))

    assert due_at(event, Term.parse("48h"), NOVEMBER, zone="Europe/Moscow", roll="none") == datetime(
        2026, 11, 22, 12, 30, tzinfo=UTC
    )
    assert due_at(event, Term.parse("48h"), NOVEMBER, zone="Europe/Moscow") == datetime(
        2026, 11, 23, 12, 30, tzinfo=UTC
    )


def test_a_term_of_days_is_over_at_midnight_in_the_zone_of_the_authority():
    event = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)

    moscow = due_at(event, Term.parse("1wd"), NOVEMBER, zone="Europe/Moscow")
    kamchatka = due_at(event, Term.parse("1wd"), NOVEMBER, zone="Asia/Kamchatka")

    assert moscow == datetime(2026, 11, 25, 21, 0, tzinfo=UTC)
    assert kamchatka == datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@given(events, st.integers(1, 60))
def test_between_the_event_and_the_end_lie_exactly_the_working_days_of_the_term(event, amount):
    end = due_on(event, Term(amount, Unit.WORKING_DAYS), NOVEMBER)

    assert working_days_between(event, end, NOVEMBER) == amount
    assert NOVEMBER.is_working(end)


@given(events, st.integers(0, 90), st.sampled_from(Unit))
def test_a_later_event_never_ends_earlier_and_a_longer_term_never_sooner(event, amount, unit):
    if unit is Unit.HOURS:
        return
    term = Term(min(amount, 5) if unit in (Unit.MONTHS, Unit.YEARS) else amount, unit)
    try:
        end = due_on(event, term, NOVEMBER)
        later = due_on(event + timedelta(days=1), term, NOVEMBER)
        longer = due_on(event, Term(term.amount + 1, unit), NOVEMBER)
    except DateOutsideCalendar:
        return

    assert event <= end <= later
    assert end <= longer


@given(events, st.integers(1, 90), st.sampled_from(list(Roll)))
def test_the_three_directions_agree_where_the_end_is_a_working_day(event, amount, roll):
    end = event + timedelta(days=amount)
    rolled = due_on(event, Term(amount, Unit.DAYS), NOVEMBER, roll=roll)

    if NOVEMBER.is_working(end):
        assert rolled == end
    assert rolled > event


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(-600, 600))
def test_months_keep_the_day_or_take_the_last_one(day, months):
    found = add_months(day, months)

    assert found.day == day.day or (found + timedelta(days=1)).day == 1
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months


@given(events, st.integers(0, 500))
def test_hours_without_rolling_are_hours(event, hours):
    at = datetime(event.year, event.month, event.day, 12, tzinfo=UTC)

    assert due_at(at, Term(hours, Unit.HOURS), NOVEMBER, zone="Europe/Moscow", roll="none") - at == timedelta(
        hours=hours
    )
