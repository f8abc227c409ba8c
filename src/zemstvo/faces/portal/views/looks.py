"""Who looked at my data: when, from which authority, for what."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from zemstvo.faces.portal.naming import authority_name
from zemstvo.faces.portal.visiting import Request, signed_in, zone_of
from zemstvo.ground.people import queries as people


@signed_in
def looks(request: Request) -> HttpResponse:
    """The looks of officials at the data of the person, or of the one for whom the person acts."""
    person = request.act.behalf_of or request.act.actor
    rows = people.looks_at(request.act, person)
    context = {"zone": zone_of(request), "looks": [(row, authority_name(row.authority)) for row in rows]}
    return render(request, "portal/looks.html", context)
