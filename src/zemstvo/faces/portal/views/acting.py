"""Choosing for whom one acts: for oneself, for a person whom one represents, for a firm."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from zemstvo.faces.components.views import way_back
from zemstvo.faces.portal.visiting import Request, signed_in
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.middleware import ACTING_FOR


@signed_in
def acting(request: Request) -> HttpResponse:
    """Choose for whom to act. What is not in force any more cannot be chosen, and ends by itself."""
    principals = people.principals(request.act)
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        if chosen in {principal.pseudonym for principal in principals}:
            request.session[ACTING_FOR] = chosen
        else:
            request.session.pop(ACTING_FOR, None)
        return HttpResponseRedirect(way_back(request))
    names = people.principal_names(request.act)
    context = {
        "principals": [
            (principal, names[principal.pseudonym])
            for principal in principals
            if principal.pseudonym in names
        ],
        "acting_for": request.act.behalf_of,
        "next": way_back(request),
    }
    return render(request, "portal/acting.html", context)
