"""The way on from every page, also from those that all faces share."""

from __future__ import annotations

import pytest

from zemstvo.faces.portal.tests.visitor import Visitor

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SHARED = ("/verify", "/journal", "/help/", "/accessibility/", "/appearance/", "/problems/stale")


def links_of(reader: Visitor) -> set[str]:
    return {address.partition("?")[0] for _text, address in reader.read.links}


@pytest.mark.parametrize("path", SHARED)
def test_a_visitor_finds_the_way_on_from_the_journal_and_the_check_of_documents(zarechny, path):
    found = links_of(Visitor().opens(path))

    assert {"/services/", "/track/", "/account/login/code/", "/verify", "/journal"} <= found


@pytest.mark.parametrize("path", SHARED)
def test_anna_finds_her_cases_from_every_page_and_is_not_asked_to_sign_in(sign_in, path):
    found = links_of(sign_in("anna").opens(path))

    assert {"/services/", "/cases/", "/notices/", "/profile/"} <= found
    assert not {"/account/login/code/", "/desk/"} & found


def test_vera_comes_back_to_the_desk_from_every_page(sign_in):
    assert "/desk/" in links_of(sign_in("vera").opens("/journal"))


def test_a_page_that_is_not_there_shows_the_way_on_and_asks_nobody_who_they_are(sign_in):
    anna = sign_in("anna").opens("/nothing-here/")

    assert anna.status == 404
    assert {"/services/", "/track/"} <= links_of(anna)
    assert "/account/login/code/" not in links_of(anna)


def test_an_error_at_the_desk_leads_back_to_the_desk(sign_in):
    vera = sign_in("vera").opens("/desk/nothing-here/")

    assert vera.status == 404
    assert "К рабочему месту" in vera.page
