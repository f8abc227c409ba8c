"""The catalogue of services, and the page of one service."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zemstvo.capabilities.services import queries
from zemstvo.faces.portal.keeping import kept_whole
from zemstvo.faces.portal.naming import authority_name
from zemstvo.faces.portal.visiting import place_of, zone_of

PAGE = 50
LONGEST_SEARCH = 200


@kept_whole
def services(request: HttpRequest) -> HttpResponse:
    """The services of a place: all, under a life event, of an authority, or as a search found them."""
    place = place_of(request)
    code = place.code if place else ""
    text = request.GET.get("q", "")[:LONGEST_SEARCH].strip()
    event, authority = request.GET.get("event", "")[:60], request.GET.get("authority", "")[:64]
    found = queries.search(text, place=code, most=PAGE) if text else None
    entries = (
        list(found.entries) if found else queries.catalogue(life_event=event, authority=authority, place=code)
    )
    first = _number(request.GET.get("from", ""))
    events = {row.id: row for row in queries.life_events(code)}
    context = {
        "place": place,
        "text": text,
        "understood": found.understood if found else "",
        "entries": [(entry, authority_name(entry.authority)) for entry in entries[first : first + PAGE]],
        "count": len(entries),
        "event": events.get(event),
        "authority": authority_name(authority),
        "next": _page(request, first + PAGE) if len(entries) > first + PAGE else "",
        "previous": _page(request, max(0, first - PAGE)) if first else "",
    }
    return render(request, "portal/services.html", context)


@kept_whole
def service(request: HttpRequest, key: str) -> HttpResponse:
    """What is to be known before the start: what to bring, how long, until when, how much, and where else."""
    place = place_of(request)
    today = datetime.now(UTC).astimezone(ZoneInfo(zone_of(request) or "UTC")).date()
    page = queries.service_page(key, place.code if place else "", on=today)
    context = {
        "service": page,
        "place": place,
        "may_begin": page.package is not None and "portal" in page.channels,
        "ways": [way for way in ("counter", "phone", "post", "intermediary") if way in page.channels],
    }
    return render(request, "portal/service.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _page(request: HttpRequest, first: int) -> str:
    query = request.GET.copy()
    query["from"] = str(first)
    return f"?{query.urlencode()}"
