from datetime import date

import pytest

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.territory import refusals
from zemstvo.ground.territory.calendars import read_bytes
from zemstvo.ground.territory.commands import declare_holiday, import_calendar, revoke_holiday
from zemstvo.ground.territory.models import CalendarDay
from zemstvo.ground.territory.queries import calendar, calendar_days, calendar_years
from zemstvo.ground.territory.rules import DayKind, Term, due_on
from zemstvo.ground.territory.tests.zarechny import (
    CALENDAR,
    DISTRICT,
    FEDERATION,
    REGION,
    ZARECHNY,
    build,
    build_with_calendar,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SABANTUY = date(2026, 6, 19)


def test_a_town_lives_by_the_calendar_of_its_federation(house, journal):
    build_with_calendar(house)

    assert calendar(ZARECHNY).kind(date(2026, 11, 4)) is DayKind.HOLIDAY
    assert calendar_years(ZARECHNY) == (2026, 2027)
    assert due_on(date(2026, 11, 2), Term.parse("10wd"), calendar(ZARECHNY)) == date(2026, 11, 17)
    kind, payload = journal()[-1]
    assert kind == "calendar.imported"
    assert (payload["first_year"], payload["last_year"], payload["added"]) == (2026, 2027, 5)
    unity = next(row for row in calendar_days(ZARECHNY, 2026) if row.day == date(2026, 11, 4))
    assert (unity.name, unity.source, unity.territory) == (
        "День народного единства",
        "ТК РФ ст. 112",
        FEDERATION,
    )


def test_the_same_calendar_again_changes_nothing(house):
    build_with_calendar(house)
    before = list(CalendarDay.objects.order_by("pk").values_list())

    counts = import_calendar(house, FEDERATION, read_bytes(CALENDAR.encode()))

    assert counts == {"added": 0, "changed": 0, "removed": 0, "unchanged": 5}
    assert list(CalendarDay.objects.order_by("pk").values_list()) == before


def test_a_corrected_calendar_replaces_its_years_and_no_others(house):
    build_with_calendar(house)
    corrected = "date,kind\n2026-11-04,working\n2026-12-30,moved\n"

    counts = import_calendar(house, FEDERATION, read_bytes(corrected.encode()))

    assert counts == {"added": 1, "changed": 1, "removed": 3, "unchanged": 0}
    assert calendar(ZARECHNY).is_working(date(2026, 11, 4))
    assert calendar(ZARECHNY).kind(date(2027, 1, 1)) is DayKind.HOLIDAY


def test_a_holiday_of_a_region_is_one_for_its_towns_and_for_nobody_else(house, journal):
    build_with_calendar(house)

    declare_holiday(house, REGION, SABANTUY, names={"ru": "Сабантуй"}, source="Закон области")

    assert not calendar(ZARECHNY).is_working(SABANTUY)
    assert not calendar(DISTRICT).is_working(SABANTUY)
    assert calendar(FEDERATION).is_working(SABANTUY)
    assert journal()[-1] == (
        "holiday.declared",
        {"territory": REGION, "day": "2026-06-19", "day_kind": "holiday"},
    )
    assert [row.declared for row in calendar_days(ZARECHNY, 2026) if row.day == SABANTUY] == [True]


def test_a_declared_day_survives_the_next_import_and_can_be_revoked(house, journal):
    build_with_calendar(house)
    declare_holiday(house, FEDERATION, SABANTUY)
    import_calendar(house, FEDERATION, read_bytes(CALENDAR.encode()))
    assert not calendar(ZARECHNY).is_working(SABANTUY)

    revoke_holiday(house, FEDERATION, SABANTUY)

    assert calendar(ZARECHNY).is_working(SABANTUY)
    assert journal()[-1] == ("holiday.revoked", {"territory": FEDERATION, "day": "2026-06-19"})
    with pytest.raises(refusals.NoHoliday):
        revoke_holiday(house, FEDERATION, SABANTUY)


def test_a_region_with_a_calendar_of_its_own_does_not_live_by_the_federations(house):
    build_with_calendar(house)

    import_calendar(house, REGION, read_bytes(b"date,kind\n2026-06-19,holiday\n"))

    assert calendar(ZARECHNY).is_working(date(2026, 11, 4))
    assert not calendar(ZARECHNY).is_working(SABANTUY)
    assert calendar(ZARECHNY).kind(date(2027, 1, 1)) is DayKind.HOLIDAY
    assert calendar(FEDERATION).kind(date(2026, 11, 4)) is DayKind.HOLIDAY


def test_decreed_days_are_counted_by_whoever_says_so(house):
    build_with_calendar(house)
    declare_holiday(house, REGION, SABANTUY, kind="decreed")

    assert not calendar(ZARECHNY).is_working(SABANTUY)
    assert calendar(ZARECHNY, decreed_days_count=True).is_working(SABANTUY)


def test_another_country_rests_on_friday_and_saturday(house):
    build(house)

    import_calendar(house, FEDERATION, read_bytes(b"date,kind\n2026-01-01,holiday\n"), weekend=(4, 5))

    assert not calendar(ZARECHNY).is_working(date(2026, 11, 27))
    assert calendar(ZARECHNY).is_working(date(2026, 11, 29))


def test_where_no_calendar_was_imported_every_question_is_refused(house):
    build(house)

    with pytest.raises(refusals.NoCalendar):
        due_on(date(2026, 11, 23), Term.parse("10wd"), calendar(ZARECHNY))
    with pytest.raises(refusals.NoCalendar):
        declare_holiday(house, REGION, SABANTUY)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda act: import_calendar(act, "1", read_bytes(CALENDAR.encode())), refusals.UnknownTerritory),
        (lambda act: import_calendar(act, FEDERATION, read_bytes(b"date\n")), refusals.ListHasFaults),
        (
            lambda act: import_calendar(act, FEDERATION, read_bytes(b"date,kind\n2029-01-01,holiday\n")),
            refusals.CalendarHasGap,
        ),
        (
            lambda act: import_calendar(act, REGION, read_bytes(b"date,kind\n2029-01-01,holiday\n")),
            refusals.CalendarHasGap,
        ),
        (lambda act: declare_holiday(act, "1", SABANTUY), refusals.UnknownTerritory),
        (lambda act: declare_holiday(act, REGION, date(2030, 1, 1)), refusals.DateOutsideCalendar),
        (lambda act: declare_holiday(act, REGION, SABANTUY, source="s" * 301), refusals.NamesUnclear),
        (lambda act: declare_holiday(act, REGION, SABANTUY, kind="feast"), refusals.DayKindUnclear),
        (lambda act: revoke_holiday(act, REGION, SABANTUY), refusals.NoHoliday),
        (lambda act: revoke_holiday(act, FEDERATION, date(2026, 11, 4)), refusals.NoHoliday),
    ],
)
def test_what_cannot_be_is_refused_and_the_journal_is_as_before(house, journal, change, refusal):
    build_with_calendar(house)
    before = journal()

    with pytest.raises(refusal):
        change(house)

    assert journal() == before


def test_the_same_day_declared_twice_is_refused(house):
    build_with_calendar(house)
    declare_holiday(house, REGION, SABANTUY)

    with pytest.raises(refusals.HolidayStands):
        declare_holiday(house, REGION, SABANTUY)


@pytest.mark.parametrize(
    "change",
    [
        lambda act: import_calendar(act, FEDERATION, read_bytes(CALENDAR.encode())),
        lambda act: declare_holiday(act, ZARECHNY, SABANTUY),
        lambda act: revoke_holiday(act, ZARECHNY, SABANTUY),
    ],
)
def test_a_stranger_changes_no_calendar(house, stranger, journal, change):
    build_with_calendar(house)
    before = journal()

    with pytest.raises(NoMandate):
        change(stranger)

    assert journal() == before
