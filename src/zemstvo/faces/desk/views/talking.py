"""Messages to the applicant, and who works on the case."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import commands
from zemstvo.faces.components import stale
from zemstvo.faces.desk.views.case import opened
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.refusals import Refusal, Stale
from zemstvo.ground.people import queries as people


class MessageForm(forms.Form):
    """Words to the applicant."""

    words = forms.CharField(
        label=_("Message"),
        help_text=_("The applicant reads it in the portal. The e-mail only says that there is a message."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    asks = forms.BooleanField(label=_("The applicant has to answer or to bring something"), required=False)


@at_desk
def message(request: Request, number: str) -> HttpResponse:
    """Write to the applicant."""
    card = opened(request, number)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.send_message(
                request.act, number, form.cleaned_data["words"], asks=form.cleaned_data["asks"]
            )
        except Stale:
            stale.tell(form)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error("words", f"{refusal} {refusal.counsel}".strip())
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[number]) + "#messages")
    return render(request, "desk/message.html", {"case": card, "form": form}, status=stale.status_of(form))


class AssignForm(forms.Form):
    """An official of the authority."""

    official = forms.ChoiceField(label=_("Official"), widget=forms.RadioSelect)


@at_desk
def assign(request: Request, number: str) -> HttpResponse:
    """Give the case to a colleague, or take it."""
    card = opened(request, number)
    form = AssignForm(request.POST or None, initial={"official": card.assigned_to})
    serving = people.officials(request.act, authority=card.authority, on=request.act.today)
    form.fields["official"].choices = [(one.person, one.name) for one in serving]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            commands.assign_case(
                request.act, number, form.cleaned_data["official"], version=version_of(request)
            )
        except Stale:
            stale.tell(form)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error("official", f"{refusal} {refusal.counsel}".strip())
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[number]))
    return render(request, "desk/assign.html", {"case": card, "form": form}, status=stale.status_of(form))
