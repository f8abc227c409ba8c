"""Where an official begins, and under which mandate."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zemstvo.faces.desk.working import HOMES, Request, at_desk
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.middleware import choose_mandate
from zemstvo.ground.territory import queries as territories


@at_desk
def home(request: Request) -> HttpResponse:
    """On to the first page of the role."""
    return HttpResponseRedirect(reverse(HOMES[request.official.mandate.role]))


@at_desk
def mandates(request: Request) -> HttpResponse:
    """The mandates under which this official may work today."""
    choices = [
        {
            "mandate": choice.mandate,
            "authority": territories.authority(choice.mandate.authority)
            if choice.mandate.authority
            else None,
            "territory": territories.territory(choice.mandate.territory)
            if choice.mandate.territory
            else None,
            "holder": people.official(choice.mandate.official).short_name if choice.is_deputy else "",
            "is_chosen": choice.mandate.id == request.official.mandate.id,
        }
        for choice in request.mandates
    ]
    return render(request, "desk/mandates.html", {"choices": choices})


@require_POST
@at_desk
def choose(request: Request) -> HttpResponse:
    """Work under another mandate from here on."""
    choose_mandate(request, request.POST.get("mandate", ""))
    return HttpResponseRedirect(reverse("desk:home"))
