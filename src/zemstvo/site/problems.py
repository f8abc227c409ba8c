"""The addresses of problems: what each code means that the API answers with (RFC 9457, `type`)."""

from __future__ import annotations

import re
from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zemstvo.ground.journal.refusals import Refusal

_PLACE = re.compile(r"%\(\w+\)[sd]")


@cache
def refusals() -> dict[str, type[Refusal]]:
    """All refusals of the house by their codes."""
    found: dict[str, type[Refusal]] = {}
    waiting = [Refusal]
    while waiting:
        cls = waiting.pop()
        found.setdefault(cls.code, cls)
        waiting += cls.__subclasses__()
    return found


@require_safe
def problem(request: HttpRequest, code: str) -> HttpResponse:
    """What a code means, with its places left open."""
    refusal = refusals().get(code)
    if refusal is None:
        raise Http404
    context = {
        "code": code,
        "status": refusal.status,
        "message": _PLACE.sub("…", str(refusal.message)),
        "advice": _PLACE.sub("…", str(refusal.advice)),
    }
    return render(request, "site/problem.html", context)
