"""The pages that say no say what happened and what to do, in both languages, without a database."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import translation

from zemstvo.faces.components.error_pages import WORDS, error_page
from zemstvo.ground.journal.refusals import Stale


@pytest.mark.parametrize("status", WORDS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_each_error_page_says_what_happened_and_what_to_do(status, language):
    with translation.override(language):
        answer = error_page(status, request=RequestFactory().get("/nowhere/"), reference="4711")

        page = answer.content.decode()
        assert answer.status_code == status
        assert page.count("<h1>") == 1
        assert str(WORDS[status].happened) in page
        assert str(WORDS[status].advice) in page
        assert "4711" in page
        assert f'lang="{language}"' in page


def test_a_refusal_speaks_for_itself():
    page = error_page(409, request=RequestFactory().get("/"), refusal=Stale()).content.decode()

    assert str(Stale()) in page


def test_an_unknown_status_has_a_page_too():
    assert error_page(418).status_code == 418
    assert error_page(599).status_code == 599
