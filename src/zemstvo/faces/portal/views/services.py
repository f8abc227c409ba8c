"""The catalogue of services, and the page of one service."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from zemstvo.capabilities.services import queries
from zemstvo.faces.portal.visiting import Request, place_of
from zemstvo.ground.territory import queries as territories


def services(request: Request) -> HttpResponse:
    """The services, by life event, by authority, or as a search found them."""
    return render(request, "portal/services.html", {"services": queries.live_services()})


def service(request: Request, service: str) -> HttpResponse:
    """What is to be known before the start: what to bring, how long, until when, how much, and where else."""
    place = place_of(request)
    found = queries.live(service, place.code if place else "")
    context = {
        "service": found,
        "place": place,
        "authorities": territories.authorities_for(place.code)[:3] if place else [],
        "clock": found.clock("portal"),
    }
    return render(request, "portal/service.html", context)
