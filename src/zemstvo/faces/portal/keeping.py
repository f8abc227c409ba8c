"""Pages that are asked for again and again are kept whole for half a minute, in the memory of the process.

A public page is the same for all visitors without a session. What makes it another one is in its key:
address, language, appearance, place, day, encoding. It holds no token and nothing of a visitor
(docs/decisions/0072).

The page of a tracked case is kept for whoever holds its code, until the next fact about the case: people look
many times a day, and mostly nothing has happened.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from threading import Lock
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
MOST = 2000
"""Pages of cases that are kept at once."""

View = Callable[..., HttpResponse]


def kept_whole(view: View) -> View:
    """The view, its pages kept for visitors without a session; everybody else gets a page of their own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key(request) if settings.SESSION_COOKIE_NAME not in request.COOKIES else ""
        if not key:
            return view(request, *args, **kwargs)
        content = caches["memory"].get(key)
        if content is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.cookies:
                return response
            content = _packed(response, request, is_asked_often=True)
            caches["memory"].set(key, content, SECONDS)
        return _again(content, request)

    return answer


def kept_until_something_happens(view: View) -> View:
    """The view of a case by its number, its pages kept for whoever holds the code of the case.

    Kept until the next fact about the case, and for half a minute at most.
    """

    @wraps(view)
    def answer(request: Request, number: str) -> HttpResponse:
        by_code = SESSION_KEY not in request.session and number in request.session.get("cases", [])
        seq = last_seq("case", number) if by_code else 0
        key = _key(request, request.at.date().isoformat(), code_of(request, "cases")) if seq else ""
        if not key:
            return view(request, number)
        content = _shelf.get(key, seq)
        if content is None:
            response = view(request, number)
            if response.status_code != 200 or response.cookies:
                return response
            content = _packed(response, request)
            _shelf.put(key, seq, content)
        return _again(content, request)

    return answer


class _Shelf:
    """Pages of single persons: each stands here for SECONDS, under a key that tells nothing, and then goes.

    The memory cache of Django would keep what has expired until it is full.
    """

    def __init__(self) -> None:
        self._pages: OrderedDict[bytes, tuple[float, int, bytes]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str, seq: int) -> bytes | None:
        """The page that was put there after the fact of this place, if it is still there."""
        ends, of, content = self._pages.get(_digest(key), (0.0, 0, b""))
        return content if of == seq and ends > time.monotonic() else None

    def put(self, key: str, seq: int, content: bytes) -> None:
        """Put a page there in the place of the former one; what has expired goes."""
        now = time.monotonic()
        with self._lock:
            self._pages[_digest(key)] = (now + SECONDS, seq, content)
            self._pages.move_to_end(_digest(key))
            while len(self._pages) > MOST or next(iter(self._pages.values()))[0] < now:
                self._pages.popitem(last=False)


_shelf = _Shelf()


def _digest(key: str) -> bytes:
    return sha256(key.encode()).digest()


def _packed(response: HttpResponse, request: HttpRequest, *, is_asked_often: bool = False) -> bytes:
    encoding = encoding_for(request)
    return packed(response.content, encoding, is_kept=is_asked_often) if encoding else response.content


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
