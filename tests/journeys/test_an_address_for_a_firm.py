"""Dina asks for an address for her firm; Vera sends it back, Dina corrects it, and thinks better of it."""

from __future__ import annotations

import pytest
from journeys.walking import PAPER, answer, case_number, follow, heading, press, sign_in, take_action

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "keys"]),
]


def acting_for_the_firm(page, firm):
    page.goto("/acting/")
    answer(page, {"person": firm})
    assert "ООО «Теплострой»" in page.inner_text("body")


def applied(page):
    page.goto("/place/?next=/services/address-assignment/")
    answer(page, {"q": "Заречный"}, button="Найти")
    page.locator("button[name=place]").first.click()
    press(page, "Начать")
    answer(page, {"deed": "assign", "object": "plot"})
    answer(page, {"cadastral_number": "58:34:0102003:41", "location.text": "у котельной", "ground": "formed"})
    answer(page, {"right": "management", "right_registered": "no"})
    page.set_input_files("input[name=right_document]", PAPER)
    press(page, "Продолжить")
    answer(
        page,
        {
            "contact_person.family_name": "Ахметова",
            "contact_person.given_name": "Дина",
            "phone": "+7 900 000-00-05",
        },
    )
    answer(page, {"truth": "yes"})
    assert "ООО «Теплострой»" in page.inner_text("main")
    press(page, "Отправить заявление")
    assert heading(page) == "Заявление принято"
    return case_number(page)


def test_dina_applies_for_her_firm_corrects_what_vera_returned_and_withdraws(browse, zarechny):
    dina, vera = sign_in(browse(), "dina"), sign_in(browse(), "vera")
    acting_for_the_firm(dina, zarechny.people["teplostroy"])
    zarechny.forget()
    number = applied(dina)

    take_action(vera, number, "Вернуть на исправление", {"reasons": "R08"})
    dina.goto(f"/cases/{number}/")
    assert "По указанному кадастровому номеру числится другой объект." in dina.inner_text("main")
    follow(dina, "Исправить и отправить снова")
    answer(dina, {"cadastral_number": "58:34:0102003:42"}, button="Отправить снова")
    assert "58:34:0102003:42" in opened(vera, number)
    take_action(vera, number, "Зарегистрировать")

    dina.goto(f"/cases/{number}/")
    follow(dina, "Отозвать заявление")
    press(dina, "Отозвать")
    assert "Вы отозвали заявление" in dina.inner_text("main")
    assert "Зарегистрировать" not in opened(vera, number)
    told = [kind for kind in zarechny.kinds() if kind.startswith("case.")]
    steps = ["case.filed", "case.returned", "case.supplemented", "case.accepted", "case.withdrawn"]
    assert [kind for kind in told if kind in steps] == steps, told


def opened(page, number):
    page.goto(f"/desk/cases/{number}/")
    return page.inner_text("main")
