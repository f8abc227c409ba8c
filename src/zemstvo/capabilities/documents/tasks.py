"""What is done apart: making the PDF of a document that was just signed, before anybody asks for it."""

from __future__ import annotations

from datetime import UTC, datetime

from django_tasks import task

from zemstvo.capabilities.documents.commands import render_document
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people.vault import Erased


@task()
def make_pdf(document: str) -> bool:
    """Make the PDF of a document where it is not made yet; whether there is one now. May happen twice."""
    try:
        render_document(house_act(at=datetime.now(UTC)), document)
    except (NotFound, Erased):
        return False
    return True
