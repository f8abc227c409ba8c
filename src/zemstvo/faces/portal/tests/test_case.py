"""Following a case: by its code and with an account; messages, withdrawal, correction, documents, history."""

from __future__ import annotations

import re

import pytest

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.services import queries as services
from zemstvo.faces.portal.tests.applying import NEXT, PDF, begin, sent, to_check
from zemstvo.faces.portal.tests.visitor import Visitor
from zemstvo.ground.people.looks import record_look

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
PARTS = ("", "answers/", "history/", "messages/", "withdraw/", "receipt/", "promise/", "supplement/")
NUMBER = re.compile(r"ZARECHNY-2026-\d{6}-\d")


def number_in(visitor: Visitor) -> str:
    return NUMBER.search(visitor.page)[0]


def takes(zarechny, who: str, number: str, action: str, **more) -> None:
    """An official does something with the case."""
    version = cases.own_case(zarechny.act("anna"), number).version
    commands.take_action(zarechny.act(who), number, action, version=version, **more)


def return_reasons() -> tuple[str, ...]:
    reasons = services.live("housing-subsidy").reasons.values()
    return tuple(reason.id for reason in reasons if "return" in reason.for_)


def anna_applies(sign_in) -> Visitor:
    anna = sign_in("anna")
    to_check(begin(anna))
    return anna.presses("Отправить заявление")


def test_the_tracking_code_opens_the_case_anywhere_without_an_account(visitor):
    sent(visitor)
    code, number = CODE.search(visitor.page)[0], number_in(visitor)

    elsewhere = Visitor().opens("/track/").presses("Показать дело", code=code.lower())

    assert elsewhere.status == 200
    assert elsewhere.path == f"/cases/{number}/"
    assert "15\xa0декабря\xa02026" in elsewhere.page
    assert "Администрация города Заречного" in elsewhere.page


def test_what_is_not_registered_yet_is_not_called_registered_and_no_law_is_named_for_a_guess(visitor):
    sent(visitor)

    assert "Ответ ожидается до" in visitor.page
    assert "таков срок по закону" not in visitor.page
    visitor.opens(f"/cases/{number_in(visitor)}/")
    assert re.search(r'aria-current="step"><p>Получено <span class="z-tag">сейчас', visitor.page)
    assert "Решение, ожидается до" in visitor.page


def test_annas_list_of_cases_promises_no_decision_by_a_day_that_is_only_expected(sign_in):
    anna = anna_applies(sign_in).opens("/cases/")

    assert "Решение ожидается не позднее 15\xa0декабря\xa02026" in anna.page
    assert "Решение до" not in anna.page


def test_a_wrong_code_opens_nothing_and_ten_shut_the_door(zarechny):
    guesser = Visitor().opens("/track/")
    for _guess in range(10):
        assert guesser.presses("Показать дело", code="K7QW-M2XA-94RT-HS0D").status == 422
    guesser.presses("Показать дело", code="K7QW-M2XA-94RT-HS0D")

    assert guesser.status == 429


def test_an_empty_form_says_which_field_is_empty_even_if_it_has_only_one():
    visitor = Visitor().opens("/track/").presses("Показать дело", code="")

    assert '<a href="#id_code">Код: обязательное поле.</a>' in visitor.page


def test_a_stranger_finds_nothing_at_the_address_of_a_case(zarechny, visitor, sign_in):
    sent(visitor)
    number = number_in(visitor)
    stepan = sign_in("stepan")

    for stranger in (Visitor(), stepan):
        for part in (
            "",
            "answers/",
            "history/",
            "messages/",
            "withdraw/",
            "receipt/",
            "promise/",
            "supplement/",
        ):
            assert stranger.opens(f"/cases/{number}/{part}").status in {403, 404}, part
            assert "Морозова" not in stranger.page


def test_a_message_goes_to_the_authority_once_however_often_the_form_is_sent(zarechny, visitor):
    sent(visitor)
    number = number_in(visitor)
    visitor.opens(f"/cases/{number}/messages/")
    zarechny.forget()
    form = visitor.form("Отправить")
    filled = visitor.filled(form, "Отправить", words="Когда будет ответ?")
    page = visitor.path
    visitor.sends(form, filled)
    visitor.path = page
    visitor.sends(form, filled)

    assert zarechny.kinds() == ["enquiry.sent"] or zarechny.kinds().count(zarechny.kinds()[0]) == 1
    assert visitor.page.count("Когда будет ответ?") == 1


def test_an_empty_message_is_refused_and_nothing_is_written(zarechny, visitor):
    sent(visitor)
    visitor.opens(f"/cases/{number_in(visitor)}/messages/")
    zarechny.forget()
    visitor.presses("Отправить", words="  ")

    assert visitor.status == 422
    assert zarechny.journal() == []


def test_script_in_a_message_is_shown_as_text(visitor):
    sent(visitor)
    visitor.opens(f"/cases/{number_in(visitor)}/messages/")
    visitor.presses("Отправить", words="<script>alert(1)</script>")

    assert "<script>" not in visitor.page
    assert "&lt;script&gt;" in visitor.page


