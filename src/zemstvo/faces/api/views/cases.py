"""GET /api/v1/cases/{number}: where a case stands."""

from __future__ import annotations

from django.http import HttpRequest

from zemstvo.capabilities.cases import queries
from zemstvo.faces.api.door import act_of
from zemstvo.faces.api.shapes import CaseOut, DocumentOut


def case(request: HttpRequest, number: str) -> CaseOut:
    """A case that this machine filed, or one of the authority whose token it holds. 404 for all others."""
    story = queries.own_case(act_of(request), number)
    return CaseOut(
        number=story.number,
        service=story.service,
        service_version=story.service_version,
        territory=story.territory,
        authority=story.authority,
        state=story.state,
        stage=story.stage,
        outcome=story.outcome,
        status=story.status,
        filed_at=story.filed_at,
        due_on=story.clock.due_on,
        is_open=story.is_open,
        wanted=[wanted.sentence for wanted in story.wanted],
        documents=[
            DocumentOut(
                number=card.number,
                kind=card.kind,
                state=card.state,
                registered_on=card.registered_on,
                valid_until=card.valid_until,
            )
            for card in story.documents
        ],
    )
