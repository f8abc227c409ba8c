"""Every component is drawn, in both languages, with and without errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

pytestmark = pytest.mark.urls("zemstvo.faces.components.tests.gallery")


@pytest.fixture(autouse=True)
def _templates(settings):
    engine = dict(django_settings.TEMPLATES[0])
    engine["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = [engine]


def test_each_component_is_drawn_in_russian():
    page = Client().get("/gallery/").content.decode()

    assert '<html lang="ru">' in page
    assert "3\xa0декабря\xa02026" in page
    assert "осталось 10 дней" in page
    assert "1\xa0234,50\xa0₽" in page
    assert "10\xa0рабочих дней" in page
    assert "12:30" in page


def test_each_component_is_drawn_in_english_and_a_missing_text_is_marked():
    page = Client(headers={"accept-language": "en"}).get("/gallery/").content.decode()

    assert '<html lang="en">' in page
    assert "10\xa0working days" in page
    assert "Housing subsidy" in page
    assert '<span lang="ru">Только по-русски</span>' in page


def test_errors_stand_in_the_title_in_the_summary_and_at_the_field():
    answer = Client().post("/gallery/", {"about": "x"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "<title>Ошибка: " in page
    assert '<a href="#id_name">' in page
    assert '<a href="#id_way-1">' in page
    assert 'aria-describedby="id_name-hint id_name-error"' in page
    assert ">\nx</textarea>" in page


def test_the_summary_names_the_field_of_each_error():
    page = Client().post("/gallery/", {"about": "x"}).content.decode()

    assert '<a href="#id_name">Имя: обязательное поле.</a>' in page
    assert '<a href="#id_place">Поселение: обязательное поле.</a>' in page
    assert ">Обязательное поле.</a>" not in page
