"""Whether two identities can be those of one person: what somebody typed, and what is registered."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity
from zemstvo.ground.people.search import normal_name

NUMBERS = "numbers"
"""Another of the numbers names somebody else."""

PARTS = {
    "family_name": _("the family name"),
    "given_name": _("the given name"),
    "born_on": _("the date of birth"),
    "name": _("the name of the organisation"),
    NUMBERS: _("another of the numbers, which names somebody else"),
}
"""What the parts that can differ are called."""


def differing(typed: AnyIdentity, registered: AnyIdentity) -> tuple[str, ...]:
    """Which of `PARTS` differ, the numbers apart; an unknown birthday differs from a known one.

    Letters are compared as the search compares them: ё as е, small as capital. Of an organisation one name in
    common is enough. A patronymic is passed over: it is left out too often.
    """
    if isinstance(typed, Identity) and isinstance(registered, Identity):
        pairs = {
            "family_name": (normal_name(typed.family_name), normal_name(registered.family_name)),
            "given_name": (normal_name(typed.given_name), normal_name(registered.given_name)),
            "born_on": (typed.born_on, registered.born_on),
        }
        return tuple(part for part, (one, other) in pairs.items() if one != other)
    if isinstance(typed, OrganisationIdentity) and isinstance(registered, OrganisationIdentity):
        return () if _names(typed) & _names(registered) else ("name",)
    return ("name",)


def in_words(parts: Iterable[str]) -> object:
    """The parts as a sentence names them, in the language in which it is read."""
    codes = tuple(parts)
    return format_lazy(", ".join(["{}"] * len(codes)), *(PARTS[code] for code in codes))


def _names(organisation: OrganisationIdentity) -> set[str]:
    return {normal_name(name) for name in (organisation.name, organisation.short_name) if name}
