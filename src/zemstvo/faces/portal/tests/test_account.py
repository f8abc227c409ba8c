"""With an account: own data, acting for others, what is offered again, drafts and notices in one place."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail

from zemstvo.capabilities.cases.models import Case
from zemstvo.faces.portal.tests.applying import NEXT, PDF, begin, home, to_check
from zemstvo.faces.portal.tests.visitor import Visitor
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands
from zemstvo.ground.people import queries as people
from zemstvo.town.testing import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NUMBER = re.compile(r"ZARECHNY-2026-\d{6}-\d")


@pytest.mark.parametrize("path", ["/cases/", "/notices/", "/profile/", "/looks/", "/acting/"])
def test_pages_of_a_person_ask_a_visitor_to_sign_in_first(zarechny, path):
    visitor = Visitor().opens(path)

    assert visitor.read.heading == "Войти"
    assert f"next={path}" in visitor.path.replace("%2F", "/")


def test_pavel_applies_for_anna_and_the_case_is_hers(zarechny, sign_in):
    pavel = sign_in("pavel").opens("/acting/")
    pavel.presses(NEXT, person=zarechny.people["anna"])
    assert "Вы действуете от имени заявителя:" in pavel.page
    assert "Морозова Анна Сергеевна" in pavel.page
    zarechny.forget()
    to_check(begin(pavel))
    assert "Морозова Анна Сергеевна" in pavel.page
    pavel.presses("Отправить заявление")

    filed = next(fact for fact in zarechny.journal() if fact["kind"] == "case.filed")
    assert filed["payload"]["applicant"] == zarechny.people["anna"]
    assert filed["payload"]["representative"] == zarechny.people["pavel"]
    anna = sign_in("anna").opens("/cases/")
    assert NUMBER.search(anna.page)[0] == NUMBER.search(pavel.page)[0]


def test_a_social_worker_who_may_not_read_fills_in_what_she_began_and_sees_nothing_else_of_annas(
    zarechny, sign_in
):
    anna, stepan = sign_in("anna"), sign_in("stepan")
    home(begin(anna), address__text="г. Заречный, ул. Тайная, д. 7")
    hers = anna.path
    commands.represent(
        house_act(at=MORNING),
        person=zarechny.people["anna"],
        representative=zarechny.people["stepan"],
        ground="social-worker",
        may_read=False,
    )
    stepan.opens("/acting/").presses(NEXT, person=zarechny.people["anna"])
    assert stepan.opens(hers).status in (403, 404)
    assert "/drafts/" not in stepan.opens("/cases/").page

    to_check(begin(stepan))
    assert stepan.read.heading == "Проверьте ответы перед отправкой"
    assert "Морозова Анна Сергеевна" in stepan.page
    assert "Тайная" not in stepan.page and "anna@" not in stepan.page
    stepan.presses("Отправить заявление")

    assert stepan.read.heading == "Заявление принято"
    assert str(Case.objects.get().applicant) == zarechny.people["anna"]
    assert stepan.opens(hers).status in (403, 404)


def test_an_employee_applies_for_the_firm(zarechny, sign_in):
    dina = sign_in("dina").opens("/acting/")
    dina.presses(NEXT, person=zarechny.people["teplostroy"])

    assert "ООО «Теплострой»" in dina.page
    begin(dina, "address-assignment")
    assert dina.status == 200
    assert "Шаг 1" in dina.page


def test_stepan_acts_for_anna_in_one_service_and_in_no_other(zarechny, sign_in):
    commands.represent(
        house_act(at=MORNING),
        person=zarechny.people["anna"],
        representative=zarechny.people["stepan"],
        ground="attorney",
        services=["housing-subsidy"],
    )
    stepan = sign_in("stepan").opens("/acting/")
    assert "Морозова Анна Сергеевна" in stepan.page
    stepan.presses(NEXT, person=zarechny.people["anna"])
    to_check(begin(stepan))
    assert "Морозова Анна Сергеевна" in stepan.page
    zarechny.forget()
    stepan.presses("Отправить заявление")

    filed = next(fact for fact in zarechny.journal() if fact["kind"] == "case.filed")
    assert filed["payload"]["applicant"] == zarechny.people["anna"]
    before = zarechny.kinds()
    begin_refused = stepan.opens("/services/address-assignment/")
    begin_refused.presses("Начать")
    assert begin_refused.status == 403
    assert zarechny.kinds() == before


def test_nobody_acts_for_whom_they_do_not_represent(zarechny, sign_in):
    stepan = sign_in("stepan").opens("/acting/")
    form = stepan.form(NEXT)
    stepan.sends(form, {**stepan.filled(form, NEXT), "person": [zarechny.people["anna"]]})
    stepan.opens("/cases/")

    assert "Анна" not in stepan.page


def test_the_answers_and_files_of_an_earlier_case_are_offered_again(sign_in):
    anna = sign_in("anna")
    begin(anna)
    home(anna, tenure="private_tenant")
    anna.presses("Приложить", files={"tenure_document": ("договор.pdf", PDF)})
    anna.presses(NEXT).presses(NEXT, lives_alone="yes").presses(NEXT, income_kinds=["none"])
    anna.presses(NEXT, monthly_cost="9800", court_debt="no").presses(NEXT, pay_to="post")
    anna.presses(NEXT, truth="yes").presses("Отправить заявление")

    begin(anna)
    assert "ул. Садовая, д. 5" in anna.page
    assert "Подставлено то, что вы указывали раньше" in anna.page
    assert "файл, который уже отправляли" in anna.page
    earlier = re.search(r'name="tenure_document.earlier" value="([^"]+)"', anna.page)[1]
    anna.presses("Приложить", tenure_document__earlier=earlier)
    assert "договор.pdf (" in anna.page


def test_a_draft_of_an_account_waits_under_my_cases(sign_in):
    anna = sign_in("anna")
    home(begin(anna))
    anna.opens("/cases/").follows("Предоставление субсидии")

    assert anna.read.heading == "Кто живёт вместе с вами"


def test_own_data_are_changed_and_offered_in_the_next_application(zarechny, sign_in):
    anna = sign_in("anna").opens("/profile/")
    zarechny.forget()
    anna.presses("Сохранить", address="г. Заречный, ул. Лесная, 1")

    assert "Данные сохранены" in anna.page
    assert zarechny.kinds() == ["person.changed"]
    begin(anna)
    assert "ул. Лесная, 1" in anna.page


def test_a_wrong_birthday_is_refused_and_nothing_is_changed(zarechny, sign_in):
    anna = sign_in("anna").opens("/profile/")
    zarechny.forget()
    anna.presses("Сохранить", who__born_on__day="31", who__born_on__month="2")

    assert anna.status == 422
    assert "Такого дня нет" in anna.page
    assert zarechny.journal() == []


def test_own_data_that_somebody_changed_meanwhile_are_stale(zarechny, sign_in):
    anna = sign_in("anna").opens("/profile/")
    form = anna.form("Сохранить")
    old = anna.filled(form, "Сохранить", address="раз")
    anna.presses("Сохранить", address="два")
    zarechny.forget()
    anna.sends(form, old)

    assert anna.status == 409
    assert zarechny.journal() == []
    known = people.own_identity(zarechny.act("anna"))
    assert known.address == "два"


def test_a_code_by_mail_signs_in_and_the_letter_holds_no_name(zarechny, sign_in):
    sign_in("anna")
    visitor = Visitor().opens("/account/login/code/")
    visitor.presses("Получить код", email="anna@zarechny.example")
    letter = mail.outbox[-1]
    assert letter.to == ["anna@zarechny.example"]
    assert "Морозова" not in letter.body and "Анна" not in letter.body
    code = re.search(r"\n\n([0-9A-Z-]{6,12})\n", letter.body)[1]
    visitor.presses(NEXT, code=code)

    assert "Выйти" in visitor.page


def test_an_unknown_address_gets_the_same_page_as_a_known_one(zarechny, sign_in):
    sign_in("anna")
    known = Visitor().opens("/account/login/code/").presses("Получить код", email="anna@zarechny.example")
    unknown = Visitor().opens("/account/login/code/").presses("Получить код", email="nobody@zarechny.example")

    assert known.path == unknown.path
    assert known.read.heading == unknown.read.heading


def test_signing_out_needs_a_form_and_ends_the_session(sign_in):
    anna = sign_in("anna").opens("/")
    assert "Мои дела" in anna.page
    anna.presses("Выйти")

    assert "Мои дела" not in anna.page


def test_who_sets_a_password_stays_signed_in_and_is_told_so(sign_in):
    anna = sign_in("anna")
    elsewhere = Visitor(anna.account)
    new = "заря-над-прудом-2026"

    anna.opens("/account/password/set/").presses("Сохранить пароль", password1=new, password2=new)

    assert "Пароль задан. Здесь вы по-прежнему в системе" in anna.page
    assert anna.opens("/cases/").read.heading == "Мои дела"
    assert elsewhere.opens("/cases/").read.heading == "Войти"
    assert mail.outbox[-1].subject == "Задан пароль"


def test_spare_codes_that_were_shown_are_counted_and_not_drawn_as_stars(sign_in):
    anna = sign_in("anna")
    TOTP.activate(anna.account, generate_totp_secret())
    spare = RecoveryCodes.activate(anna.account).get_unused_codes()[0]

    anna.opens("/account/2fa/recovery-codes/").presses("Продолжить", code=spare)
    assert "их показывают только сейчас" in anna.page
    anna.opens("/account/2fa/recovery-codes/")

    assert "У вас осталось 9 запасных кодов" in anna.page
    assert "****" not in anna.page
