from datetime import UTC, datetime

import pytest

from zemstvo.capabilities.documents import reactions, tasks
from zemstvo.capabilities.documents.commands import sign_document
from zemstvo.capabilities.documents.queries import document_card
from zemstvo.capabilities.documents.tests.zarechny import MORNING, journal, official
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import vault

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def queued(monkeypatch):
    """The documents whose PDF was asked for."""
    found = []
    monkeypatch.setattr(type(tasks.make_pdf), "enqueue", lambda self, *args: found.append(*args))
    return found


def test_the_pdf_of_what_was_just_signed_is_made_in_the_background(issue, queued):
    issued = issue()
    now = datetime.now(UTC)
    sign_document(official("head", at=now), issued.id)

    reactions.make_pdf_of_signed(house_act(at=now), journal()[-1])
    assert queued == [issued.id]

    assert tasks.make_pdf.func(issued.id)
    assert tasks.make_pdf.func(issued.id)
    assert document_card(official("vera"), issued.id).has_pdf


def test_what_was_signed_long_ago_waits_for_its_reader(issue, queued):
    issued = issue()
    sign_document(official("head"), issued.id)

    reactions.make_pdf_of_signed(house_act(at=MORNING.replace(year=2020)), journal()[-1])

    assert queued == []


def test_nothing_is_made_for_a_person_who_was_erased(issue, anna):
    issued = issue()
    vault.destroy_key(anna)

    assert not tasks.make_pdf.func(issued.id)
    assert not tasks.make_pdf.func("00000000-0000-4000-8000-00000000000f")
