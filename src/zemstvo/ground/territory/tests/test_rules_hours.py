from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from zemstvo.ground.territory.refusals import HoursUnclear
from zemstvo.ground.territory.rules import BeforeOpening, Calendar, DayKind, Hours, registered_on

MOSCOW = "Europe/Moscow"
HOURS = Hours.parse(
    {day: ["09:00-13:00", "14:00-18:00"] for day in ("mon", "tue", "wed", "thu")} | {"fri": ["09:00-17:00"]}
)
CALENDAR = Calendar(
    {
        date(2026, 11, 3): DayKind.SHORT,
        date(2026, 11, 4): DayKind.HOLIDAY,
        date(2026, 11, 14): DayKind.WORKING,
    }
)


def comes(day, clock, **options):
    at = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(MOSCOW)).astimezone(UTC)
    return registered_on(at, CALENDAR, zone=MOSCOW, hours=HOURS, **options).isoformat()


def test_hours_read_as_they_are_written():
    assert Hours.parse(HOURS.as_week()) == HOURS
    assert Hours.parse({"mon": ["00:00-24:00"]}).as_week() == {"mon": ["00:00-24:00"]}
    assert Hours.parse({}).as_week() == {}


@pytest.mark.parametrize(
    "week",
    [
        {"monday": ["09:00-18:00"]},
        {"mon": ["9:00-18:00"]},
        {"mon": ["18:00-09:00"]},
        {"mon": ["09:00-09:00"]},
        {"mon": ["09:00-25:00"]},
        {"mon": ["09:00-24:30"]},
        {"mon": ["14:00-18:00", "09:00-13:00"]},
        {"mon": ["09:00-14:00", "13:00-18:00"]},
        {"mon": "09:00-18:00"},
        {"mon": 9},
        {"mon": [None]},
        ["mon"],
        "mon",
        {1: []},
    ],
)
def test_hours_that_cannot_be_are_refused(week):
    with pytest.raises(HoursUnclear):
        Hours.parse(week)


def test_a_short_day_ends_an_hour_earlier():
    assert HOURS.on(date(2026, 11, 3), DayKind.SHORT)[-1] == (time(14), time(17))
    assert Hours.parse({"tue": ["09:00-13:00", "14:00-15:00"]}).on(date(2026, 11, 3), DayKind.SHORT) == (
        (time(9), time(13)),
    )


@pytest.mark.parametrize(
    ("day", "clock", "registered"),
    [
        ("2026-11-23", "09:00", "2026-11-23"),
        ("2026-11-23", "13:30", "2026-11-23"),
        ("2026-11-23", "17:59", "2026-11-23"),
        ("2026-11-23", "18:00", "2026-11-24"),
        ("2026-11-23", "23:59", "2026-11-24"),
        ("2026-11-24", "03:00", "2026-11-24"),
        ("2026-11-27", "17:30", "2026-11-30"),
        ("2026-11-28", "12:00", "2026-11-30"),
        ("2026-11-03", "17:30", "2026-11-05"),
        ("2026-11-04", "12:00", "2026-11-05"),
        ("2026-11-14", "12:00", "2026-11-14"),
    ],
)
def test_what_comes_outside_hours_is_registered_on_the_first_working_day_after(day, clock, registered):
    assert comes(day, clock) == registered


def test_an_authority_may_take_the_rule_word_for_word_before_opening():
    assert comes("2026-11-24", "03:00", before_opening=BeforeOpening.NEXT_DAY) == "2026-11-25"
    assert comes("2026-11-24", "09:00", before_opening=BeforeOpening.NEXT_DAY) == "2026-11-24"


def test_the_day_is_that_of_the_authority_and_not_of_the_server():
    at = datetime(2026, 11, 23, 20, 30, tzinfo=UTC)

    assert registered_on(at, CALENDAR, zone=MOSCOW) == date(2026, 11, 23)
    assert registered_on(at, CALENDAR, zone="Asia/Vladivostok") == date(2026, 11, 24)


def test_an_office_that_is_closed_on_a_working_day_registers_on_the_next_one():
    hours = Hours.parse({"mon": ["09:00-18:00"]})
    at = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    assert registered_on(at, CALENDAR, zone=MOSCOW, hours=hours) == date(2026, 11, 25)
