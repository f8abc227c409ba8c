"""What a form posts becomes the answer that a machine would send, and back."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.utils import translation

from zemstvo.capabilities.services.parts import AnswerError, Field, FieldType, Option
from zemstvo.faces.components.asking import Faults, ask
from zemstvo.faces.components.reading import read
from zemstvo.faces.components.telling import told


@pytest.fixture(autouse=True)
def _russian():
    with translation.override("ru"):
        yield


def field(id: str, type: str, **more) -> Field:
    return Field(id=id, type=FieldType(type), label={"ru": id, "en": id}, **more)


def posted(text: str) -> QueryDict:
    return QueryDict(text)


INCOME = field("income", "money", currency="RUB")
BORN = field("born", "date")
ANNA = field(
    "who",
    "person",
    parts=("family_name", "given_name", "patronymic", "born_on", "snils"),
    optional=frozenset({"patronymic"}),
)
WAY = field("way", "choice", options=(Option("post", {"ru": "Почтой"}), Option("desk", {"ru": "Лично"})))
HOUSEHOLD = field(
    "members", "repeat", fields=(field("name", "text"), INCOME), min=1, max=3, row_title={"ru": "Член семьи"}
)


@pytest.mark.parametrize(
    ("asked", "form", "answer"),
    [
        (INCOME, "income=1 234,5", 123450),
        (INCOME, "income=12000 руб.", 1200000),
        (INCOME, "income=12O0", "12O0"),
        (INCOME, "income=", None),
        (BORN, "born.day=3&born.month=1&born.year=1980", "1980-01-03"),
        (BORN, "born.day=&born.month=1&born.year=1980", "1980-01-00"),
        (BORN, "born.day=&born.month=&born.year=", None),
        (field("month", "month"), "month.month=2&month.year=2026", "2026-02"),
        (field("n", "number"), "n=1 000", 1000),
        (field("n", "number"), "n=много", "много"),
        (field("ok", "yes_no"), "ok=no", False),
        (field("ok", "yes_no"), "", None),
        (field("ok", "declaration"), "ok=yes", True),
        (field("which", "choices", options=WAY.options), "which=post&which=desk", ["post", "desk"]),
        (
            ANNA,
            "who.family_name=Морозова&who.snils=160-020-517 91&who.born_on.day=1&who.born_on.month=2"
            "&who.born_on.year=1991",
            {"family_name": "Морозова", "snils": "16002051791", "born_on": "1991-02-01"},
        ),
        (
            HOUSEHOLD,
            "members.rows=2&members.0.name=Анна&members.0.income=10&members.1.income=5",
            [{"name": "Анна", "income": 1000}, {"income": 500}],
        ),
        (HOUSEHOLD, "members.rows=99999999&members.0.name=Анна", [{"name": "Анна"}] + [{}] * 99),
    ],
)
def test_a_form_is_read_as_a_machine_would_send_it(asked, form, answer):
    assert read(asked, posted(form)) == answer


def test_what_was_typed_wrongly_stands_in_the_field_again():
    question = ask(INCOME, 500, posted=posted("income=12O0"), faults=Faults({"income": "Нужно число"}))

    assert (question.value, question.error, question.suffix) == ("12O0", "Нужно число", "₽")


def test_money_and_days_come_back_as_they_are_typed():
    assert ask(INCOME, 123450).value == "1234,50"
    assert [part.value for part in ask(BORN, "1980-01-03").parts] == ["3", "1", "1980"]


def test_a_fault_of_a_part_and_of_a_row_stands_at_its_own_input():
    errors = [
        AnswerError("who", "Проверьте СНИЛС", part="snils"),
        AnswerError("income", "Нужно число", row=1),
    ]
    faults = Faults.of(errors, [ANNA, HOUSEHOLD])

    assert ask(ANNA, {}, faults=faults).first_input == "who-snils"
    rows = ask(HOUSEHOLD, [{}, {}], faults=faults).parts
    assert rows[1].parts[1].error == "Нужно число"
    assert rows[0].parts[1].error == ""


def test_a_repeat_offers_one_more_row_until_it_is_full():
    assert ask(HOUSEHOLD, [{}, {}]).multiple is True
    assert ask(HOUSEHOLD, [{}, {}, {}]).multiple is False
    assert ask(HOUSEHOLD, None).parts[0].label == "Член семьи 1"


@pytest.mark.parametrize(
    ("asked", "answer", "words"),
    [
        (INCOME, 123450, "1\xa0234,50\xa0₽"),
        (BORN, "1980-01-03", "3\xa0января\xa01980"),
        (field("month", "month"), "2026-02", "Февраль 2026"),
        (WAY, "desk", "Лично"),
        (field("ok", "yes_no"), False, "Нет"),
        (field("text", "text"), None, "—"),
        (
            ANNA,
            {"family_name": "Морозова", "given_name": "Анна", "snils": "16002051791"},
            "Морозова Анна\nСНИЛС\xa0160-020-517\xa091",
        ),
        (HOUSEHOLD, [{"name": "Анна", "income": 100}], "Член семьи 1\nname: Анна\nincome: 1\xa0₽"),
        (field("paper", "file"), ["a", "b"], "справка.pdf\nфайл"),
    ],
)
def test_an_answer_is_told_in_words(asked, answer, words):
    assert told(asked, answer, files={"a": "справка.pdf"}) == words
