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
        same = {
            "family_name": _is_same(typed.family_name, registered.family_name),
            "given_name": _is_same(typed.given_name, registered.given_name),
            "born_on": typed.born_on == registered.born_on,
        }
        return tuple(part for part, is_same in same.items() if not is_same)
    if isinstance(typed, OrganisationIdentity) and isinstance(registered, OrganisationIdentity):
        return () if _names(typed) & _names(registered) else ("name",)
    return ("name",)


def agree(typed: AnyIdentity, registered: AnyIdentity) -> bool:
    """Whether a number typed beside this can be that of whom is registered: what is not known of a registered
    person (a birthday) cannot differ. An organisation writes its legal form in full or short, or leaves it
    out: the other words of the shorter name have to stand in the longer one.
    """
    if isinstance(typed, OrganisationIdentity) and isinstance(registered, OrganisationIdentity):
        return any(_is_much_the_same(one, other) for one in _names(typed) for other in _names(registered))
    return not any(getattr(registered, part) for part in differing(typed, registered))


def in_words(parts: Iterable[str]) -> object:
    """The parts as a sentence names them, in the language in which it is read."""
    codes = tuple(parts)
    return format_lazy(", ".join(["{}"] * len(codes)), *(PARTS[code] for code in codes))


def _is_much_the_same(one: str, other: str) -> bool:
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return set(shorter[1:] or shorter) <= set(longer)


def _is_same(one: str, other: str) -> bool:
    return one == other or normal_name(one) == normal_name(other)


def _names(organisation: OrganisationIdentity) -> set[str]:
    return {normal_name(name) for name in (organisation.name, organisation.short_name) if name}
