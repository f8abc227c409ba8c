"""Choosing for whom one acts: for oneself, for a person whom one represents, for a firm."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from zemstvo.faces.components.views import way_back
from zemstvo.faces.portal.visiting import Request, signed_in
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.identity import AnyIdentity
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
    known = people.identities(request.act, [principal.pseudonym for principal in principals])
    context = {
        "principals": [
            (principal, name_of(known[principal.pseudonym]))
            for principal in principals
            if principal.pseudonym in known
        ],
        "acting_for": request.act.behalf_of,
        "next": way_back(request),
    }
    return render(request, "portal/acting.html", context)


def name_of(identity: AnyIdentity) -> str:
    """How somebody is called on a page: the whole name, or the name of the organisation."""
    return identity.name
