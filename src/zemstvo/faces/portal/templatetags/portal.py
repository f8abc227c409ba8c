"""Tags of the citizens' pages: what only a demo shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

register = template.Library()


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
