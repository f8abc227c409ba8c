"""Following a case without an account: the tracking code opens it."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.portal.visiting import Request, asker_of, keep_code, remember_opened
from zemstvo.ground.journal.refusals import Refusal


class CodeForm(forms.Form):
    """One code."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Letters and digits, for example K7QW-M2XA-94RT-HS0D."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "width": "30"}),
    )


def track(request: Request) -> HttpResponse:
    """Open a case by its tracking code. The number of attempts is limited."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            _act, story = cases.tracked_case(code, at=request.act.at, asker=asker_of(request))
        except Refusal as refusal:
            form.add_error("code", f"{refusal} {refusal.counsel}".strip())
            status = 429 if refusal.status == 429 else 422
        else:
            remember_opened(request, "cases", story.number)
            response = HttpResponseRedirect(reverse("portal:case", args=(story.number,)))
            keep_code(response, "cases", story.number, code, request)
            return response
    if form.errors and status == 200:
        status = 422
    return render(request, "portal/track.html", {"form": form}, status=status)
