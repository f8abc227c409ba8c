"""What every page of the desk shows: where one can go under this mandate, and under whose name one works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.ground.territory import queries as territories

register = template.Library()

PLACES: dict[str, tuple[tuple[str, Any], ...]] = {
    "clerk": (("desk:work", _("Cases")), ("desk:counter", _("New application"))),
    "head": (("desk:work", _("Cases")), ("desk:counter", _("New application"))),
    "service_owner": (("desk:packages", _("Services")),),
    "administrator": (
        ("desk:setup", _("Set-up")),
        ("desk:territories", _("Territories")),
        ("desk:authorities", _("Authorities")),
        ("desk:tokens", _("Tokens")),
    ),
}
"""The pages in the head of the page, by role."""


@dataclass(frozen=True, slots=True)
class Place:
    """A link in the head of the page."""

    link: str
    text: str
    is_here: bool


@register.simple_tag(takes_context=True)
def desk_places(context: Context) -> list[Place]:
    """The places that this mandate opens."""
    request = context["request"]
    if getattr(request, "official", None) is None:
        return []
    links = [(reverse(name), str(text)) for name, text in PLACES.get(request.official.mandate.role, ())]
    here = max((link for link, _text in links if request.path.startswith(link)), key=len, default="")
    return [Place(link, text, link == here) for link, text in links]


@register.inclusion_tag("desk/mandate.html", takes_context=True)
def desk_mandate(context: Context) -> dict[str, Any]:
    """Under which mandate one works, with the way to another."""
    request = context["request"]
    official = getattr(request, "official", None)
    if official is None:
        return {}
    mandate = official.mandate
    return {
        "mandate": mandate,
        "authority": territories.authority(mandate.authority) if mandate.authority else None,
        "is_deputy": official.is_deputy,
        "has_others": len(request.mandates) > 1,
    }


@register.filter
def role(code: str) -> str:
    """The name of a role."""
    return str(ROLES.get(code, code))


ROLES = {
    "clerk": _("clerk"),
    "head": _("head"),
    "service_owner": _("service owner"),
    "administrator": _("administrator"),
}


@register.filter
def channel(code: str) -> str:
    """Where a contact happened, in words."""
    return str(CHANNELS.get(code, _("unknown")))


CHANNELS = {
    "portal": _("portal"),
    "app": _("app"),
    "api": _("API"),
    "proactive": _("proactively"),
    "e-mail": _("e-mail"),
    "phone": _("telephone"),
    "counter": _("counter"),
    "post": _("post"),
    "intermediary": _("intermediary"),
}


@register.filter
def entry(code: str) -> str:
    """Who put it in, in words."""
    return str(ENTRIES.get(code, ""))


ENTRIES = {
    "self": _("by the applicant"),
    "assisted": _("by the applicant with help"),
    "transcribed": _("typed by an official"),
}


@register.filter
def checked(code: str) -> str:
    """How identity was checked, in words."""
    return str(CHECKS.get(code, _("not checked")))


CHECKS = {
    "account": _("signed in"),
    "passport": _("by a document"),
    "signature": _("by the signature"),
    "known": _("known in person"),
    "phone": _("by telephone"),
    "token": _("by the sending system"),
}


@register.filter
def evidence_state(code: str) -> str:
    """What became of a request for evidence, in words."""
    return str(EVIDENCE_STATES.get(code, code))


EVIDENCE_STATES = {
    "": _("not asked"),
    "open": _("asked, no answer yet"),
    "received": _("answered"),
    "absent": _("nothing is held there"),
    "brought": _("brought by the applicant"),
    "overdue": _("overdue"),
    "cancelled": _("cancelled"),
}
