from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from zemstvo.capabilities.services.letters import Sentence
from zemstvo.capabilities.services.refusals import CannotReckon
from zemstvo.capabilities.services.tests.firewood import MONDAY, answers, package

DECIDED = replace(MONDAY, decided_on=date(2026, 11, 23), forms={"decision": {"amount": 633_050}})


def plain(letter):
    return [paragraph.replace("\u00a0", " ") for paragraph in letter["paragraphs"]]


def test_a_decision_is_written_in_the_language_of_the_reader():
    russian = package().letter("decision", answers(), DECIDED, "ru")
    english = package().letter("decision", answers(), DECIDED, "en")

    assert plain(russian) == [
        "Морозова Анна Игоревна предоставляется помощь на дрова: 6 330,50 руб.",
        "Доход семьи за месяц: 12 000,00 руб.",
        "Помощь действует до 23 мая 2027 г.",
    ]
    assert plain(english)[2] == "The help is valid until 23 May 2027."
    assert english["title"] == "Decision on help to buy firewood"


def test_a_paragraph_and_a_row_under_a_condition_are_left_out():
    alone = answers(members=[{"name": "Анна", "born_on": "1990-04-12", "income": 1_200_000}])
    letter = package().letter("decision", alone, DECIDED, "ru")

    assert len(letter["paragraphs"]) == 2
    assert [row["label"] for row in letter["table"]["rows"]] == ["Площадь", "Отопление"]


def test_a_refusal_names_the_reason_and_its_norm():
    refused = replace(MONDAY, reasons=("R01",))

    assert plain(package().letter("refusal", answers(), refused, "ru")) == [
        "Отказано: Дом отапливается не печью. Основание: п. 4 Порядка.",
        "Жалоба подаётся главе администрации.",
    ]


def test_what_machines_read_goes_along():
    letter = package().letter("decision", answers(), DECIDED, "ru")

    assert letter["data"] == {
        "service": "firewood",
        "version": 1,
        "reasons": [],
        "calculated": {
            "income_total": 1_200_000,
            "per_head": 600_000,
            "support": 633_000,
            "valid_until": "2027-05-23",
        },
    }


def test_a_letter_can_be_written_before_anything_is_answered():
    letter = package().letter("decision", {}, language="en")

    assert letter["paragraphs"][0] == "is granted help to buy firewood: 0.00\u00a0RUB."


def test_an_answer_in_braces_is_written_as_it_is():
    firm = replace(DECIDED, applicant={"kind": "organisation", "name": "ООО «{area} {case.number}»"})

    assert (
        package()
        .letter("decision", answers(), firm, "ru")["paragraphs"][0]
        .startswith("ООО «{area} {case.number}» предоставляется")
    )


def test_numbers_beyond_all_bounds_are_refused_with_a_sentence():
    much = answers(members=[{"name": "Анна", "born_on": "1990-04-12", "income": 10**12}] * 10, area=1000)

    with translation.override("ru"):
        assert package().calculate(much, DECIDED)["support"] == 0
    with translation.override("en"), pytest.raises(CannotReckon, match="“Valid until” cannot be calculated"):
        package().calculate(answers(), replace(DECIDED, decided_on=date(9999, 12, 1)))


def test_a_sentence_in_a_language_that_is_missing_is_that_of_the_base():
    sentence = Sentence.of({"ru": "Срок: {term}"}, "ru")

    assert (
        sentence.written({"term": lambda values, language: values["term"]}, {"term": "5"}, "tt") == "Срок: 5"
    )
