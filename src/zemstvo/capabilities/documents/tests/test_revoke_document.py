import pytest

from zemstvo.capabilities.documents.commands import revoke_document, sign_document
from zemstvo.capabilities.documents.queries import document_card, register_page, verify
from zemstvo.capabilities.documents.refusals import DocumentIsRevoked
from zemstvo.capabilities.documents.tests.zarechny import (
    AUTHORITY,
    MORNING,
    TERRITORY,
    applicant,
    journal,
    kinds_of_journal,
    official,
    stranger,
)
from zemstvo.ground.journal.refusals import NoMandate, Stale

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_revoked_decision_says_so_to_whoever_checks_it(issue):
    issued = issue()
    sign_document(official("head"), issued.id)

    revoke_document(official("head"), issued.id, reason="court-decision")

    found = verify(issued.verification_code)
    assert found.state == "revoked"
    assert found.revoked_at == MORNING
    assert not found.is_in_force(on=MORNING.date())
    assert journal()[-1]["payload"]["reason"] == "court-decision"


def test_the_number_of_a_revoked_document_stays_in_the_register(issue):
    issued = issue()
    revoke_document(official("head"), issued.id, reason="mistake")

    lines = register_page(
        official("vera"), AUTHORITY, territory=TERRITORY, kind="housing-subsidies", year=2026
    )

    assert [(line.number, line.state) for line in lines] == [("СЖ-1/2026", "revoked")]
    assert issue().number == "СЖ-2/2026"


def test_a_document_is_revoked_once(issue):
    issued = issue()
    revoke_document(official("head"), issued.id, reason="mistake")

    with pytest.raises(DocumentIsRevoked):
        revoke_document(official("head"), issued.id, reason="mistake")

    assert kinds_of_journal() == ["document.registered", "document.revoked"]


def test_the_head_revokes_what_they_have_read(issue):
    issued = issue()

    with pytest.raises(Stale):
        revoke_document(official("head"), issued.id, reason="mistake", version=3)


def test_only_a_head_of_this_authority_revokes(issue, anna):
    issued = issue()

    for act in (stranger(), official("vera"), official("oleg"), applicant(anna)):
        with pytest.raises(NoMandate):
            revoke_document(act, issued.id, reason="mistake")

    assert document_card(official("vera"), issued.id).state == "drafted"
    assert kinds_of_journal() == ["document.registered"]
