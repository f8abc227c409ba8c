"""The verification of a document by the code that is printed on it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.documents import queries as documents
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people.middleware import Visited
from zemstvo.ground.territory import queries as territories


class CodeForm(forms.Form):
    """The code as it is printed on the document."""

    code = forms.CharField(
        label=_("Code of the document"),
        help_text=_("It is printed below the text of the document, next to the square code."),
        max_length=60,
        error_messages={"required": _("Type the code that is printed on the document.")},
    )


def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code; it goes on to the page of the document."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = "".join(form.cleaned_data["code"].split())
        return HttpResponseRedirect(reverse("open:verified", args=[code.replace("/", "-")]))
    return render(request, "open/verify.html", {"form": form}, status=422 if form.errors else 200)


def verify(request: Visited, code: str) -> HttpResponse:
    """What stands under a code, or that nothing does."""
    try:
        found = documents.verify(code)
    except NotFound:
        form = CodeForm({"code": code[:60]})
        form.add_error("code", _("No document has this code. Compare it with the paper, sign by sign."))
        return render(request, "open/verify.html", {"form": form}, status=404)
    authority = territories.authority(found.authority)
    context = {
        "document": found,
        "authority": authority,
        "now": request.at,
        "is_in_force": found.is_in_force(on=request.at.astimezone(ZoneInfo(authority.zone)).date()),
    }
    return render(request, "open/verified.html", context)
