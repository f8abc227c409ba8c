"""The first page of the administrator: what stands, and what is missing before work can begin."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zemstvo.capabilities.services import queries as services
from zemstvo.faces.desk.working import Request, at_desk
from zemstvo.ground.territory import queries as territories


@at_desk
def start(request: Request) -> HttpResponse:
    """The steps of setting up in their order, each with what is there already."""
    roots = territories.roots()
    authorities = territories.authorities()
    years = territories.calendar_years(roots[0].code) if roots else ()
    this_year = request.act.today.year
    shown = this_year if this_year in years else next(iter(years), None)
    calendar = reverse("desk:calendar-year", args=[shown]) if shown else reverse("desk:calendar")
    steps = [
        (_("Territories"), reverse("desk:territories"), [root.names for root in roots], bool(roots)),
        (_("Working calendar"), calendar, [{"ru": str(year)} for year in years], bool(years)),
        (_("Authorities and offices"), reverse("desk:authorities"), [row.names for row in authorities[:5]],
         bool(authorities)),
        (_("Tokens of other systems"), reverse("desk:tokens"), [], True),
    ]  # fmt: skip
    context = {
        "steps": [
            {"title": title, "link": link, "names": names, "is_done": is_done}
            for title, link, names, is_done in steps
        ],
        "services": services.live_services(),
    }
    return render(request, "desk/setup/start.html", context)
