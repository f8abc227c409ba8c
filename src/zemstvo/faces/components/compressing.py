"""Pages go over the wire compressed: with brotli, else with gzip, as the browser says it takes.

Compression shows, in the length of an answer, how much its parts are alike; that is a danger only where a
stranger can make a signed-in browser ask for pages with words of the stranger's own (BREACH). Our cookies are
SameSite=Lax, so that asking from elsewhere comes without them (docs/decisions/0072).
"""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

LEAST = 400
"""Shorter answers (bytes) are sent as they are."""

_TEXTS = ("text/", "application/json", "application/problem+json", "image/svg+xml")


def compressing(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: compress what is text and worth it; a fraction of a millisecond for a page."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponse) and _is_worth_it(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            put(response, encoding_for(request))
        return response

    return answer


def encoding_for(request: HttpRequest) -> str:
    """The encoding that the browser takes: br, gzip, or nothing."""
    accepted = {part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    return next((one for one in ("br", "gzip") if one in accepted), "")


def put(response: HttpResponse, encoding: str) -> None:
    """Put the content of an answer into an encoding."""
    if not encoding:
        return
    response.content = packed(response.content, encoding)
    response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(response.content))


def packed(content: bytes, encoding: str, *, is_kept: bool = False) -> bytes:
    """Content in an encoding; what is kept and sent often is worth the longest search."""
    if encoding == "gzip":
        return gzip.compress(content, 6, mtime=0)
    quality, window = (11, 18) if is_kept else (5, 16)
    found: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=quality, lgwin=window)
    return found


def _is_worth_it(response: HttpResponse) -> bool:
    return (
        not response.has_header("Content-Encoding")
        and len(response.content) >= LEAST
        and str(response.headers.get("Content-Type", "")).startswith(_TEXTS)
    )
