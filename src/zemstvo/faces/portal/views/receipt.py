"""The confirmation: number, tracking code, the legal day, and what the journal promises."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.shortcuts import render

from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.portal.naming import authority_zone
from zemstvo.faces.portal.views.applying import PROMISES
from zemstvo.faces.portal.visiting import Request, act_on, code_of


def case_receipt(request: Request, number: str) -> HttpResponse:
    """What was received, and what happens now. Opening it again sends nothing again."""
    story = cases.own_case(act_on(request, "cases", number), number)
    context = {
        "case": story,
        "zone": authority_zone(story.authority),
        "code": code_of(request, "cases"),
        "promise": request.session.get(PROMISES, {}).get(number),
    }
    return render(request, "portal/case_receipt.html", context)


def case_promise(request: Request, number: str) -> HttpResponse:
    """The journal's signed promise as a file to keep: with it anybody can check the journal."""
    cases.own_case(act_on(request, "cases", number), number)
    promise = request.session.get(PROMISES, {}).get(number, {})
    response = HttpResponse(
        json.dumps(promise, ensure_ascii=False, indent=2, sort_keys=True), content_type="application/json"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="promise-{number}.json"'
    return response
