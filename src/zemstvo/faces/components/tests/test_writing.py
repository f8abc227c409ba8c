"""Dates, money, terms and hours as people write them, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from zemstvo.faces.components import writing

WEEK = {"mon": ["09:00-13:00", "14:00-18:00"], "tue": ["09:00-13:00", "14:00-18:00"], "fri": ["09:00-16:45"]}


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("ru", ["пн–вт 09:00–13:00, 14:00–18:00", "пт 09:00–16:45"]),
        ("en", ["mon–tue 09:00–13:00, 14:00–18:00", "fri 09:00–16:45"]),
    ],
)
def test_equal_days_of_an_office_are_one_line(language, written):
    with translation.override(language):
        assert writing.hours_in_words(WEEK) == written


def test_a_day_inside_a_sentence_is_never_broken_over_two_lines():
    said = writing.with_whole_days("Зарегистрировать до 24 ноября 2026 г. Срок — 10 рабочих дней.")

    assert said == "Зарегистрировать до 24\xa0ноября\xa02026\xa0г. Срок — 10 рабочих дней."
    assert writing.with_whole_days("by 8 December 2026.") == "by 8\xa0December\xa02026."


@pytest.mark.parametrize(
    ("term", "ru", "en"),
    [
        ("1wd", "1\xa0рабочий день", "1\xa0working day"),
        ("22d", "22\xa0дня", "22\xa0days"),
        ("48h", "48\xa0часов", "48\xa0hours"),
        ("1m", "1\xa0месяц", "1\xa0month"),
        ("5y", "5\xa0лет", "5\xa0years"),
        ("10wd from complete", "10\xa0рабочих дней", "10\xa0working days"),
        ("soon", "soon", "soon"),
    ],
)
def test_a_term_of_the_law_is_written_out(term, ru, en):
    with translation.override("ru"):
        assert writing.term_in_words(term) == ru
    with translation.override("en"):
        assert writing.term_in_words(term) == en


@pytest.mark.parametrize(
    ("minor", "ru", "en"),
    [
        (0, "0\xa0₽", "0\xa0₽"),
        (-5, "−0,05\xa0₽", "−0.05\xa0₽"),
        (123456789, "1\xa0234\xa0567,89\xa0₽", "1\xa0234\xa0567.89\xa0₽"),
    ],
)
def test_money_keeps_its_kopecks_and_its_sign(minor, ru, en):
    with translation.override("ru"):
        assert writing.money_in_words(minor) == ru
    with translation.override("en"):
        assert writing.money_in_words(minor) == en


def test_a_moment_is_told_in_the_zone_of_the_authority():
    at = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)

    with translation.override("ru"):
        assert writing.moment_in_words(at, "Asia/Kamchatka") == "1\xa0января\xa02027, 10:30"


@pytest.mark.parametrize(
    ("on", "words"), [(24, "остался 1 день"), (23, "сегодня"), (20, "просрочено на 3 дня")]
)
def test_how_far_a_day_is(on, words):
    with translation.override("ru"):
        assert writing.days_left_in_words(date(2026, 11, on), date(2026, 11, 23)) == words


def test_a_snils_is_written_as_on_the_card():
    assert writing.snils_in_words("16002051791") == "160-020-517\xa091"
    assert writing.snils_in_words("") == ""
