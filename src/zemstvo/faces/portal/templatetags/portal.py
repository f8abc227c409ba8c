"""Tags of the citizens' pages: what only a demo shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy

register = template.Library()

PURPOSES = {
    "case": gettext_lazy("worked on your case"),
    "search": gettext_lazy("found you in a search"),
    "print": gettext_lazy("printed a document"),
    "document": gettext_lazy("opened a document"),
    "list": gettext_lazy("saw you in a list"),
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


@register.filter
def document_kind(code: str) -> str:
    """What a document is, in words."""
    return str(DOCUMENTS.get(code, gettext_lazy("Document")))


@register.filter
def last_day(until: date | None) -> date | None:
    """The last day of a period whose end is exclusive."""
    return until - timedelta(days=1) if until else None


@register.filter
def purpose(code: str) -> str:
    """For what an official looked, in words."""
    return str(PURPOSES.get(code, code))


@register.filter
def ground(code: str) -> str:
    """On what ground somebody acts for another, in words."""
    return str(GROUNDS.get(code, code))


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
