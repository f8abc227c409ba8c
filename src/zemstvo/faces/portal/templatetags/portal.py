"""Tags of the citizens' pages: what only a demo shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.translation import get_language, gettext_lazy

from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.portal.naming import person_names
from zemstvo.ground.people import queries as people

register = template.Library()

PURPOSES = {
    "case": gettext_lazy("worked on your case"),
    "search": gettext_lazy("found you in a search"),
    "print": gettext_lazy("printed a document"),
    "document": gettext_lazy("opened a document"),
    "list": gettext_lazy("saw you in a list"),
    "machine": gettext_lazy("a system of the authority asked where your case stands"),
    "account": gettext_lazy("opened or joined an account for you"),
}
GROUNDS = {
    "parent": gettext_lazy("as a parent"),
    "guardian": gettext_lazy("as a guardian"),
    "attorney": gettext_lazy("by power of attorney"),
    "social-worker": gettext_lazy("as a social worker"),
    "employee": gettext_lazy("as an employee"),
    "same-person": gettext_lazy("your own earlier account"),
}


DOCUMENTS = {
    "decision": gettext_lazy("Decision"),
    "refusal": gettext_lazy("Refusal"),
    "notice": gettext_lazy("Notice"),
    "request": gettext_lazy("Request"),
    "receipt": gettext_lazy("Receipt"),
}


WAYS = {
    "counter": gettext_lazy("in person"),
    "phone": gettext_lazy("by telephone"),
    "post": gettext_lazy("by post"),
    "intermediary": gettext_lazy("at a one-stop centre"),
}


@register.filter
def way(channel: str) -> str:
    """How one applies in a channel, in words."""
    return str(WAYS.get(channel, channel))


@register.filter
def document_kind(code: str) -> str:
    """What a document is, in words."""
    return str(DOCUMENTS.get(code, gettext_lazy("Document")))


@register.filter
def purpose(code: str) -> str:
    """For what an official looked, in words."""
    return str(PURPOSES.get(code, code))


@register.filter
def ground(code: str) -> str:
    """On what ground somebody acts for another, in words."""
    return str(GROUNDS.get(code, code))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who visits, as the top of a page shows it. `acts_for` is the name of the one for whom somebody acts."""

    is_signed_in: bool = False
    is_official: bool = False
    acts_for: str = ""
    may_act: bool = False
    unread: int = 0


@register.simple_tag(takes_context=True)
def visitor(context: Context) -> Visitor:
    """Who visits. Without a session cookie nothing is asked, so that a public page stays one for all.

    Some seven statements for somebody who is signed in, once a request.
    """
    request = context.get("request")
    if request is None or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return Visitor()
    if not hasattr(request, "_visitor"):
        request._visitor = _visitor(request)
    found: Visitor = request._visitor
    return found


def _visitor(request: Any) -> Visitor:
    if not request.user.is_authenticated:
        return Visitor()
    act = request.act
    names = person_names(act, [act.behalf_of]) if act.behalf_of else {}
    return Visitor(
        is_signed_in=True,
        is_official=bool(request.mandates) or request.wants_second_factor,
        acts_for=names.get(act.behalf_of, ""),
        may_act=bool(act.behalf_of or people.principals(act)),
        unread=cases.unread_notices(act),
    )


@register.simple_tag
def is_demo() -> bool:
    """Whether this installation is a demo: it shows its mailbox and its people."""
    return bool(getattr(settings, "DEMO", False))


@register.simple_tag
def demo_people() -> Sequence[dict[str, Any]]:
    """The people of the demo with what they sign in with; nobody outside a demo."""
    if not is_demo():
        return ()
    language = "ru" if (get_language() or "ru").startswith("ru") else "en"
    return [
        {
            "name": person["name"][language],
            "role": person["role"][language],
            "email": person["email"],
            "password": person["password"],
        }
        for person in getattr(settings, "DEMO_PEOPLE", ())
    ]
