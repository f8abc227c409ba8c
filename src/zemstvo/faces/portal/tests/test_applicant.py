"""Who applies: a new account that has no name yet, a firm without an account, a made-up cookie."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core import mail

from zemstvo.capabilities.cases.models import Case
from zemstvo.faces.portal.tests.applying import NEXT, begin, home, named, to_check
from zemstvo.faces.portal.tests.visitor import Visitor
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people.queries import identity
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


def test_a_firm_without_an_account_is_asked_first_and_names_its_employee_before_sending(zarechny, visitor):
    begin(visitor, "address-assignment")
    assert visitor.read.heading == "Кто подаёт заявление?"
    visitor.follows("Организация").presses(NEXT, who__name="ООО «Теплострой»", who__inn="5838000128")
    visitor.presses(NEXT, deed="assign", object="plot")
    typed = {"cadastral_number": "58:34:0102003:41", "location__text": "у котельной", "ground": "formed"}
    visitor.presses(NEXT, **typed)
    visitor.presses(NEXT, right="owner", right_registered="yes")
    assert "Сотрудник организации" in visitor.page
    visitor.presses(NEXT, phone="+7 900 000-00-05")
    assert visitor.status == 422
    who = {"contact_person__family_name": "Ахметова", "contact_person__given_name": "Дина"}
    visitor.presses(NEXT, phone="+7 900 000-00-05", **who)
    visitor.presses(NEXT, truth="yes")

    assert visitor.read.heading == "Проверьте ответы перед отправкой"
    assert "Ахметова Дина" in visitor.page
    visitor.presses("Отправить заявление")
    assert visitor.read.heading == "Заявление принято"
    assert zarechny.kinds()[-2:] == ["person.registered", "case.filed"]
    assert str(Case.objects.get().applicant) != zarechny.people["teplostroy"]  # nobody checked who it is


def test_a_draft_begun_without_an_account_is_the_accounts_after_signing_in(zarechny, visitor, sign_in):
    to_check(begin(visitor))
    named(visitor, who__family_name="Ошибкина")
    check = visitor.path
    anna = sign_in("anna")
    visitor.client.force_login(anna.account)
    visitor.opens(check)

    assert visitor.read.heading == "Продолжить в учётной записи"
    visitor.presses("Перенести в мою учётную запись")
    assert visitor.read.heading == "Проверьте ответы перед отправкой"
    assert "Теперь это заявление в вашей учётной записи" in visitor.page
    assert "Морозова" in visitor.page and "Ошибкина" not in visitor.page
    visitor.presses("Отправить заявление")
    assert visitor.read.heading == "Заявление принято"
    case = Case.objects.get()
    assert (str(case.applicant), case.identity) == (zarechny.people["anna"], "account")
    assert zarechny.kinds().count("draft.adopted") == 1


@pytest.mark.parametrize("page", ["", "pages/home/", "applicant/", "check/", "code/", "discard/", "adopt/"])
def test_a_page_that_is_only_opened_takes_no_draft_over(zarechny, visitor, sign_in, page):
    home(begin(visitor))
    draft = re.search(r"/drafts/[0-9a-f-]{36}/", visitor.path)[0]
    visitor.client.force_login(sign_in("anna").account)
    zarechny.forget()

    for _twice in range(2):
        visitor.opens(f"{draft}{page}")
        assert visitor.read.heading == "Продолжить в учётной записи"

    assert zarechny.journal() == []


def test_after_signing_in_half_way_the_next_page_goes_on_with_what_was_typed(zarechny, visitor, sign_in):
    home(begin(visitor))
    visitor.client.force_login(sign_in("anna").account)

    visitor.presses(NEXT, lives_alone="yes")
    draft = re.search(r"/drafts/[0-9a-f-]{36}/", visitor.path)[0]
    assert visitor.path != f"{draft}pages/household/"
    assert draft in visitor.opens("/cases/").page
    assert "draft.adopted" in zarechny.kinds()
    assert visitor.opens(f"{draft}adopt/").path != f"{draft}adopt/"  # nothing is left to ask


def test_the_way_to_sign_in_leads_back_to_the_draft(visitor):
    home(begin(visitor))

    assert dict(visitor.read.links)["Войти"].endswith(f"?next={visitor.path}")


def test_who_applies_typed_on_an_older_form_is_stale_and_stays_in_the_form(zarechny, visitor):
    to_check(begin(visitor))
    form = visitor.form(NEXT)
    typed = {"who__family_name": "Петрова", "who__given_name": "Нина"}
    older, page = visitor.filled(form, NEXT, **typed), visitor.path
    named(visitor)
    zarechny.forget()
    visitor.path = page
    visitor.sends(form, older)

    assert visitor.status == 409
    assert 'value="Петрова"' in visitor.page
    assert zarechny.journal() == []


def plot(visitor: Visitor) -> Visitor:
    """The pages of an address for a plot, from the first one to the check."""
    visitor.presses(NEXT, deed="assign", object="plot")
    typed = {"cadastral_number": "58:34:0102003:41", "location__text": "у котельной", "ground": "formed"}
    visitor.presses(NEXT, **typed)
    visitor.presses(NEXT, right="owner", right_registered="yes")
    who = {"contact_person__family_name": "Ахметова", "contact_person__given_name": "Дина"}
    visitor.presses(NEXT, phone="+7 900 000-00-05", **who)
    return visitor.presses(NEXT, truth="yes")


def test_the_application_of_a_firm_stays_the_firms_when_its_employee_signs_in(zarechny, visitor, sign_in):
    begin(visitor, "address-assignment").follows("Организация")
    visitor.presses(NEXT, who__name="ООО «Теплострой»", who__inn="5838000128")
    visitor.client.force_login(sign_in("dina").account)
    plot(visitor.opens(visitor.path))

    assert visitor.read.heading == "Проверьте ответы перед отправкой"
    assert "ООО «Теплострой»" in visitor.page
    visitor.presses("Отправить заявление")
    assert visitor.read.heading == "Заявление принято"
    applicant = str(Case.objects.get().applicant)
    assert identity(house_act(), applicant).name == "ООО «Теплострой»"
    assert "draft.adopted" not in zarechny.kinds()


def test_a_session_that_remembers_the_code_of_an_adopted_draft_opens_it_to_its_owner(
    zarechny, visitor, sign_in
):
    home(begin(visitor))
    page, account = visitor.path, sign_in("anna").account
    older = Visitor()
    older.client.cookies["place"] = ZARECHNY
    session = older.client.session
    session["drafts"] = [re.search(r"/drafts/([0-9a-f-]{36})/", page)[1]]
    session.save()
    older.client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    visitor.client.force_login(account)
    visitor.opens(page).presses("Перенести в мою учётную запись")

    assert older.opens(page).status == 403
    older.client.force_login(account)
    session = older.client.session
    session["drafts"] = [re.search(r"/drafts/([0-9a-f-]{36})/", page)[1]]
    session.save()
    assert older.opens(page).status == 200
    assert older.client.session["drafts"] == []
    assert zarechny.kinds().count("draft.adopted") == 1
