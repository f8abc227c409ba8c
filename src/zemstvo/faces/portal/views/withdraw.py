"""Taking an application back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.portal.views.drafts import version_of
from zemstvo.faces.portal.visiting import Request, act_on


def withdraw_case(request: Request, number: str) -> HttpResponse:
    """Ask once more, then withdraw. Doing it twice changes nothing."""
    act = act_on(request, "cases", number)
    story = cases.own_case(act, number)
    back = HttpResponseRedirect(reverse("portal:case", args=(number,)))
    if story.stage == "withdrawn":
        return back
    if request.method == "POST":
        commands.withdraw_case(act, number, version=version_of(request))
        messages.success(request, _("The application is withdrawn."))
        return back
    return render(request, "portal/withdraw_case.html", {"case": story})
