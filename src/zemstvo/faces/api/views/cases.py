"""GET /api/v1/cases/{number}: where a case stands."""

from __future__ import annotations

from django.http import HttpRequest

from zemstvo.capabilities.cases import queries
from zemstvo.faces.api.door import act_of
from zemstvo.faces.api.shapes import CaseOut, DocumentOut
from zemstvo.ground.people.looks import record_look
from zemstvo.ground.people.refusals import LookNotRecorded


def case(request: HttpRequest, number: str) -> CaseOut:
    """A case that this machine filed; with `cases:read` one of the place of its token, which is a look that
    the applicant sees. 404 for all others.
    """
    act = act_of(request.META)
    try:
        story = queries.case_standing(act, number)
    except LookNotRecorded:
        applicant = queries.applicant_of_standing(act, number)
        look = record_look(act, person=applicant, purpose="machine", about=number)
        story = queries.case_standing(act, number, look)
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
        due_on=story.due_on,
        is_open=story.is_open,
        wanted=list(story.wanted),
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
