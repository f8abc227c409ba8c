"""The case: everything of it on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.queries import CaseCard
from zemstvo.faces.components.asking import called
from zemstvo.faces.components.telling import told
from zemstvo.faces.desk.working import Request, at_desk
from zemstvo.ground.people.looks import Look, record_look
from zemstvo.ground.territory import queries as territories


def looked_at(request: Request, number: str, *, purpose: str = "case") -> Look:
    """Record that this official opens the case, before anything of it is read."""
    applicant = cases.applicant_of(request.act, number)
    return record_look(request.act, person=applicant, purpose=purpose, about=number)


def opened(request: Request, number: str) -> CaseCard:
    """The card of a case, with the look at its applicant recorded."""
    return cases.case_card(request.act, number, looked_at(request, number))


@at_desk
def case(request: Request, number: str) -> HttpResponse:
    """One case with all that can be seen and done."""
    card = opened(request, number)
    return render(request, "desk/case.html", page_of(card))


def page_of(card: CaseCard, **more: Any) -> dict[str, Any]:
    """What the page of a case shows, in words."""
    authority = territories.authority(card.authority)
    names = {file.id: file.name for file in card.files}
    return {
        "case": card,
        "authority": authority,
        "zone": authority.zone,
        "territory": territories.territory(card.territory),
        "pages": [
            (page.title, [_row(field, value, names) for field, value in page.answers]) for page in card.pages
        ],
        "waiting_evidence": [row for row in card.evidence if row.state == "open"],
        **more,
    }


def _row(field: Any, value: Any, names: dict[str, str]) -> dict[str, str]:
    label, language = called(field)
    return {"key": label, "value": told(field, value, files=names), "lang": language}
