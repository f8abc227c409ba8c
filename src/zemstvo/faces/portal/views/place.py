"""Choosing the place for which services are shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from zemstvo.faces.components.views import same_origin, way_back
from zemstvo.faces.portal.visiting import keep_place, place_of
from zemstvo.ground.territory import queries as territories
from zemstvo.ground.territory.refusals import UnknownTerritory

FEW = 30
"""As long as an installation has at most this many places at the top, they are simply listed."""


@csrf_exempt
def place(request: HttpRequest) -> HttpResponse:
    """Look for a place by its name and choose it; a cookie remembers the choice."""
    if request.method == "POST":
        return _chosen(request)
    text = request.GET.get("q", "")[:100]
    found = territories.find_territories(text) if text else _nearby(request)
    context = {
        "text": text,
        "found": [(row, _above(row)) for row in found],
        "place": place_of(request),
        "next": way_back(request),
    }
    return render(request, "portal/place.html", context)


def _chosen(request: HttpRequest) -> HttpResponse:
    if not same_origin(request):
        return HttpResponseForbidden()
    response = HttpResponseRedirect(way_back(request))
    try:
        code = territories.territory(request.POST.get("place", "")[:64]).code
    except UnknownTerritory:
        return response
    keep_place(response, code, request)
    return response


def _nearby(request: HttpRequest) -> list[territories.TerritoryRow]:
    """What can be chosen without typing: what lies beside the chosen place, else the upper levels."""
    chosen = place_of(request)
    if chosen and chosen.parent:
        return territories.children(chosen.parent)[:FEW]
    rows = territories.roots()
    while len(rows) == 1:
        below = territories.children(rows[0].code)
        if not below:
            break
        rows = below
    return rows[:FEW]


def _above(row: territories.TerritoryRow) -> str:
    return territories.territory(row.parent).name if row.parent else ""
