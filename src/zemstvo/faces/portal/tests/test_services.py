"""The catalogue and the page of a service: everything that is to be known before the start."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from zemstvo.faces.portal.tests.visitor import Visitor
from zemstvo.town.places import ZARECHNY

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_service_page_says_what_to_bring_how_long_until_when_how_much_and_where_else(visitor):
    visitor.opens("/services/housing-subsidy/")

    for said in (
        "Нужно только это",
        "15 минут",
        "ожидается до <strong>",
        "если подать сегодня",
        "10\xa0рабочих дней с того дня, когда у органа есть все документы",
        "бесплатно",
        "Если не через интернет, то здесь",
        "проспект Мира, 30",
        "+7 000 841-60-01",
        "пн–чт 09:00–13:00, 14:00–18:00",
    ):
        assert said in visitor.page


def test_a_service_is_found_with_a_slip_of_the_keyboard(visitor):
    visitor.opens("/").presses("Найти", q="субсидя на квартплату")

    assert "Предоставление субсидии" in visitor.page


def test_what_is_searched_for_is_shown_as_text(visitor):
    visitor.opens("/services/?q=%3Cscript%3Ealert(1)%3C/script%3E")

    assert visitor.status == 200
    assert "<script>" not in visitor.page


def test_life_events_lead_to_their_services(visitor):
    visitor.opens("/").follows("Низкий доход")

    assert visitor.read.heading == "Низкий доход"
    assert "Предоставление субсидии" in visitor.page


def test_a_service_that_nobody_offers_is_not_found(visitor):
    assert visitor.opens("/services/moon-walk/").status == 404


def test_authorities_of_a_place_are_shown_with_offices_and_hours(visitor):
    visitor.opens("/authorities/")

    assert "Администрация города Заречного" in visitor.page
    assert "Администрация города Тамбова" not in visitor.page


def test_pages_are_in_english_where_english_is_asked_for(zarechny):
    visitor = Visitor(language="en").opens("/services/housing-subsidy/")

    assert '<html lang="en">' in visitor.page
    assert "You bring only this" in visitor.page


def test_the_language_is_switched_by_a_form_and_kept(visitor):
    visitor.opens("/services/housing-subsidy/").presses("English")

    assert visitor.path == "/services/housing-subsidy/"
    assert "You bring only this" in visitor.page


def test_a_public_page_is_kept_whole_and_sets_no_cookie(visitor, django_assert_num_queries):
    visitor.opens("/services/housing-subsidy/")
    assert not visitor.answer.cookies
    with django_assert_num_queries(0):
        visitor.opens("/services/housing-subsidy/")

    assert visitor.status == 200


def test_a_kept_page_is_another_one_for_another_place_language_and_appearance(zarechny):
    caches["memory"].clear()
    pages = set()
    for place, appearance, language in (
        ("", "", "ru"),
        (ZARECHNY, "", "ru"),
        ("", "200.normal.black", "ru"),
        ("", "", "en"),
    ):
        visitor = Visitor(language=language)
        visitor.client.cookies["place"] = place
        visitor.client.cookies["appearance"] = appearance
        pages.add(visitor.opens("/services/housing-subsidy/").page)

    assert len(pages) == 4


def test_somebody_who_is_signed_in_never_gets_a_kept_page(visitor, sign_in):
    visitor.opens("/")
    anna = sign_in("anna").opens("/")

    assert "Мои дела" in anna.page
    assert "Мои дела" not in Visitor().opens("/").page


def test_a_form_of_another_site_opens_no_draft(zarechny, visitor):
    zarechny.forget()
    answer = visitor.client.post("/services/housing-subsidy/begin/", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert zarechny.journal() == []


def test_an_unknown_place_is_not_kept(zarechny):
    visitor = Visitor()
    visitor.client.post(
        "/place/", {"place": "99999999", "next": "/"}, headers={"sec-fetch-site": "same-origin"}
    )

    assert "place" not in visitor.client.cookies


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"]
)
def test_nobody_is_sent_to_another_site(zarechny, next_):
    answer = Visitor().client.post("/language/", {"language": "en", "next": next_})

    assert answer.headers["Location"] == "/"
