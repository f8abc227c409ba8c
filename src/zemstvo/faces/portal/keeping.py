"""Pages that are asked for again and again are kept whole for half a minute, in the memory of the process.

A public page is the same for all visitors without a session. What makes it another one is in its key:
address, language, appearance, place, day, encoding. It holds no token and nothing of a visitor
(docs/decisions/0072).

The page of a tracked case is kept for whoever holds its code, until the next fact about the case: people look
many times a day, and mostly nothing has happened.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from zemstvo.faces.components.appearance import Appearance
from zemstvo.faces.components.compressing import encoding_for, packed
from zemstvo.faces.portal.visiting import Request, code_of
from zemstvo.ground.journal.queries import last_seq

SECONDS = 30
LONGEST_KEY = 400

View = Callable[..., HttpResponse]


def kept_whole(view: View) -> View:
    """The view, its pages kept for visitors without a session; everybody else gets a page of their own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_anybodys = settings.SESSION_COOKIE_NAME not in request.COOKIES
        key = _key(request) if is_anybodys else ""
        return _kept(key, request, lambda: view(request, *args, **kwargs), is_asked_often=True)

    return answer


def kept_until_something_happens(view: View) -> View:
    """The view of a case by its number, its pages kept for whoever holds the code of the case."""

    @wraps(view)
    def answer(request: Request, number: str) -> HttpResponse:
        by_code = SESSION_KEY not in request.session and number in request.session.get("cases", [])
        seq = last_seq("case", number) if by_code else 0
        key = _key(request, request.at.date().isoformat(), str(seq), code_of(request, "cases")) if seq else ""
        return _kept(key, request, lambda: view(request, number))

    return answer


def _kept(
    key: str, request: HttpRequest, view: Callable[[], HttpResponse], *, is_asked_often: bool = False
) -> HttpResponse:
    """The page that is kept under a key, else the one that the view makes; always that without a key."""
    if not key:
        return view()
    content = caches["memory"].get(key)
    if content is None:
        response = view()
        if response.status_code != 200 or response.cookies:
            return response
        encoding = encoding_for(request)
        content = packed(response.content, encoding, is_kept=is_asked_often) if encoding else response.content
        caches["memory"].set(key, content, SECONDS)
    return _again(content, request)


def _key(request: HttpRequest, *more: str) -> str:
    """What the page depends on; empty for a page that is not kept."""
    if request.method != "GET" or "messages" in request.COOKIES:
        return ""
    appearance = Appearance.of(request.COOKIES.get(Appearance.COOKIE, "")).cookie
    parts = (
        request.get_full_path(),
        get_language() or "",
        appearance,
        request.COOKIES.get("place", "")[:20],
        datetime.now(UTC).date().isoformat(),
        encoding_for(request),
        *more,
    )
    key = "page|" + "|".join(parts)
    return key if len(key) <= LONGEST_KEY else ""


def _again(content: bytes, request: HttpRequest) -> HttpResponse:
    response = HttpResponse(content)
    if encoding := encoding_for(request):
        response.headers["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response
