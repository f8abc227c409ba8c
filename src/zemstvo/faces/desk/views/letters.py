"""The letter before it is issued: prefilled from the package, edited here, seen as it will be printed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.documents import queries as documents
from zemstvo.faces.components import stale
from zemstvo.faces.desk.views.acting import reasons_question
from zemstvo.faces.desk.views.case import looked_at
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.refusals import Refusal, Stale


class LetterForm(forms.Form):
    """The text of a letter. Paragraphs are parted by an empty line."""

    title = forms.CharField(label=_("Title"), max_length=300)
    text = forms.CharField(
        label=_("Text"),
        help_text=_("An empty line begins a new paragraph."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18}),
    )


@at_desk
def letter(request: Request, number: str, document: str) -> HttpResponse:
    """Edit a letter of the case. Where it gives reasons, they are chosen before its text is written."""
    look = looked_at(request, number)
    reasons = (request.POST or request.GET).getlist("reasons")
    draft = cases.letter(request.act, number, document, look, reasons=reasons)
    begun = {"title": draft.title, "text": "\n\n".join(draft.content.get("paragraphs", ()))}
    form = LetterForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            commands.edit_letter(
                request.act,
                number,
                document,
                _content(draft.content, form),
                version=version_of(request),
                reasons=reasons,
            )
        except Stale:
            stale.tell(form)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error(None, f"{refusal} {refusal.counsel}".strip())
        else:
            return HttpResponseRedirect(reverse("desk:letter", args=[number, document]))
    context = {
        "number": number,
        "letter": draft,
        "form": form,
        "given": [(code, text) for code, text in draft.offered if code in draft.reasons],
        "reasons": reasons_question(draft.offered, set(draft.reasons)) if draft.wants_reasons else None,
        "asked": urlencode([("reasons", code) for code, _text in draft.offered if code in draft.reasons]),
    }
    return render(request, "desk/letter.html", context, status=stale.status_of(form))


def _content(before: dict[str, Any], form: LetterForm) -> dict[str, Any]:
    blocks = form.cleaned_data["text"].replace("\r\n", "\n").split("\n\n")
    paragraphs = [" ".join(block.split("\n")).strip() for block in blocks]
    return {**before, "title": form.cleaned_data["title"], "paragraphs": [one for one in paragraphs if one]}


@at_desk
def preview(request: Request, number: str, document: str) -> HttpResponse:
    """The letter as it would be printed now, marked as a draft."""
    look = looked_at(request, number, purpose="print")
    reasons = request.GET.getlist("reasons")
    sheet = cases.letter_sheet(request.act, number, document, look, reasons=reasons)
    pdf = documents.preview(
        request.act,
        authority=request.act.authority,
        territory=request.act.territory,
        template=sheet,
        language=cases.letter(request.act, number, document, look).language,
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="draft.pdf"'
    return response
