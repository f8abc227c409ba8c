"""Documents of a case: the page that says the same as the PDF, the PDF, and the files that were sent."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.documents import commands
from zemstvo.capabilities.documents import queries as documents
from zemstvo.capabilities.documents.refusals import PdfIsNotMade
from zemstvo.faces.portal.visiting import Request, act_on
from zemstvo.ground.journal.acts import Act


def case_document(request: Request, number: str, document: str) -> HttpResponse:
    """A document as a page."""
    act = act_on(request, "cases", number)
    card = _card(act, number, document)
    context = {"number": number, "card": card, "sheet": documents.text_of(act, document)}
    return render(request, "portal/document.html", context)


def case_document_pdf(request: Request, number: str, document: str) -> HttpResponse:
    """The PDF of a document, made now if it is not made yet."""
    act = act_on(request, "cases", number)
    _card(act, number, document)
    try:
        pdf = documents.pdf_of(act, document)
    except PdfIsNotMade:
        commands.render_document(act, document)
        pdf = documents.pdf_of(act, document)
    return download(pdf.content, pdf.name, "application/pdf")


def case_file(request: Request, number: str, file: str) -> HttpResponse:
    """A file that was sent with the application."""
    act = act_on(request, "cases", number)
    found = cases.file_content(act, file, case=number)
    return download(found.content, found.name, found.media_type)


def download(content: bytes, name: str, media_type: str) -> HttpResponse:
    """An answer that is saved, never shown inside our pages, whatever it holds."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _card(act: Act, number: str, document: str) -> documents.Card:
    card = documents.document_card(act, document)
    if card.case != number:
        raise Http404
    return card
