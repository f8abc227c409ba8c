"""The mailbox of the demo."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage, get_connection
from django.test import Client

from zemstvo.faces.components.writing import day_in_words
from zemstvo.faces.portal.mailbox import letter, letters

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.DEMO = True
    settings.MAIL_FOLDER = tmp_path
    return tmp_path


def send(folder, *subjects):
    backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(folder))
    with backend as connection:
        for subject in subjects:
            EmailMessage(
                subject,
                f"Код: 4711\n{subject}",
                "zemstvo@example.org",
                ["anna@zarechny.example"],
                connection=connection,
            ).send()


def test_the_demo_shows_its_letters_the_newest_first(folder):
    send(folder, "Первое", "Второе <b>")

    page = Client().get("/mailbox/").content.decode()

    assert page.index("Второе &lt;b&gt;") < page.index("Первое")
    newest = letters(folder)[0]
    assert day_in_words(newest.sent_at.date()) in page
    assert "-0000" not in page
    assert "Код: 4711" in Client().get(f"/mailbox/{newest.id}/").content.decode()


def test_a_letter_that_is_not_there_is_not_found(folder):
    send(folder, "Первое")

    assert letter(folder, "../../etc/passwd.0") is None
    assert letter(folder, "20200101.7") is None
    assert Client().get("/mailbox/nothing.0/").status_code == 404


def test_outside_the_demo_there_is_no_mailbox(folder, settings):
    settings.DEMO = False

    assert Client().get("/mailbox/").status_code == 404
