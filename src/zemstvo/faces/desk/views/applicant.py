"""Who applied, where nobody had checked it: the document was seen."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.faces.components import stale
from zemstvo.faces.desk.views.case import opened
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.refusals import Refusal, Stale

CHECKS = (
    (IdentityCheck.PASSPORT.value, _("by the passport or another document")),
    (IdentityCheck.KNOWN.value, _("known in person")),
)


class ConfirmForm(forms.Form):
    """How identity was checked."""

    how = forms.ChoiceField(label=_("How identity was checked"), choices=CHECKS, widget=forms.RadioSelect)


@at_desk
def confirm(request: Request, number: str) -> HttpResponse:
    """Say how the applicant was made sure of."""
    card = opened(request, number)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        how = IdentityCheck(form.cleaned_data["how"])
        try:
            commands.confirm_applicant(request.act, number, how=how, version=version_of(request))
        except Stale:
            stale.tell(form)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error("how", f"{refusal} {refusal.counsel}".strip())
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[number]))
    context = {"case": card, "form": form}
    return render(request, "desk/confirm_applicant.html", context, status=stale.status_of(form))
