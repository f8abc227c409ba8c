import pytest

from zemstvo.capabilities.documents.commands import (
    amend_document,
    render_document,
    revoke_document,
    sign_document,
)
from zemstvo.capabilities.documents.queries import document_card, text_of
from zemstvo.capabilities.documents.refusals import DocumentIsRevoked, DocumentIsSigned, TextIsUnusable
from zemstvo.capabilities.documents.tests.zarechny import (
    DECISION,
    applicant,
    kinds_of_journal,
    official,
    stranger,
)
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people.models import StoredFile

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

CORRECTED = DECISION | {"paragraphs": ["Предоставить субсидию с 1 января 2027 г. на шесть месяцев."]}


def test_a_text_is_amended_before_it_is_signed_and_keeps_number_and_code(issue, anna):
    issued = issue()

    version = amend_document(official("vera"), issued.id, version=1, template=CORRECTED)

    sheet = text_of(applicant(anna), issued.id)
    assert version == 2
    assert "1 января 2027" in sheet.text.blocks[0].text
    assert issued.verification_code in sheet.address
    assert issued.number in sheet.number
    assert kinds_of_journal() == ["document.registered", "document.amended"]


def test_the_pdf_of_the_old_text_is_given_up(issue, anna):
    issued = issue()
    render_document(applicant(anna), issued.id)

    amend_document(official("vera"), issued.id, version=1, template=CORRECTED)

    assert not document_card(official("vera"), issued.id).has_pdf
    assert not StoredFile.objects.exists()


def test_a_stale_text_is_refused(issue):
    issued = issue()
    amend_document(official("vera"), issued.id, version=1, template=CORRECTED)

    with pytest.raises(Stale):
        amend_document(official("head"), issued.id, version=1, template=DECISION)

    assert kinds_of_journal() == ["document.registered", "document.amended"]


def test_a_signed_text_stays_as_it_is(issue):
    issued = issue()
    sign_document(official("head"), issued.id)

    with pytest.raises(DocumentIsSigned, match="СЖ-1/2026"):
        amend_document(official("vera"), issued.id, version=2, template=CORRECTED)


def test_a_revoked_text_stays_as_it_is(issue):
    issued = issue()
    revoke_document(official("head"), issued.id, reason="mistake")

    with pytest.raises(DocumentIsRevoked):
        amend_document(official("vera"), issued.id, version=2, template=CORRECTED)


def test_an_empty_text_is_refused(issue):
    issued = issue()

    with pytest.raises(TextIsUnusable):
        amend_document(
            official("vera"), issued.id, version=1, template=DECISION | {"paragraphs": [], "table": None}
        )


def test_a_stranger_amends_nothing(issue, anna):
    issued = issue()

    for act in (stranger(), official("oleg"), applicant(anna)):
        with pytest.raises(NoMandate):
            amend_document(act, issued.id, version=1, template=CORRECTED)
    with pytest.raises(NotFound):
        amend_document(official("vera"), "no-such-document", version=1, template=CORRECTED)

    assert kinds_of_journal() == ["document.registered"]
