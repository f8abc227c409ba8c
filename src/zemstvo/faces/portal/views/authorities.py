"""The authorities: who they are, where their offices are, when they are open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zemstvo.faces.portal.keeping import kept_whole
from zemstvo.faces.portal.visiting import place_of
from zemstvo.ground.territory import queries as territories
from zemstvo.ground.territory.names import name_in


@kept_whole
def authorities(request: HttpRequest) -> HttpResponse:
    """The authorities that act for the chosen place, the nearest first, or all by their names."""
    place = place_of(request)
    if place:
        rows = territories.authorities_for(place.code)
    else:
        rows = sorted(territories.authorities(), key=lambda row: name_in(row.names).casefold())
    context = {"place": place, "authorities": rows[:100]}
    return render(request, "portal/authorities.html", context)
