"""Documents of a case: read, saved as PDF, signed by the head here or outside; and the files of the case."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zemstvo.capabilities.cases import commands as case_commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.documents import commands
from zemstvo.capabilities.documents import queries as documents
from zemstvo.capabilities.documents.refusals import PdfIsNotMade
from zemstvo.faces.components.downloads import download
from zemstvo.faces.desk.views.case import looked_at
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.refusals import NotFound, Refusal
from zemstvo.ground.people.looks import Look

LONGEST_SIGNATURE = 1024 * 1024


class SignatureForm(forms.Form):
    """A detached signature that was made outside."""

    signature = forms.FileField(
        label=_("File of the signature (.sig, .p7s)"),
        help_text=_("A detached signature over the PDF of this page, as your signing program saves it."),
    )


@at_desk
def document(request: Request, number: str, document: str) -> HttpResponse:
    """A document as a page, with what the mandate allows to do with it."""
    look = looked_at(request, number)
    return _shown(request, number, document, look, SignatureForm())


def _shown(
    request: Request, number: str, document: str, look: Look, form: SignatureForm, status: int = 200
) -> HttpResponse:
    card = _card(request, number, document)
    may = {
        right: request.act.may(right, card.territory, authority=card.authority)
        for right in ("document.sign", "document.deliver")
    }
    context = {
        "number": number,
        "card": card,
        "sheet": documents.text_of(request.act, document, look),
        "form": form,
        "may_sign": may["document.sign"] and not card.revoked_at,
        "may_deliver": may["document.deliver"] and card.state == "signed" and not card.delivered_at,
    }
    return render(request, "desk/document.html", context, status=status)


@at_desk
def pdf(request: Request, number: str, document: str) -> HttpResponse:
    """The PDF, made now if it is not made yet."""
    look = looked_at(request, number, purpose="print")
    _card(request, number, document)
    try:
        made = documents.pdf_of(request.act, document, look)
    except PdfIsNotMade:
        commands.render_document(request.act, document, look)
        made = documents.pdf_of(request.act, document, look)
    return download(made.content, made.name, "application/pdf")


@require_POST
@at_desk
def attach(request: Request, number: str, document: str) -> HttpResponse:
    """Take the signature that the head made outside."""
    look = looked_at(request, number)
    _card(request, number, document)
    form = SignatureForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["signature"].size > LONGEST_SIGNATURE:
        form.add_error("signature", _("A signature is smaller than 1 MB. Choose the file of the signature."))
    if form.is_valid():
        try:
            commands.attach_signature(
                request.act, document, form.cleaned_data["signature"].read(), version=version_of(request)
            )
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error("signature", f"{refusal} {refusal.counsel}".strip())
        else:
            return HttpResponseRedirect(reverse("desk:document", args=[number, document]))
    return _shown(request, number, document, look, form, status=422)


@require_POST
@at_desk
def deliver(request: Request, number: str, document: str) -> HttpResponse:
    """The decision was handed over on paper."""
    _card(request, number, document)
    case_commands.deliver_result(request.act, number)
    return HttpResponseRedirect(reverse("desk:document", args=[number, document]))


@at_desk
def file(request: Request, number: str, file: str) -> HttpResponse:
    """A file of the case, to be saved."""
    look = looked_at(request, number, purpose="file")
    found = cases.file_content(request.act, file, look, case=number)
    return download(found.content, found.name, found.media_type)


def _card(request: Request, number: str, document: str) -> documents.Card:
    card = documents.document_card(request.act, document)
    if card.case != number:
        raise NotFound
    return card
