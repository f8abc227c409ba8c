"""The authorities: who they are, where their offices are, when they are open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zemstvo.faces.portal.keeping import kept_whole
from zemstvo.faces.portal.visiting import place_of
from zemstvo.ground.territory import queries as territories


@kept_whole
def authorities(request: HttpRequest) -> HttpResponse:
    """The authorities that act for the chosen place, or all of a small installation."""
    place = place_of(request)
    rows = territories.authorities_for(place.code) if place else territories.authorities()
    context = {"place": place, "authorities": rows[:100]}
    return render(request, "portal/authorities.html", context)
