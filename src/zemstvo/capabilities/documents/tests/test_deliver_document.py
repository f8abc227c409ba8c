import pytest

from zemstvo.capabilities.documents.commands import deliver_document, revoke_document, sign_document
from zemstvo.capabilities.documents.facts import DeliveryForm
from zemstvo.capabilities.documents.queries import document_card
from zemstvo.capabilities.documents.refusals import (
    DocumentIsDelivered,
    DocumentIsNotSigned,
    DocumentIsRevoked,
)
from zemstvo.capabilities.documents.tests.zarechny import (
    MORNING,
    applicant,
    journal,
    kinds_of_journal,
    official,
    stranger,
)
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import vault

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def signed(issue):
    issued = issue()
    sign_document(official("head"), issued.id)
    return issued


def test_anna_opens_her_decision_in_the_portal(signed, anna):
    deliver_document(applicant(anna), signed.id, form=DeliveryForm.ELECTRONIC)

    card = document_card(applicant(anna), signed.id)
    assert card.delivery_form == "electronic"
    assert journal()[-1]["kind"] == "document.delivered"
    assert journal()[-1]["channel"] == "portal"
    assert journal()[-1]["interaction"] is None


def test_vera_hands_a_print_over_and_that_makes_paper(signed):
    deliver_document(official("vera"), signed.id, form=DeliveryForm.PAPER)

    assert journal()[-1]["payload"]["form"] == "paper"


def test_the_first_delivery_counts(signed, anna):
    deliver_document(applicant(anna), signed.id, form=DeliveryForm.ELECTRONIC)

    with pytest.raises(DocumentIsDelivered):
        deliver_document(official("vera"), signed.id, form=DeliveryForm.PAPER)

    assert kinds_of_journal().count("document.delivered") == 1


def test_what_is_not_signed_is_not_handed_over(issue, anna):
    issued = issue()

    with pytest.raises(DocumentIsNotSigned):
        deliver_document(applicant(anna), issued.id, form=DeliveryForm.ELECTRONIC)


def test_what_is_revoked_is_not_handed_over(signed, anna):
    revoke_document(official("head"), signed.id, reason="mistake")

    with pytest.raises(DocumentIsRevoked):
        deliver_document(applicant(anna), signed.id, form=DeliveryForm.ELECTRONIC)


def test_a_stranger_takes_no_delivery(signed):
    for act in (stranger(), official("oleg"), applicant(vault.new_pseudonym())):
        with pytest.raises(NoMandate):
            deliver_document(act, signed.id, form=DeliveryForm.ELECTRONIC)

    assert "document.delivered" not in kinds_of_journal()


def test_a_refusal_names_the_day_on_which_it_was_in_zarechny(signed):
    late = MORNING.replace(hour=21)
    deliver_document(official("vera", at=late), signed.id, form=DeliveryForm.PAPER)

    with pytest.raises(DocumentIsDelivered, match="24 ноября 2026 г"):
        deliver_document(official("vera", at=late), signed.id, form=DeliveryForm.PAPER)
