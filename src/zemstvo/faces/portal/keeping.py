"""Public pages are kept whole for half a minute: for visitors without a session they are the same for all.

What makes such a page another one is in its key: address, language, appearance, place, day, encoding. It
holds no token and nothing of a visitor (docs/decisions/0072).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from zemstvo.faces.components.appearance import Appearance
from zemstvo.faces.components.compressing import encoding_for, packed

SECONDS = 30
LONGEST_KEY = 300

View = Callable[..., HttpResponse]


def kept_whole(view: View) -> View:
    """The view, its pages kept for visitors without a session; everybody else gets a page of their own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request)
        if not key:
            return view(request, *args, **kwargs)
        content = caches["memory"].get(key)
        if content is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.cookies:
                return response
            encoding = encoding_for(request)
            content = packed(response.content, encoding, is_kept=True) if encoding else response.content
            caches["memory"].set(key, content, SECONDS)
        return _again(content, request)

    return answer


def _key(request: HttpRequest) -> str:
    """What the page depends on; empty for a visitor who has a session, or a page that is not kept."""
    if (
        request.method != "GET"
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or "messages" in request.COOKIES
    ):
        return ""
    appearance = Appearance.of(request.COOKIES.get(Appearance.COOKIE, "")).cookie
    parts = (
        request.get_full_path(),
        get_language() or "",
        appearance,
        request.COOKIES.get("place", "")[:20],
        datetime.now(UTC).date().isoformat(),
        encoding_for(request),
    )
    key = "page|" + "|".join(parts)
    return key if len(key) <= LONGEST_KEY else ""


def _again(content: bytes, request: HttpRequest) -> HttpResponse:
    response = HttpResponse(content)
    if encoding := encoding_for(request):
        response.headers["Content-Encoding"] = encoding
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response
