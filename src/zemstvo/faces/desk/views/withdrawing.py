"""Writing down that the applicant withdraws: on paper, at the counter, by telephone."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import commands
from zemstvo.faces.components import stale
from zemstvo.faces.desk.applicants import CHANNELS
from zemstvo.faces.desk.views.case import opened
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import Stale


class WithdrawalForm(forms.Form):
    """How the applicant said it. Only paper that lies before the official is typed; else she helps."""

    channel = forms.ChoiceField(
        label=_("How the withdrawal came"),
        choices=CHANNELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )
    assisted = forms.BooleanField(
        label=_("The person sits here and withdraws with my help"),
        help_text=_("Leave it empty when you type what came on paper or by telephone."),
        required=False,
    )


@at_desk
def withdraw(request: Request, number: str) -> HttpResponse:
    """Withdraw an application at the word of its applicant; the journal says how it came, who typed it."""
    card = opened(request, number)
    if not (card.is_open and "case.file" in card.may):
        raise Http404
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entry = Entry.ASSISTED if form.cleaned_data["assisted"] else Entry.TRANSCRIBED
        act = replace(request.act, channel=Channel(form.cleaned_data["channel"]), entry=entry)
        try:
            commands.withdraw_case(act, number, version=version_of(request))
        except Stale:
            stale.tell(form)
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[number]))
    return render(request, "desk/withdraw.html", {"case": card, "form": form}, status=stale.status_of(form))
