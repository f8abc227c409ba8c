"""The way of machines: addresses under /api/ are answered past what only pages need.

A machine shows its token with every request: it has no session, no form, no styles and no e-mail code, so
the middleware of pages has nothing to do for it, and would take longer than filing the application itself
(docs/decisions/0074). What is due to everybody (the request's id, the headers, the redirect to https) stands
before this in `settings.MIDDLEWARE`.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import resolve
from django.utils import translation

from zemstvo.site import errors

BEGINNING = "/api/"
POLICY = "default-src 'none'; frame-ancestors 'none'"
"""An answer to a machine may load nothing and stand in no frame."""

_Answer = Callable[[HttpRequest], HttpResponseBase]


def machines(get_response: _Answer) -> _Answer:
    """Middleware: answer a machine at once, and pass everybody else on."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(BEGINNING):
            return get_response(request)
        translation.activate(translation.get_language_from_request(request))
        response = errors.refused_unread(request) or _answered(request)
        response["Content-Security-Policy"] = POLICY
        response.setdefault("Content-Length", str(len(response.content)))
        return response

    return answer


def _answered(request: HttpRequest) -> HttpResponse:
    """What the view says, or the problem that stands for what it raised."""
    try:
        match = request.resolver_match = resolve(request.path_info)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Exception as error:  # the last place that can answer
        return errors.answer_to(request, error)
    return response
