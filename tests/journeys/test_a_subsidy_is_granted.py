"""Anna asks for a housing subsidy, Vera works on it, Galina signs, and Anna reads the answer; no scripts."""

from __future__ import annotations

import re

import pytest
from journeys.walking import answer, case_number, follow, heading, press, said, sign_in, take_action

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "keys"]),
]

HOME = {"address.text": "г. Заречный, ул. Садовая, д. 5", "tenure": "owner", "registered_here": "yes"}
PAYMENTS = {"monthly_cost": "9 800,50", "court_debt": "no"}

STEPS = [
    "case.filed",
    "case.accepted",
    "evidence.requested",
    "evidence.answered",
    "case.moved",
    "case.decision_prepared",
    "letter.edited",
    "case.decided",
]


def applied(page):
    """From the page of the service to the check of the answers."""
    page.goto("/place/?next=/services/housing-subsidy/")
    answer(page, {"q": "Заречный"}, button="Найти")
    page.locator("button[name=place]").first.click()
    press(page, "Начать")
    if "/code/" in page.url:
        follow(page, "Начать заполнять")
    answer(page, HOME)
    answer(page, {"lives_alone": "yes"})
    answer(page, {"income_kinds": "pension"})
    answer(page, {"own_income": "60000"})
    answer(page, PAYMENTS)
    answer(page, {"pay_to": "post"})
    answer(page, {"truth": "yes"})


def anna_applies_without_an_account(page):
    applied(page)
    answer(page, {"who.family_name": "Морозова", "who.given_name": "Анна"})
    assert heading(page) == "Проверьте ответы перед отправкой"
    press(page, "Отправить заявление")
    assert heading(page) == "Заявление принято"
    return case_number(page), said(page, "Код отслеживания").split()[-1]


def vera_works_on_it(page, number):
    sign_in(page, "vera")
    page.goto("/desk/")
    assert number in page.inner_text("main")
    take_action(page, number, "Зарегистрировать")
    page.locator("#evidence + form button", has_text="запросить").first.click()
    follow(page, "внести ответ")
    answer(page, {"outcome": "received", "words": "Доход подтверждён."}, button="Сохранить ответ")
    take_action(page, number, "Все сведения получены")
    take_action(page, number, "Подготовить решение о назначении")
    assert "Подписать решение" not in page.inner_text("main")


def galina_edits_the_letter_and_signs(page, number):
    sign_in(page, "galina")
    page.goto(f"/desk/cases/{number}/actions/sign/")
    follow(page, "Сначала прочитать")
    words = page.input_value("textarea[name=text]")
    answer(page, {"text": f"{words}\n\nВыплата начнётся в декабре."}, button="Сохранить письмо")
    take_action(page, number, "Подписать решение")
    assert page.locator("main a[href*='/documents/']").count() == 1


def anna_reads_the_answer(page, code):
    page.goto("/track/")
    answer(page, {"code": code}, button="Показать дело")
    assert "Субсидия назначена" in page.inner_text("main")
    page.locator("main a[href*='/documents/']").first.click()
    assert "Выплата начнётся в декабре." in page.inner_text("main")
    with page.expect_download() as download:
        follow(page, "PDF")
    return page.inner_text("article"), download.value.path().read_bytes()


def test_anna_without_an_account_gets_her_subsidy_and_the_journal_has_every_step(browse, zarechny):
    zarechny.forget()
    number, code = anna_applies_without_an_account(browse())
    vera_works_on_it(browse(), number)
    galina_edits_the_letter_and_signs(browse(), number)
    anna = browse(accept_downloads=True)
    words, pdf = anna_reads_the_answer(anna, code)

    assert pdf.startswith(b"%PDF")
    anna.goto("/verify/" + re.search(r"/verify/(\S+)", words)[1])
    assert heading(anna) == "Документ подлинный и действует"
    kinds = zarechny.kinds()
    assert [kind for kind in kinds if kind in STEPS] == STEPS, " ".join(kinds)
    assert {"document.signed", "document.registered"} <= set(kinds), kinds


def test_anna_with_an_account_finds_her_case_among_her_cases(browse):
    anna = sign_in(browse(), "anna")
    applied(anna)
    assert "Морозова Анна Сергеевна" in anna.inner_text("main")
    press(anna, "Отправить заявление")
    number = case_number(anna)

    anna.goto("/cases/")
    assert number in anna.inner_text("main")
    stranger = sign_in(browse(), "stepan")
    assert stranger.goto(f"/cases/{number}/").status in (403, 404)
