"""Applying without an account: page by page, with conditions, rows, files, and a receipt at the end."""

from __future__ import annotations

import re

import pytest

from zemstvo.faces.portal.tests.applying import NEXT, PDF, begin, home, named, sent, to_check
from zemstvo.faces.portal.tests.visitor import Visitor

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_visitor_applies_without_an_account_and_gets_number_code_day_and_promise(zarechny, visitor):
    sent(visitor)

    assert visitor.status == 200
    assert visitor.read.heading == "Заявление принято"
    assert re.search(r"ZARECHNY-2026-\d{6}-\d", visitor.page)
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", visitor.page)
    assert "15\xa0декабря\xa02026" in visitor.page
    assert "Сохранить обещание" in visitor.page
    assert zarechny.kinds().count("case.filed") == 1


def test_the_receipt_can_be_opened_again_and_sends_nothing_again(zarechny, visitor):
    sent(visitor)
    zarechny.forget()

    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", visitor.page)[0]
    visitor.opens(visitor.path)

    assert code in visitor.page
    assert zarechny.journal() == []


def test_sending_twice_gives_the_same_receipt(zarechny, visitor):
    to_check(begin(visitor))
    named(visitor)
    form = visitor.form("Отправить заявление")
    filled = visitor.filled(form, "Отправить заявление")

    check = visitor.path
    first = visitor.sends(form, filled).path
    visitor.path = check
    second = visitor.sends(form, filled).path

    assert first == second
    assert zarechny.kinds().count("case.filed") == 1


def test_errors_are_named_in_the_title_in_the_summary_and_at_the_field(visitor):
    begin(visitor).presses(NEXT)

    assert visitor.status == 422
    assert "<title>Ошибка: Жильё" in visitor.page
    assert 'href="#address-text"' in visitor.page
    assert "Адрес жилья: " in visitor.page


def test_what_was_typed_stays_when_something_is_wrong(visitor):
    begin(visitor)
    home(visitor, registered_here="")

    assert visitor.status == 422
    assert 'value="г. Заречный, ул. Садовая, д. 5"' in visitor.page


def test_a_question_that_an_answer_brings_up_is_asked_before_it_is_demanded(zarechny, visitor):
    begin(visitor)
    zarechny.forget()
    home(visitor, tenure="private_tenant")

    assert visitor.status == 200
    assert "tenure_document" in visitor.page
    assert "Ошибка" not in visitor.page
    assert zarechny.journal() == []


def test_a_file_is_attached_shown_and_removed(visitor):
    begin(visitor)
    home(visitor, tenure="private_tenant")
    visitor.presses("Приложить", files={"tenure_document": ("договор.pdf", PDF)})
    assert "договор.pdf" in visitor.page
    visitor.presses("Удалить")
    assert "договор.pdf" not in visitor.page


def test_a_file_of_a_wrong_kind_is_refused_with_its_name(zarechny, visitor):
    begin(visitor)
    home(visitor, tenure="private_tenant")
    zarechny.forget()
    visitor.presses(NEXT, files={"tenure_document": ("вирус.exe", b"MZ\x90\x00")})

    assert visitor.status == 422
    assert "вирус.exe" in visitor.page
    assert zarechny.journal() == []


def test_rows_are_added_and_removed_by_plain_buttons_and_keep_what_was_typed(zarechny, visitor):
    home(begin(visitor))
    visitor.presses(NEXT, lives_alone="no")
    zarechny.forget()
    visitor.presses("Добавить ещё", members__0__income="100", lives_alone="no")
    visitor.presses("Добавить ещё", members__1__income="200")
    assert visitor.page.count('name="members.2.income"') == 1

    visitor.presses("Удалить: Член семьи 1")

    assert 'name="members.0.income" type="text" value="200"' in visitor.page
    assert 'name="members.2.income"' not in visitor.page
    assert zarechny.journal() == []


def test_a_change_from_the_check_returns_to_the_check(visitor):
    to_check(begin(visitor))
    named(visitor)
    visitor.follows("Изменить – Сколько начислено")
    visitor.presses(NEXT, monthly_cost="5000", court_debt="no")

    assert visitor.path.endswith("/check/")
    assert "5\xa0000\xa0₽" in visitor.page


