"""Going on with an application by its code, without an account."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from zemstvo.capabilities.cases import commands
from zemstvo.faces.portal.views.track import CodeForm
from zemstvo.faces.portal.visiting import Request, asker_of, keep_code, remember_opened
from zemstvo.ground.journal.refusals import Refusal


def resume(request: Request) -> HttpResponse:
    """Find a draft by its code. The number of attempts is limited."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            found = commands.resume_draft(request.act, code, asker=asker_of(request))
        except Refusal as refusal:
            form.add_error("code", f"{refusal} {refusal.counsel}".strip())
            status = 429 if refusal.status == 429 else 422
        else:
            remember_opened(request, "drafts", found.id)
            response = HttpResponseRedirect(reverse("portal:draft", args=(found.id,)))
            keep_code(response, "drafts", found.id, code, request)
            return response
    if form.errors and status == 200:
        status = 422
    return render(request, "portal/resume.html", {"form": form}, status=status)
