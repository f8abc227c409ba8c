"""Who applies: a new account that has no name yet, a firm without an account, a made-up cookie."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from zemstvo.faces.portal.tests.applying import NEXT, begin, named, to_check
from zemstvo.faces.portal.tests.visitor import Visitor
from zemstvo.town.places import ZARECHNY

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def signed_up(address: str) -> Visitor:
    """Somebody who has just created an account by e-mail."""
    visitor = Visitor()
    visitor.client.cookies["place"] = ZARECHNY
    visitor.opens("/account/signup/").presses("Создать учётную запись", email=address)
    code = re.search(r"\n\n([0-9A-Z-]{6,12})\n", mail.outbox[-1].body)[1]
    return visitor.presses(NEXT, code=code)


def test_a_new_account_is_asked_for_a_name_once_and_keeps_it(zarechny):
    lida = signed_up("lida@zarechny.example")
    assert "Выйти" in lida.page
    to_check(begin(lida))
    assert lida.read.heading == "Кто подаёт заявление?"
    named(lida, who__family_name="Новикова", who__given_name="Лидия")
    assert lida.read.heading == "Проверьте ответы перед отправкой"
    lida.presses("Отправить заявление")

    assert lida.read.heading == "Заявление принято"
    assert 'value="Новикова"' in lida.opens("/profile/").page


def test_the_name_is_demanded_before_the_application_is_sent(zarechny):
    lida = signed_up("lida@zarechny.example")
    to_check(begin(lida))
    lida.presses(NEXT, who__family_name="", who__given_name="")

    assert lida.status == 422
    assert 'href="#who-family_name"' in lida.page


def test_without_an_account_one_says_whether_a_person_or_a_firm_applies(visitor):
    begin(visitor, "address-assignment")
    visitor.opens(re.sub(r"pages/.*", "applicant/", visitor.path))
    visitor.follows("Организация")

    assert "ИНН" in visitor.page
    visitor.presses(NEXT, who__name="ООО «Теплострой»", who__inn="5838000129")
    assert visitor.status == 422
    assert 'href="#who-inn"' in visitor.page


def test_a_cookie_that_somebody_made_up_names_nobody(zarechny, visitor):
    to_check(begin(visitor))
    visitor.client.cookies["applicant"] = "bm90IHNlYWxlZCBoZXJl"
    zarechny.forget()
    visitor.opens(re.sub(r"applicant/.*", "check/", visitor.path))

    assert visitor.read.heading == "Кто подаёт заявление?"
    assert zarechny.journal() == []
