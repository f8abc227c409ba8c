import pytest
from django.utils.translation import override

from zemstvo.ground.territory.names import clean_names, name_and_language, name_in, search_form, shown
from zemstvo.ground.territory.refusals import NamesUnclear

ZARECHNY = {"ru": "Город Заречный", "en": "Zarechny"}


def test_a_name_is_shown_in_the_language_of_the_reader():
    with override("en"):
        assert name_in(ZARECHNY) == "Zarechny"
    with override("ru"):
        assert name_in(ZARECHNY) == "Город Заречный"
    assert name_in(ZARECHNY, "en-gb") == "Zarechny"


def test_a_missing_language_falls_back_and_says_so():
    assert name_and_language({"ru": "Бессоновка"}, "en") == ("Бессоновка", "ru")
    assert name_and_language({"tt": "Казан"}, "en") == ("Казан", "tt")
    assert name_and_language({}, "en") == ("", "en")


def test_names_are_cleaned_of_stray_spaces():
    assert clean_names({"ru": "  Ханты-Мансийский \u00a0 округ "}) == {"ru": "Ханты-Мансийский округ"}


@pytest.mark.parametrize(
    "names",
    [
        {},
        {"ru": ""},
        {"ru": " "},
        {"ru": "a" * 501},
        {"ru": "a\x00"},
        {"ru": "a\ud800"},
        {"ru": 5},
        {"russian": "a"},
    ],
)
def test_what_is_no_name_is_refused(names):
    with pytest.raises(NamesUnclear):
        clean_names(names)


def test_search_does_not_mind_case_and_yo():
    assert search_form(" Фёдоровское  ПОСЕЛЕНИЕ") == "федоровское поселение"


def test_an_error_shows_a_value_short_and_without_control_signs():
    assert shown("a\x00b\u202e") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
    assert shown("я" * 100) == "я" * 60 + "…"
    assert shown(5) == "5"
