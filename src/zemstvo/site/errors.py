"""How what went wrong, or was refused, becomes an answer: a page for people, a problem for machines.

A refusal answers with its own status, sentence and advice. A database that is locked or away and a full disk
are 503 with Retry-After, too large a request is 413, text that is no text is 400. What nobody foresaw is 500:
the page shows the request's id, the log has the place in the code, and neither shows what the other has.

Machines (addresses under /api/, or an Accept header that asks for JSON) get application/problem+json
(RFC 9457), whose `type` is a stable address made of the refusal's code.
"""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import get_language

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.site import logs
from zemstvo.site.refusals import (
    FormIsNotOurs,
    NoSuchPage,
    PageIsClosed,
    RequestIsBroken,
    RequestIsNotText,
    RequestIsTooLarge,
    StorageIsAway,
    StorageIsFull,
    Unforeseen,
)

log = logging.getLogger("zemstvo.errors")

RETRY_SECONDS = {"storage.full": 300, "file.store-full": 300}
"""When to come again, by code; otherwise a minute after too many attempts, and ten seconds after 503."""

_OF_DJANGO: dict[type[Exception], type[Refusal]] = {
    Http404: NoSuchPage,
    PermissionDenied: PageIsClosed,
    SuspiciousOperation: RequestIsBroken,
}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORM, _FORM_WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"


def refusal_of(error: BaseException | None) -> Refusal | None:
    """The refusal that stands for an exception; None for one that nobody foresaw."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return RequestIsTooLarge()
    for kind, refusal in _OF_DJANGO.items():
        if isinstance(error, kind):
            return refusal()
    if isinstance(error, DataError) and "NUL" in str(error):
        return RequestIsNotText()
    if isinstance(error, OSError) and error.errno in _FULL:
        return StorageIsFull()
    if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
        text = str(error).lower()
        return StorageIsFull() if "full" in text or "no space" in text else StorageIsAway()
    return None


class Answers:
    """Middleware: answers in the place of a view that could not, and refuses what no view should see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return refused_unread(request) or self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Refuse a form whose text is no text: bytes that are not UTF-8, or the NUL that databases refuse."""
        is_form = request.method == "POST" and request.content_type in (_FORM, _FORM_WITH_FILES)
        return answer(request, RequestIsNotText()) if is_form and not _is_text(request) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view that raised what we know; all else goes on to `unforeseen`."""
        refusal = refusal_of(error)
        if refusal is None:
            return None
        _note(refusal, error)
        return answer(request, refusal)


def refused_unread(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a request that no view should see: an address that is no text, too long a body."""
    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return answer(request, RequestIsNotText())
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if declared.isdigit() and int(declared) > settings.REQUEST_BYTES:
        return answer(request, RequestIsTooLarge())
    return None


def _is_text(request: HttpRequest) -> bool:
    """Whether every field is text. Django reads a body that is not UTF-8 as Latin-1, or replaces signs."""
    texts = (text for _name, values in request.POST.lists() for text in values)
    if any("\x00" in text or "\ufffd" in text for text in texts):
        return False
    if request.content_type == _FORM:
        try:
            request.body.decode()
        except UnicodeDecodeError:
            return False
    return True


def _note(refusal: Refusal, error: BaseException) -> None:
    fields = {"status": refusal.status, "code": refusal.code}
    if refusal.status >= 500:
        log.error("could not answer", exc_info=error, extra={"fields": fields})
    else:
        log.info("refused", extra={"fields": fields})


# Where Django itself asks for a page: outside views, and for what nobody foresaw.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of 400, and of 413 where it was too much."""
    return answer(request, refusal_of(exception) or RequestIsBroken())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of 403."""
    return answer(request, PageIsClosed())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of 404."""
    return answer(request, NoSuchPage())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a form that came without its token."""
    return answer(request, FormIsNotOurs())


def unforeseen(request: HttpRequest) -> HttpResponse:
    """The page of 500, or of the refusal, if middleware met one that we know."""
    error = sys.exc_info()[1]
    return answer_to(request, error) if error else answer(request, Unforeseen())


def answer_to(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The answer in the place of a view that raised this."""
    refusal = refusal_of(error) or Unforeseen()
    _note(refusal, error)
    return answer(request, refusal)


# The two forms of an answer.


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The answer in the place of another: a page, or problem+json for a machine. Never raises."""
    response = _for_machines(refusal) if _is_machine(request) else _for_people(request, refusal)
    response["Cache-Control"] = "no-store"
    if seconds := RETRY_SECONDS.get(refusal.code, {429: 60, 503: 10}.get(refusal.status, 0)):
        response["Retry-After"] = str(seconds)
    return response


def _is_machine(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return request.path_info.startswith("/api/") or ("json" in accept and "html" not in accept)


def _for_machines(refusal: Refusal) -> HttpResponse:
    body: dict[str, Any] = {
        "type": f"{settings.SITE_ORIGIN}/problems/{refusal.code}",
        "title": str(refusal),
        "status": refusal.status,
        "detail": refusal.counsel,
        "code": refusal.code,
        "instance": f"urn:request:{logs.request_id.get()}",
    }
    if errors := field_errors(refusal):
        body["errors"] = errors
    response = JsonResponse(body, status=refusal.status, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/problem+json"
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def field_errors(refusal: Refusal) -> list[dict[str, str]]:
    """The faults of single fields that a refusal carries (wrong answers, a request of another shape)."""
    found = []
    for error in getattr(refusal, "errors", ()):
        named = error if isinstance(error, dict) else {"field": error.field, "message": error.message}
        found.append({"field": str(named["field"]), "message": str(named["message"])})
    return found


def _for_people(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page. No context processor runs: they ask the database, which may be what is away."""
    number = logs.request_id.get() if refusal.status >= 500 else ""
    page: str
    try:
        page = render_to_string("site/error.html", {"request": request, "refusal": refusal, "number": number})
    except Exception:
        log.exception("the page of an error could not be made")
        page = _bare_page(refusal)
    return HttpResponse(page, status=refusal.status)


def _bare_page(refusal: Refusal) -> str:
    title, advice = escape(refusal), escape(refusal.counsel)
    language = escape(get_language() or settings.LANGUAGE_CODE)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        f"<main><h1>{title}</h1><p>{advice}</p></main></html>"
    )
