"""Following a case without an account: the tracking code opens it."""

from __future__ import annotations

from django.http import HttpResponse

from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.portal.codes import opened_by_code
from zemstvo.faces.portal.visiting import Request, asker_of


def track(request: Request) -> HttpResponse:
    """Open a case by its tracking code. The number of attempts is limited."""

    def find(code: str) -> str:
        _act, story = cases.tracked_case(code, at=request.act.at, asker=asker_of(request))
        return story.number

    return opened_by_code(request, "portal/track.html", "cases", find)
