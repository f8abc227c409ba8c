"""The straight way: an application of a machine goes from the wire to the intake, past the web framework.

POST /api/v1/applications is the one address at which a campaign knocks hundreds of times a second, and making
request and response objects takes a quarter of the time of filing (docs/decisions/0074). What goes well is
answered here. Whatever does not (no token, wrong answers, a database that is away) is handed on as if nobody
had touched it, and Django's own view answers it in words; that second try cannot file twice, for it comes
under the same Idempotency-Key.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from django.conf import settings

from zemstvo.faces.api.door import MOST_KB, act_of
from zemstvo.faces.api.views.applications import PATH, filed, place_of, told
from zemstvo.ground.journal import courtesy
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.site import logs
from zemstvo.site.machines import POLICY
from zemstvo.site.middleware import note

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

log = logging.getLogger("zemstvo.request")


def straight(handler: Wsgi) -> Wsgi:
    """The WSGI application that answers applications itself, and leaves the rest to `handler`."""
    headers = _headers()

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH or not _is_plain(environ):
            return handler(environ, start_response)
        began, number = time.perf_counter(), os.urandom(16).hex()
        logs.request_id.set(number)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        try:
            with courtesy.answering():
                receipt = filed(act_of(environ), environ, body)
        except Exception as error:  # the view meets it again, and says what it is
            if not isinstance(error, Refusal):
                log.warning("an application went the long way", exc_info=error)
            environ |= {"wsgi.input": BytesIO(body), "HTTP_X_REQUEST_ID": number}
            return handler(environ, start_response)
        note("POST", PATH, 201, time.perf_counter() - began)
        content = told(receipt)
        own = {"Content-Length": str(len(content)), "Location": place_of(receipt), "X-Request-Id": number}
        start_response("201 Created", [*headers, *own.items()])
        return [content]

    return answer


def _is_plain(environ: dict[str, Any]) -> bool:
    """Whether the request is what a machine that does all right sends, with nothing that asks for more."""
    length = environ.get("CONTENT_LENGTH") or ""
    return (
        environ["REQUEST_METHOD"] == "POST"
        and environ.get("CONTENT_TYPE") == "application/json"
        and length.isdigit()
        and int(length) <= MOST_KB * 1024
        and "HTTP_X_REQUEST_ID" not in environ
        and (not settings.SECURE_SSL_REDIRECT or _is_encrypted(environ))
    )


def _is_encrypted(environ: dict[str, Any]) -> bool:
    if settings.SECURE_PROXY_SSL_HEADER:
        name, value = settings.SECURE_PROXY_SSL_HEADER
        return bool(environ.get(name) == value)
    return bool(environ["wsgi.url_scheme"] == "https")


def _headers() -> list[tuple[str, str]]:
    """What every such answer carries: the same as through the middleware."""
    found = [
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    ]
    if settings.SECURE_HSTS_SECONDS:
        found.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return found
