"""The clock: let it stand, let it run again, extend it, start it when all documents are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import commands
from zemstvo.faces.components import stale
from zemstvo.faces.desk.views.case import opened
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.refusals import Refusal, Stale


class ReasonForm(forms.Form):
    """A reason of the package, and words for the applicant."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Words to the applicant"),
        help_text=_("Optional. They are sent as a message together with the notice."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, reasons: Sequence[tuple[str, str]], *args: Any) -> None:
        super().__init__(*args)
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]


@at_desk
def suspend(request: Request, number: str) -> HttpResponse:
    """Let the clock stand for a reason of the package; the applicant is told."""
    return _with_reason(request, number, "desk/suspend.html", "may_suspend_for", commands.suspend_case)


@at_desk
def extend(request: Request, number: str) -> HttpResponse:
    """Extend the term once, for a reason of the package; the applicant is told."""
    return _with_reason(request, number, "desk/extend.html", "may_extend_for", commands.extend_case)


def _with_reason(
    request: Request, number: str, template: str, reasons: str, command: Callable[..., int]
) -> HttpResponse:
    card = opened(request, number)
    if not getattr(card.clock, reasons):
        raise Http404
    form = ReasonForm(getattr(card.clock, reasons), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            command(request.act, number, version=version_of(request), **form.cleaned_data)
        except Stale:
            stale.tell(form)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error(None, f"{refusal} {refusal.counsel}".strip())
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[number]))
    return render(request, template, {"case": card, "form": form}, status=stale.status_of(form))


@at_desk
def resume(request: Request, number: str) -> HttpResponse:
    """Let a suspended clock run again."""
    return _plain(request, number, "desk/resume.html", commands.resume_case)


@at_desk
def complete(request: Request, number: str) -> HttpResponse:
    """All documents are there: the term of the answer runs from today."""
    return _plain(request, number, "desk/complete.html", commands.start_clock)


def _plain(request: Request, number: str, template: str, command: Callable[..., int]) -> HttpResponse:
    card = opened(request, number)
    if request.method == "POST":
        command(request.act, number, version=version_of(request))
        return HttpResponseRedirect(reverse("desk:case", args=[number]))
    return render(request, template, {"case": card})
