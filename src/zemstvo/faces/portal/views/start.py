"""The start page: search, life events, authorities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zemstvo.capabilities.services import queries
from zemstvo.faces.portal.keeping import kept_whole
from zemstvo.faces.portal.visiting import place_of


@kept_whole
def start(request: HttpRequest) -> HttpResponse:
    """Where everybody begins."""
    place = place_of(request)
    code = place.code if place else ""
    context = {
        "place": place,
        "events": [event for event in queries.life_events(code) if event.services],
        "services": [entry for entry in queries.catalogue(place=code) if entry.package][:6],
    }
    return render(request, "portal/start.html", context)
