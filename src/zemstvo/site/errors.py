"""How what went wrong, or was refused, becomes an answer: a page for people, a problem for machines.

A refusal answers with its own status, sentence and advice. A database that is locked or away is 503, a full
disk 507, too large a request 413, text that is no text 400; each says what to do, and when to come again.
What nobody foresaw is 500: the page shows the request's id, the log has the place in the code, and neither
shows the other.

Machines (addresses under /api/, or an Accept header that asks for JSON) get application/problem+json
(RFC 9457), whose `type` is a stable address made of the refusal's code.
"""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
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
from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.site import logs

log = logging.getLogger("zemstvo.errors")

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORM, _FORM_WITH_FILES = "application/x-www-form-urlencoded", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is said when no other answer can be given. `retry_after` is in seconds, 0 for never."""

    status: int
    code: str
    title: Any
    advice: Any
    retry_after: int = 0


NOT_FOUND = Problem(
    404, "not-found", _("There is no such page"), _("Check the address, or start from the first page.")
)
FORBIDDEN = Problem(
    403,
    "access.refused",
    _("You may not see this page"),
    _("If you should be able to, sign in under another name or ask the administrator of your authority."),
)
NO_TOKEN = Problem(
    403,
    "form.not-ours",
    _("This form could not be accepted"),
    _(
        "The page was open too long, or your browser keeps no cookies. Go back, reload it and send it again."
    ),
)
BROKEN = Problem(
    400,
    "request.broken",
    _("The request could not be read"),
    _("Nothing was stored. Go back, check what you typed or attached, and send it again."),
)
NOT_TEXT = Problem(
    400,
    "request.not-text",
    _("What was sent holds signs that are not text"),
    _("Nothing was stored. Go back, type the text anew instead of pasting it, and send it again."),
)
TOO_LARGE = Problem(
    413,
    "request.too-large",
    _("What was sent is too large"),
    _("Nothing was stored. Send a smaller file, or bring it to the office."),
)
AWAY = Problem(
    503,
    "storage.away",
    _("The service is busy or under repair"),
    _("Nothing was stored, and nothing that was stored before is lost. Try again in a minute."),
    retry_after=10,
)
FULL = Problem(
    507,
    "storage.full",
    _("There is no room left to store this"),
    _("Nothing was stored, and nothing that was stored before is lost. The operators have been told."),
    retry_after=300,
)
UNFORESEEN = Problem(
    500,
    "unforeseen",
    _("Something went wrong on our side"),
    _("What you sent may not have been stored. Try again; if it stays so, tell the help desk this number:"),
)


def problem_of(error: BaseException) -> Problem | None:
    """The problem that stands for an exception; None for one that nobody foresaw."""
    if isinstance(error, Refusal):
        waiting = {429: 60, 503: 10, 507: 300}.get(error.status, 0)
        return Problem(error.status, error.code, str(error), error.counsel, waiting)
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return TOO_LARGE
    known = {Http404: NOT_FOUND, PermissionDenied: FORBIDDEN, SuspiciousOperation: BROKEN}
    found = next((problem for kind, problem in known.items() if isinstance(error, kind)), None)
    return found or _problem_of_storage(error)


def _problem_of_storage(error: BaseException) -> Problem | None:
    if isinstance(error, OSError):
        return FULL if error.errno in _FULL else None
    if isinstance(error, DataError) and "NUL" in str(error):
        return NOT_TEXT
    if isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError:
        text = str(error).lower()
        return FULL if "full" in text or "no space" in text else AWAY
    return None


class Answers:
    """Middleware: answers in the place of a view that could not, and refuses what no view should see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return answer(request, NOT_TEXT)
        if _length(request) > settings.REQUEST_BYTES:
            return answer(request, TOO_LARGE)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Refuse a form whose text is no text: bytes that are not UTF-8, or the NUL that databases refuse."""
        if request.method == "POST" and request.content_type in (_FORM, _FORM_WITH_FILES):
            return None if _is_text(request) else answer(request, NOT_TEXT)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for a view that raised what we know; all else goes on to `unforeseen`."""
        problem = problem_of(error)
        if problem is None:
            return None
        _note(problem, error)
        return answer(request, problem)


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


def _length(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdigit() else 0


def _note(problem: Problem, error: BaseException) -> None:
    fields = {"status": problem.status, "code": problem.code}
    if problem.status >= 500:
        log.error("could not answer", exc_info=error, extra={"fields": fields})
    else:
        log.info("refused", extra={"fields": fields})


# Where Django itself asks for a page: outside views, and for what nobody foresaw.


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of 400, and of 413 where it was too much."""
    return answer(request, problem_of(exception) or BROKEN)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of 403."""
    return answer(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page of 404."""
    return answer(request, NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a form that came without its token."""
    return answer(request, NO_TOKEN)


def unforeseen(request: HttpRequest) -> HttpResponse:
    """The page of 500, or of the problem, if middleware met one that we know."""
    error = sys.exc_info()[1]
    problem = (problem_of(error) if error else None) or UNFORESEEN
    if error:
        _note(problem, error)
    return answer(request, problem)


# The two forms of an answer.


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer to a problem: a page, or problem+json for a machine. Never raises."""
    response = _for_machines(problem) if _is_machine(request) else _for_people(request, problem)
    response["Cache-Control"] = "no-store"
    if problem.retry_after:
        response["Retry-After"] = str(problem.retry_after)
    return response


def _is_machine(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return request.path_info.startswith("/api/") or ("json" in accept and "html" not in accept)


def _for_machines(problem: Problem) -> HttpResponse:
    body = {
        "type": f"{settings.SITE_ORIGIN}/problems/{problem.code}",
        "title": str(problem.title),
        "status": problem.status,
        "detail": str(problem.advice),
        "code": problem.code,
        "instance": f"urn:request:{logs.request_id.get()}",
    }
    return JsonResponse(
        body,
        status=problem.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _for_people(request: HttpRequest, problem: Problem) -> HttpResponse:
    context = {
        "request": request,  # by hand: context processors would ask the database, which may be away
        "problem": problem,
        "number": logs.request_id.get() if problem.status >= 500 else "",
    }
    page: str
    try:
        page = render_to_string("site/problem.html", context)
    except Exception:
        log.exception("the page of a problem could not be made")
        page = _bare_page(problem)
    return HttpResponse(page, status=problem.status)


def _bare_page(problem: Problem) -> str:
    title, advice = escape(problem.title), escape(problem.advice)
    language = escape(get_language() or settings.LANGUAGE_CODE)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>'
        f"<main><h1>{title}</h1><p>{advice}</p></main></html>"
    )
