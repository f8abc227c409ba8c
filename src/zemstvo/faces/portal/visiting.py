"""Who visits: the act of a request, the place that was chosen, and the code that a visitor holds.

Who has no account holds the code of a draft or a case. What it opened is remembered by its id, in the
session; the code itself stays with the visitor, in a cookie that only the pages of that draft or case get to
see (docs/decisions/0071): never in an address, never on our side.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people.middleware import Visited as Request
from zemstvo.ground.people.queries import act_of_code
from zemstvo.ground.territory import queries as territories
from zemstvo.ground.territory.queries import TerritoryRow
from zemstvo.ground.territory.refusals import UnknownTerritory

__all__ = [
    "Request",
    "act_on",
    "asker_of",
    "code_of",
    "drop_code",
    "forget_opened",
    "keep_code",
    "keep_place",
    "place_of",
    "remember_opened",
    "signed_in",
    "zone_of",
]

PLACE = "place"
"""The cookie that remembers for which place a visitor looks at services: an OKTMO code, nothing else."""

YEAR = 365 * 24 * 3600
MOST_OPENED = 50
CODES = {"drafts": "draft_code", "cases": "case_code"}
"""The cookies with the code of a draft or a case; their paths are those of the pages of the draft or case."""


def place_of(request: HttpRequest) -> TerritoryRow | None:
    """The place that the visitor chose, if any, and if it still exists."""
    code = request.COOKIES.get(PLACE, "")
    if not code:
        return None
    try:
        return territories.territory(code)
    except UnknownTerritory:
        return None


def zone_of(request: HttpRequest) -> str:
    """The time zone for pages that belong to no authority: of the chosen place, else of the upmost one."""
    place = place_of(request)
    if place is not None:
        return place.zone
    return next((root.zone for root in territories.roots()), "")


def keep_place(response: HttpResponse, code: str, request: HttpRequest) -> None:
    """Remember the place for a year, in this browser."""
    response.set_cookie(PLACE, code, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())


def remember_opened(request: HttpRequest, kind: str, id: str) -> None:
    """Remember in the session that this visitor showed a code of this `kind` (drafts, cases)."""
    known = [one for one in request.session.get(kind, []) if one != id]
    request.session[kind] = [*known, id][-MOST_OPENED:]


def forget_opened(request: HttpRequest, kind: str, id: str) -> None:
    """Forget it: the draft was submitted or thrown away, or the visitor leaves this computer."""
    request.session[kind] = [one for one in request.session.get(kind, []) if one != id]


def act_on(request: Request, kind: str, id: str) -> Act:
    """The act with which a draft or case is approached: by its code where it was shown, else one's own."""
    act = request.act
    if id not in request.session.get(kind, []):
        return act
    return act_of_code(id, act.at, actor=act.actor, channel=act.channel, zone=act.zone)


def keep_code(response: HttpResponse, kind: str, id: str, code: str, request: HttpRequest) -> None:
    """Leave a code with the visitor, so that the pages of its draft or case, only these, can show it."""
    response.set_cookie(
        CODES[kind], code, path=f"/{kind}/{id}/", samesite="Lax", httponly=True, secure=request.is_secure()
    )


def code_of(request: HttpRequest, kind: str) -> str:
    """The code that the visitor holds for the draft or case of this page, to be shown again."""
    return request.COOKIES.get(CODES[kind], "")[:60]


def drop_code(response: HttpResponse, kind: str, id: str) -> None:
    """Take the code away again."""
    response.delete_cookie(CODES[kind], path=f"/{kind}/{id}/", samesite="Lax")


def asker_of(request: HttpRequest) -> str:
    """Where a request comes from, for the limit on wrong codes: the network address, past our own proxies."""
    return str(get_adapter().get_client_ip(request))


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view for visitors who are signed in; others sign in first and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_request_login_code"))
        return view(request, *args, **kwargs)

    return guarded