def test_an_application_is_withdrawn_and_twice_changes_nothing(zarechny, visitor):
    sent(visitor)
    visitor.opens(f"/cases/{number_in(visitor)}/withdraw/")
    form = visitor.form("Отозвать")
    filled = visitor.filled(form, "Отозвать")
    page = visitor.path
    visitor.sends(form, filled)
    zarechny.forget()
    assert "Заявление отозвано" in visitor.page
    visitor.path = page
    visitor.sends(form, filled)

    assert visitor.status == 200
    assert zarechny.journal() == []


def test_a_returned_case_says_what_is_wanted_is_corrected_and_goes_on(zarechny, sign_in):
    anna = anna_applies(sign_in)
    number = number_in(anna)
    takes(zarechny, "vera", number, "return", reasons=return_reasons()[:1])

    anna.opens(f"/cases/{number}/")
    assert "Нужно ваше участие" in anna.page
    zarechny.forget()
    anna.follows("Исправить и отправить снова").opens(f"{anna.path}?page=costs")
    anna.presses("Отправить снова", monthly_cost="5 000")

    assert anna.status == 200
    assert "Исправление отправлено" in anna.page
    assert "case.supplemented" in zarechny.kinds()
    assert "5\xa0000\xa0₽" in anna.opens(f"/cases/{number}/answers/").page


def test_a_correction_that_is_wrong_changes_nothing(zarechny, sign_in):
    anna = anna_applies(sign_in)
    number = number_in(anna)
    takes(zarechny, "vera", number, "return", reasons=return_reasons()[:1])
    anna.opens(f"/cases/{number}/supplement/?page=costs")
    zarechny.forget()
    anna.presses("Отправить снова", monthly_cost="много")

    assert anna.status == 422
    assert 'value="много"' in anna.page
    assert zarechny.journal() == []


def test_the_files_of_a_case_are_saved_never_shown_inside_our_pages(sign_in):
    anna = sign_in("anna")
    begin(anna)
    anna.presses(NEXT, address__text="ул. Садовая, 5", tenure="private_tenant", registered_here="yes")
    anna.presses("Приложить", files={"tenure_document": ("договор.pdf", PDF)})
    anna.presses(NEXT)
    anna.presses(NEXT, lives_alone="yes")
    anna.presses(NEXT, income_kinds=["none"])
    anna.presses(NEXT, monthly_cost="9800", court_debt="no")
    anna.presses(NEXT, pay_to="post").presses(NEXT, truth="yes").presses("Отправить заявление")
    anna.opens(f"/cases/{number_in(anna)}/answers/").follows("договор.pdf")

    assert anna.answer.content == PDF
    assert anna.answer.headers["Content-Disposition"].startswith("attachment")
    assert anna.answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_case_leaves_a_computer_of_others_when_it_is_told_to(visitor):
    sent(visitor)
    number = number_in(visitor)
    visitor.opens(f"/cases/{number}/").presses("забыть здесь это дело")

    assert visitor.opens(f"/cases/{number}/").status in {403, 404}


def test_the_history_tells_what_happened_and_who_looked(zarechny, sign_in):
    anna = anna_applies(sign_in)
    number = number_in(anna)
    vera = zarechny.act("vera")
    record_look(vera, person=zarechny.people["anna"], purpose="case", about=number)
    anna.opens(f"/cases/{number}/history/")

    assert "Климова" in anna.page
    assert "работа с вашим делом" in anna.page
    assert "Климова" in anna.opens("/looks/").page


def test_the_journals_promise_can_be_saved(visitor):
    sent(visitor)
    visitor.follows("Сохранить обещание")

    promise = visitor.answer.json()
    assert set(promise) >= {"fact", "leaf_hash", "signature"}


@pytest.mark.parametrize("path", ["/track/", "/drafts/resume/", "/profile/", "/acting/", "/account/logout/"])
def test_a_form_without_its_token_is_refused(zarechny, sign_in, path):
    anna = sign_in("anna")
    zarechny.forget()

    assert anna.client.post(path, {"code": "K7QW-M2XA-94RT-HS0D"}).status_code == 403
    assert zarechny.journal() == []


def test_the_page_of_a_tracked_case_is_kept_until_something_happens(
    zarechny, visitor, django_assert_max_num_queries
):
    sent(visitor)
    number = number_in(visitor)
    first = visitor.opens(f"/cases/{number}/").page

    with django_assert_max_num_queries(2):
        again = visitor.opens(f"/cases/{number}/").page
    commands.take_action(zarechny.act("vera"), number, "register", version=1)
    after = visitor.opens(f"/cases/{number}/").page

    assert again == first
    assert after != first


def test_a_kept_case_is_shown_to_nobody_else(visitor, sign_in):
    sent(visitor)
    number = number_in(visitor)
    visitor.opens(f"/cases/{number}/")

    assert Visitor().opens(f"/cases/{number}/").status == 404
    assert sign_in("stepan").opens(f"/cases/{number}/").status == 404


def test_a_kept_case_is_forgotten_on_the_computer_that_leaves_it(visitor):
    sent(visitor)
    number = number_in(visitor)
    visitor.opens(f"/cases/{number}/").presses("забыть здесь это дело")

    assert visitor.opens(f"/cases/{number}/").status == 404


def test_another_site_cannot_make_a_browser_forget_a_case(visitor):
    sent(visitor)
    number = number_in(visitor)
    answer = visitor.client.post(f"/cases/{number}/leave/", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert visitor.opens(f"/cases/{number}/").status == 200
