"""Evidence of other authorities: asked for by an official, and the answer entered by hand."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zemstvo.capabilities.cases import commands
from zemstvo.faces.desk.views.case import opened
from zemstvo.faces.desk.working import Request, at_desk
from zemstvo.ground.journal.refusals import NotFound, Refusal


@require_POST
@at_desk
def request_evidence(request: Request, number: str) -> HttpResponse:
    """Note that another authority is asked; its clock runs from now."""
    commands.request_evidence(request.act, number, request.POST.get("evidence", ""))
    return HttpResponseRedirect(reverse("desk:case", args=[number]) + "#evidence")


class AnswerForm(forms.Form):
    """What became of a request."""

    outcome = forms.ChoiceField(
        label=_("What came"),
        choices=[
            ("received", _("the authority answered")),
            ("absent", _("the authority holds nothing of the kind")),
            ("brought", _("the applicant brought the paper")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What the answer says"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    file = forms.FileField(label=_("The answer as a file"), required=False)


@at_desk
def answer_evidence(request: Request, number: str, asked: str) -> HttpResponse:
    """Enter the answer to a request."""
    card = opened(request, number)
    row = next((one for one in card.evidence if one.id == asked and one.state in ("open", "overdue")), None)
    if row is None:
        raise NotFound
    form = AnswerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            commands.answer_evidence(
                request.act,
                asked,
                outcome=form.cleaned_data["outcome"],
                words=form.cleaned_data["words"],
                file=(upload.name, upload.read()) if upload else None,
            )
        except Refusal as refusal:
            if refusal.status not in (413, 422):
                raise
            form.add_error(None, f"{refusal} {refusal.counsel}".strip())
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[number]) + "#evidence")
    context = {"case": card, "row": row, "form": form}
    return render(request, "desk/answer_evidence.html", context, status=422 if form.errors else 200)
