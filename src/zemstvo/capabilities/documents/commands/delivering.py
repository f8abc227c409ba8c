"""A document reaches its addressee."""

from __future__ import annotations

from zemstvo.capabilities.documents.commands.demands import day_of, demand_unrevoked, record
from zemstvo.capabilities.documents.facts import DeliveryForm, DocumentDelivered
from zemstvo.capabilities.documents.models import State
from zemstvo.capabilities.documents.reading import is_own, locked_document
from zemstvo.capabilities.documents.refusals import DocumentIsDelivered, DocumentIsNotSigned
from zemstvo.ground.journal.acts import Act, command


@command
def deliver_document(act: Act, document: str, *, form: DeliveryForm) -> None:
    """Record that a signed document reached its addressee: opened by them, or handed over (a print makes
    paper).

    Refuses with DocumentIsNotSigned, DocumentIsRevoked, or DocumentIsDelivered: the first time counts.
    """
    found = locked_document(document)
    if not is_own(act, found):
        act.must("document.deliver", found.territory, authority=found.authority)
    demand_unrevoked(found)
    if found.state != State.SIGNED:
        raise DocumentIsNotSigned(number=found.number)
    if found.delivered_at is not None:
        raise DocumentIsDelivered(number=found.number, delivered_on=day_of(found, found.delivered_at))
    found.delivered_at, found.delivery_form = act.at, form.value
    found.save(update_fields=["delivered_at", "delivery_form"])
    delivered = DocumentDelivered(document=document, case=found.case or None, number=found.number, form=form)
    record(act, found, delivered)
