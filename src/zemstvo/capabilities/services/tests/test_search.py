"""Services are found as people write: with any ending, with slips, half typed, on the wrong keyboard."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zemstvo.capabilities.services.catalogue.index import TitleIndex
from zemstvo.capabilities.services.catalogue.nearness import Vocabulary, slips
from zemstvo.capabilities.services.catalogue.words import on_the_other_keyboard, stem, words_of

TITLES = {
    "subsidy": "Предоставление субсидии на оплату жилого помещения и коммунальных услуг",
    "address": "Присвоение, изменение и аннулирование адреса объекта адресации",
    "birth": "Государственная регистрация рождения",
    "kindergarten": "Постановка на учёт и направление детей в детские сады",
    "large-family": "Выдача удостоверения многодетной семьи",
    "building": "Выдача разрешения на строительство",
    "hunting": "Выдача охотничьего билета",
    "archive": "Выдача архивной справки",
    "trees": "Разрешение на снос зелёных насаждений",
    "doctor": "Запись на приём к врачу",
}
INDEX = TitleIndex((key, [(title, 3.0)]) for key, title in TITLES.items())


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("субсидия", "subsidy"),
        ("СУБСИДИЮ на коммунальные услуги", "subsidy"),
        ("субсидя", "subsidy"),
        ("субcидия", "subsidy"),  # a Latin c among Cyrillic letters
        ("ce,cblbz", "subsidy"),
        ("комуналка", None),
        ("комунальные", "subsidy"),
        ("адрес дома", "address"),
        ("зарегистрировать рождение ребенка", "birth"),
        ("рождение", "birth"),
        ("детский сад", "kindergarten"),
        ("децкий сад", "kindergarten"),
        ("многодетная семья", "large-family"),
        ("разрешение на строительство", "building"),
        ("стоительство", "building"),
        ("строит", "building"),
        ("охотничий билет", "hunting"),
        ("архив", "archive"),
        ("снос дерева", "trees"),
        ("записаться к врачу", "doctor"),
        ("зеленые", "trees"),
        ("квантовая физика", None),
        ("", None),
        ("и в на", None),
        ("?!…", None),
    ],
)
def test_a_service_is_found_as_people_write(question, first):
    found = INDEX.find(question)

    assert (found.keys[0] if found.keys else None) == first


def test_what_was_understood_otherwise_is_said():
    assert INDEX.find("стоительство").understood == "строительство"
    assert INDEX.find("ce,cblbz").understood == "субсидия"
    assert INDEX.find("субсидия").understood == ""
    assert INDEX.find("строит").understood == ""


def test_all_words_count_more_than_one():
    keys = INDEX.find("выдача справки").keys

    assert keys[0] == "archive"


def test_the_other_keyboard_goes_both_ways():
    assert on_the_other_keyboard("ce,cblbz") == "субсидия"
    assert on_the_other_keyboard("руддщ") == "hello"


def test_russian_endings_have_one_stem():
    assert len({stem(word) for word in ("субсидия", "субсидии", "субсидию", "субсидией")}) == 1
    assert words_of("Ёлка-2, «снос»") == ["елка", "2", "снос"]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("дом", "дом", 0),
        ("дом", "том", 1),
        ("справка", "спарвка", 1),
        ("справка", "справк", 1),
        ("дом", "сад", None),
    ],
)
def test_slips_are_counted(one, other, count):
    assert slips(one, other, 2) == count


@given(st.text("абвг", max_size=9), st.text("абвг", max_size=9))
def test_slips_count_the_same_both_ways(one, other):
    assert slips(one, other, 3) == slips(other, one, 3)


@given(st.text("абвгд", min_size=4, max_size=12), st.integers(0, 11))
def test_a_word_with_one_letter_left_out_is_found(word, place):
    typed = word[: place % len(word)] + word[place % len(word) + 1 :]

    near = Vocabulary([word]).near(typed)

    assert word in near or len(typed) < 4


@given(st.text(max_size=300))
def test_any_question_is_answered(question):
    INDEX.find(question)


def test_three_thousand_titles_answer_in_a_moment():
    titles = [
        (number, [(f"{title} номер {number}", 3.0)]) for number in range(300) for title in TITLES.values()
    ]
    index = TitleIndex(((place, parts) for place, (_, parts) in enumerate(titles)))

    began = time.process_time()
    for question in ("субсидя на комунальные услуги", "ce,cblbz", "разрешение на стоительство"):
        assert index.find(question).keys
    assert (time.process_time() - began) / 3 < 0.1
