"""What happens to every request and every answer."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from zemstvo.ground.journal import courtesy
from zemstvo.site import logs, measures

Answer = Callable[[HttpRequest], HttpResponseBase]

log = logging.getLogger("zemstvo.request")
_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


def tracing(get_response: Answer) -> Answer:
    """Give each request an id (the proxy's, if it sent one), log its end by route, and count it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        token = logs.request_id.set(given if _ID.fullmatch(given) else uuid4().hex)
        began = time.perf_counter()
        try:
            with courtesy.answering():
                response = get_response(request)
            response["X-Request-Id"] = logs.request_id.get()
            seconds = time.perf_counter() - began
            note(request.method or "", route_of(request), response.status_code, seconds)
            return response
        finally:
            logs.request_id.reset(token)

    return answer


def note(method: str, route: str, status: int, seconds: float) -> None:
    """Log the end of a request by its route, and count it."""
    measures.count(method, route, status, seconds)
    if log.isEnabledFor(logging.INFO):
        fields = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("answered", extra={"fields": fields})


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, never the address: that can hold a number or a tracking code."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return f"/{match.route}"
    return "/static/" if request.path_info.startswith("/static/") else "-"


def headers(get_response: Answer) -> Answer:
    """Answers to somebody are nobody else's: not kept by caches unless the view says so."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store" if _is_personal(request) else "no-cache"
        return response

    return answer


def _is_personal(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)
    return request.method != "GET" or (session is not None and session.accessed)
