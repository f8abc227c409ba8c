"""The decision reaches the applicant: as a page, as a PDF, with the day until which it holds."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.portal.tests.applying import NEXT, begin, home
from zemstvo.faces.portal.tests.visitor import Visitor
from zemstvo.ground.people.middleware import Visited

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NUMBER = re.compile(r"ZARECHNY-2026-\d{6}-\d")


@pytest.fixture
def granted(zarechny, sign_in):
    """Anna's subsidy, decided by Vera and signed by Galina. Anna at the page of her case."""
    anna = sign_in("anna")
    home(begin(anna)).presses(NEXT, lives_alone="yes").presses(NEXT, income_kinds=["none"])
    anna.presses(NEXT, monthly_cost="9800", court_debt="no").presses(NEXT, pay_to="post")
    anna.presses(NEXT, truth="yes").presses("Отправить заявление")
    number = NUMBER.search(anna.page)[0]
    for who, action, form in (
        ("vera", "register", None),
        ("vera", "complete", None),
        ("vera", "grant", {"amount": 620000}),
        ("galina", "sign", None),
    ):
        version = cases.own_case(zarechny.act("anna"), number).version
        commands.take_action(zarechny.act(who), number, action, version=version, form=form)
    return anna.opens(f"/cases/{number}/")


def test_the_decision_stands_on_the_page_of_the_case_with_its_last_day(granted):
    assert "Субсидия назначена" in granted.page
    assert "31\xa0мая\xa02027" in granted.page
    assert any("Решение" in words for words, _href in granted.read.links)


def test_the_page_of_the_case_names_the_last_day_of_payment_and_not_the_day_after(granted):
    assert "Последний день выплаты" in granted.page
    assert "1\xa0июня\xa02027" not in granted.page


def test_the_decision_is_read_as_a_page_that_says_the_same_as_the_pdf(granted):
    address = next(href for words, href in granted.read.links if "Решение" in words and "documents" in href)
    granted.opens(address)

    assert granted.status == 200
    assert "6\xa0200,00" in granted.page or "6 200,00" in granted.page
    assert "Морозова Анна Сергеевна" in granted.page
    granted.follows("Сохранить файл")
    assert granted.answer.headers["Content-Type"] == "application/pdf"
    assert granted.answer.headers["Content-Disposition"].startswith("attachment")
    assert granted.answer.content.startswith(b"%PDF-")


def test_the_check_of_a_document_names_the_same_last_day_as_the_case(granted):
    granted.opens(next(href for text, href in granted.read.links if "documents" in href))
    code = re.search(r"/verify/([0-9A-Z-]+)", granted.page)[1]

    assert "по 31\xa0мая\xa02027 включительно" in Visitor().opens(f"/verify/{code}").page


def test_a_stranger_gets_no_document(granted, sign_in):
    address = next(href for words, href in granted.read.links if "documents" in href)
    for stranger in (Visitor(), sign_in("stepan")):
        for part in ("", "pdf/"):
            assert stranger.opens(address + part).status in {403, 404}


def test_a_document_of_another_case_is_not_found_under_this_one(granted):
    address = next(href for words, href in granted.read.links if "documents" in href)

    assert granted.opens(NUMBER.sub("ZARECHNY-2026-999999-9", address)).status in {403, 404}


def test_the_notice_of_the_decision_waits_for_anna(granted):
    granted.opens("/notices/")

    assert granted.status == 200


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2027, 5, 31, 20, 59, tzinfo=UTC), "Документ подлинный и действует"),
        (datetime(2027, 5, 31, 21, 0, tzinfo=UTC), "больше не действует"),
    ],
)
def test_a_decision_holds_until_midnight_in_zarechny_not_in_greenwich(granted, monkeypatch, instant, words):
    granted.opens(next(href for text, href in granted.read.links if "documents" in href))
    code = re.search(r"/verify/([0-9A-Z-]+)", granted.page)[1]
    monkeypatch.setattr(Visited, "at", instant)

    assert words in Visitor().opens(f"/verify/{code}").page
