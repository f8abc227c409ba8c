"""The registers of results: what this authority granted, and until when it holds."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.desk.working import Request, at_desk, registers_of_results
from zemstvo.ground.journal.refusals import NotFound


@at_desk
def results(request: Request, register: str) -> HttpResponse:
    """One register, the newest results first."""
    found = cases.results(request.act, register, cursor=request.GET.get("after", ""))
    registers = registers_of_results()
    if register not in registers and not found.rows:
        raise NotFound
    context = {
        "register": registers.get(register, register),
        "registers": [
            {"title": title, "link": reverse("desk:results", args=[one]), "is_chosen": one == register}
            for one, title in registers.items()
        ],
        "list": found,
        "next": f"?{urlencode({'after': found.next_cursor})}" if found.next_cursor else "",
    }
    return render(request, "desk/results.html", context)
