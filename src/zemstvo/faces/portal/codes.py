"""The page that asks for a code: of an application that was begun, or of a case."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.faces.portal.visiting import Request, keep_code, remember_opened
from zemstvo.ground.journal.refusals import Refusal

_PAGES = {"drafts": "portal:draft", "cases": "portal:case"}
"""What a code opens, by its kind (`visiting.CODES`)."""


class CodeForm(forms.Form):
    """One code."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Letters and digits, for example K7QW-M2XA-94RT-HS0D."),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "width": "30"}),
    )


def opened_by_code(request: Request, template: str, kind: str, find: Callable[[str], str]) -> HttpResponse:
    """Ask for a code and go where it leads; `find` says whose it is, by id or number, or refuses."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            found = find(code)
        except Refusal as refusal:
            form.add_error("code", f"{refusal} {refusal.counsel}".strip())
            status = 429 if refusal.status == 429 else 422
        else:
            remember_opened(request, kind, found)
            response = HttpResponseRedirect(reverse(_PAGES[kind], args=(found,)))
            keep_code(response, kind, found, code, request)
            return response
    if form.errors and status == 200:
        status = 422
    return render(request, template, {"form": form}, status=status)
