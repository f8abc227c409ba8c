"""Going on with an application by its code, without an account."""

from __future__ import annotations

from django.http import HttpResponse

from zemstvo.capabilities.cases import commands
from zemstvo.faces.portal.codes import opened_by_code
from zemstvo.faces.portal.visiting import Request, asker_of


def resume(request: Request) -> HttpResponse:
    """Find a draft by its code. The number of attempts is limited."""

    def find(code: str) -> str:
        return commands.resume_draft(request.act, code, asker=asker_of(request)).id

    return opened_by_code(request, "portal/resume.html", "drafts", find)