def test_who_applies_is_not_stored_before_the_application_is_sent(zarechny, visitor):
    to_check(begin(visitor))
    named(visitor, who__snils="160-020-517 91")

    assert "person.registered" not in zarechny.kinds()
    assert "160-020-517\xa091" in visitor.page


def test_a_wrong_snils_is_refused_at_its_field(visitor):
    to_check(begin(visitor))
    named(visitor, who__snils="160-020-517 92")

    assert visitor.status == 422
    assert 'href="#who-snils"' in visitor.page


def test_a_form_that_is_older_than_the_draft_is_stale_and_changes_nothing(zarechny, visitor):
    begin(visitor)
    page = visitor.path
    form = visitor.form(NEXT)
    old = visitor.filled(form, NEXT, address__text="старый", tenure="owner", registered_here="no")
    home(visitor)
    zarechny.forget()
    visitor.path = page
    visitor.sends(form, old)

    assert visitor.status == 409
    assert "Пока страница была открыта, данные изменились" in visitor.page
    assert 'value="старый"' in visitor.page
    assert zarechny.journal() == []
    visitor.path = page
    assert visitor.presses(NEXT).read.heading == "Кто живёт вместе с вами"


def test_the_same_page_posted_twice_goes_on_as_if_it_were_once(zarechny, visitor):
    begin(visitor)
    page = visitor.path
    form = visitor.form(NEXT)
    typed = {"address__text": "г. Заречный", "tenure": "owner", "registered_here": "yes"}
    filled = visitor.filled(form, NEXT, **typed)
    after = visitor.sends(form, filled).path
    zarechny.forget()
    visitor.path = page
    visitor.sends(form, filled)

    assert (visitor.status, visitor.path) == (200, after)
    assert zarechny.journal() == []


def test_the_check_leads_back_to_what_is_missing(visitor):
    begin(visitor)
    visitor.opens(re.sub(r"pages/.*", "check/", visitor.path))

    assert visitor.path.endswith("/pages/home/")


def test_a_page_that_is_not_asked_is_not_found(visitor):
    begin(visitor)
    visitor.opens(re.sub(r"pages/.*", "pages/nowhere/", visitor.path))

    assert visitor.status == 404


def test_a_stranger_does_not_get_into_a_draft_by_its_address(zarechny, visitor):
    begin(visitor)
    zarechny.forget()
    stranger = Visitor().opens(visitor.path)

    assert stranger.status in {403, 404}
    assert "Жильё" not in stranger.page
    assert zarechny.journal() == []


def test_a_draft_is_continued_elsewhere_by_its_code(visitor):
    visitor.opens("/services/housing-subsidy/").presses("Начать")
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4})+", visitor.page)[0]
    home(visitor.follows("Начать заполнять"))

    elsewhere = Visitor()
    elsewhere.opens("/drafts/resume/").presses(NEXT, code=code.lower().replace("-", " "))

    assert elsewhere.read.heading == "Кто живёт вместе с вами"
    assert code not in elsewhere.path


def test_wrong_codes_are_refused_and_after_ten_the_door_is_shut(zarechny):
    guesser = Visitor().opens("/drafts/resume/")
    zarechny.forget()
    for _guess in range(10):
        guesser.presses(NEXT, code="K7QW-M2XA-94RT-HS0D")
        assert guesser.status == 422
    guesser.presses(NEXT, code="K7QW-M2XA-94RT-HS0D")

    assert guesser.status == 429
    assert zarechny.journal() == []


def test_a_draft_is_thrown_away_on_demand(zarechny, visitor):
    home(begin(visitor)).follows("Прервать").follows("Удалить это заявление").presses("Удалить")

    assert visitor.path == "/"
    assert zarechny.kinds()[-1] == "draft.discarded"


def test_without_a_place_the_visitor_first_chooses_one(zarechny):
    visitor = Visitor().opens("/services/housing-subsidy/").presses("Начать")

    assert visitor.read.heading == "Выберите место"
    visitor.presses("Найти", q="заречн")
    visitor.presses("Город Заречный")
    assert visitor.path == "/services/housing-subsidy/"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_address_and_no_page_of_the_way_holds_the_code_or_a_name(zarechny, language, visitor):
    sent(visitor)
    code = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", visitor.page)[0]

    assert all(code not in href and "Морозова" not in href for _words, href in visitor.read.links)
