"""The reader of calendars, fed with what people upload."""

from datetime import date

import pytest
from django.utils.translation import override

from zemstvo.ground.territory.calendars import read_bytes
from zemstvo.ground.territory.rules import DayKind


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def test_a_calendar_in_the_words_of_the_house():
    listed = read_bytes(
        b"date,kind,name,name_en,moved_from,source\n"
        b"2026-05-09,holiday,V,Victory Day,,art. 112\n"
        b"2026-05-11,moved,,,2026-05-09,art. 112\n"
    )

    victory, monday = listed.days
    assert not listed.faults
    assert listed.years == (2026,)
    assert (victory.day, victory.kind, victory.names) == (
        date(2026, 5, 9),
        DayKind.HOLIDAY,
        {"ru": "V", "en": "Victory Day"},
    )
    assert (monday.moved_from, monday.source) == (date(2026, 5, 9), "art. 112")


def test_a_published_russian_calendar_is_understood():
    text = """date,kind,holiday,moved_from_mm.dd
2020-03-30,nonworking,Нерабочая неделя (Указ Президента от 25.03.2020 №206),
2020-05-01,nonworking,Праздник Весны и Труда,
2020-05-02,nonworking,,
2020-05-04,nonworking,,01.04
2020-06-11,short_working,,
2024-04-27,working_weekend,,
"""
    listed = read_bytes(text.encode())

    assert [day.kind for day in listed.days] == [
        DayKind.DECREED,
        DayKind.HOLIDAY,
        DayKind.DAY_OFF,
        DayKind.MOVED,
        DayKind.SHORT,
        DayKind.WORKING,
    ]
    assert listed.days[3].moved_from == date(2020, 1, 4)
    assert listed.years == (2020, 2024)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file: is empty"),
        (b"date\n2026-05-09\n", "line 1, kind: «»; the header has no such column"),
        (b"date,kind\n2026-02-30,holiday\n", "line 2, date: «2026-02-30»; a date is expected"),
        (b"date,kind\n09.05.2026,holiday\n", "line 2, date: «09.05.2026»; a date is expected"),
        (b"date,kind\n20260509,holiday\n", "line 2, date: «20260509»; a date is expected"),
        (b"date,kind\n0001-01-01,holiday\n", "line 2, date: «0001-01-01»; a date is expected"),
        (b"date,kind\n9999-12-31,holiday\n", "between 1900 and 2199"),
        (b"date,kind\n2026-05-09,feast\n", "line 2, kind: «feast»; one of working, short, day_off"),
        (
            b"date,kind\n2026-05-09,holiday\n2026-05-09,short\n",
            "line 3, date: «2026-05-09»; stands on line 2",
        ),
        (b"date,kind,moved_from\n2026-05-11,moved,13.40\n", "line 2, moved_from: «13.40»; a date"),
        (b"date,kind,name\n2026-05-09,holiday,V\x01\n", "a readable name is expected"),
        (b"date,kind,source\n2026-05-09,holiday," + b"s" * 301 + b"\n", "is longer than 300 signs"),
        (b"date,kind\n2026-05-09,hol\x00iday\n", "line 2: a NUL byte"),
    ],
)
def test_a_bad_calendar_is_answered_with_place_value_and_advice(content, sentence):
    assert any(sentence in str(fault) for fault in read_bytes(content).faults)
