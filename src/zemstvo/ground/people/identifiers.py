"""Russian identifiers: SNILS, INN, OGRN, OGRNIP: normalised, checked, and refused with the digit that fails.

Pure arithmetic. The algorithms: INN by order of the tax service ММВ-7-6/435@; OGRN and OGRNIP by order 165н
of the finance ministry; SNILS by the rules of the pension fund (reference/russia.md §4.6, executed on its
vectors).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class WrongLength(Refusal):
    """An identifier has too few or too many digits."""

    code = "identifier.length"
    message = _("%(kind)s has %(expected)s digits; %(found)s were given.")
    advice = _("Compare it with the document, digit by digit.")


class NotDigits(Refusal):
    """An identifier holds a sign that is no digit."""

    code = "identifier.sign"
    message = _("%(kind)s consists of digits; sign %(position)s is “%(sign)s”.")
    advice = _("Compare it with the document, digit by digit.")


class WrongCheckDigit(Refusal):
    """The check digit does not follow from the other digits: one of them, or it itself, is misprinted."""

    code = "identifier.check-digit"
    message = _(
        "%(kind)s is misprinted: digit %(position)s is %(found)s, but the other digits ask for %(expected)s."
    )
    advice = _("One digit or two neighbours are often swapped. Compare it with the document, digit by digit.")


class RepeatedDigit(Refusal):
    """A SNILS never holds the same digit three times in a row."""

    code = "identifier.repeated"
    message = _("%(kind)s never has one digit three times in a row, as in digits %(position)s to %(last)s.")
    advice = _("Compare it with the document, digit by digit.")


SNILS, OGRN, OGRNIP = _("SNILS"), _("OGRN"), _("OGRNIP")
INN, INN_OF_PERSON, INN_OF_ORGANISATION = _("INN"), _("INN of a natural person"), _("INN of an organisation")

_PARTING = re.compile(r"[\s\u00a0\u2007\u202f.\-‐‑‒–—_/]+")

SNILS_FIRST_CHECKED = 1_001_998
"""Numbers up to 001-001-998 were given out before there was a check sum."""


def snils(text: str) -> str:
    """The eleven digits of a SNILS. Refuses with a Refusal that names the digit."""
    digits = _digits(SNILS, text, (11,))
    for start in range(7):
        if len(set(digits[start : start + 3])) == 1:
            raise RepeatedDigit(kind=SNILS, position=start + 1, last=start + 3)
    if int(digits[:9]) > SNILS_FIRST_CHECKED:
        total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 0, -1), strict=False))
        expected = f"{total % 101 % 100:02d}"
        for place in (9, 10):
            _compare(SNILS, digits, place, expected[place - 9])
    return digits


def inn(text: str) -> str:
    """The ten (organisation) or twelve (natural person) digits of an INN. Refuses, naming the digit."""
    digits = _digits(INN, text, (10, 12))
    for weights in _INN_WEIGHTS[len(digits)]:
        _compare(INN, digits, len(weights), str(_weighted(digits, weights) % 11 % 10))
    return digits


def inn_of_organisation(text: str) -> str:
    """The ten digits of an organisation's INN."""
    return inn(_digits(INN_OF_ORGANISATION, text, (10,)))


def inn_of_person(text: str) -> str:
    """The twelve digits of a natural person's INN."""
    return inn(_digits(INN_OF_PERSON, text, (12,)))


def ogrn(text: str) -> str:
    """The thirteen digits of an OGRN. Refuses, naming the digit."""
    digits = _digits(OGRN, text, (13,))
    _compare(OGRN, digits, 12, str(int(digits[:12]) % 11 % 10))
    return digits


def ogrnip(text: str) -> str:
    """The fifteen digits of an OGRNIP. Refuses, naming the digit."""
    digits = _digits(OGRNIP, text, (15,))
    _compare(OGRNIP, digits, 14, str(int(digits[:14]) % 13 % 10))
    return digits


CHECKS: dict[str, Callable[[str], str]] = {"snils": snils, "inn": inn, "ogrn": ogrn, "ogrnip": ogrnip}
"""The identifiers that we know, by kind: each takes what was typed and returns bare digits, or refuses."""


NAMES = {"snils": SNILS, "inn": INN, "ogrn": OGRN, "ogrnip": OGRNIP}
"""What the identifiers are called, by kind, in the active language."""

_INN_WEIGHTS: dict[int, tuple[tuple[int, ...], ...]] = {
    10: ((2, 4, 10, 3, 5, 9, 4, 6, 8),),
    12: ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)),
}


def _digits(kind: StrPromise, text: str, lengths: Sequence[int]) -> str:
    bare = _PARTING.sub("", unicodedata.normalize("NFKC", text))
    for position, sign in enumerate(bare, 1):
        if sign not in "0123456789":
            raise NotDigits(
                kind=kind, position=position, sign=sign if sign.isprintable() else f"U+{ord(sign):04X}"
            )
    if len(bare) not in lengths:
        raise WrongLength(kind=kind, expected=" / ".join(map(str, lengths)), found=len(bare))
    return bare


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _compare(kind: StrPromise, digits: str, place: int, expected: str) -> None:
    if digits[place] != expected:
        raise WrongCheckDigit(kind=kind, position=place + 1, found=digits[place], expected=expected)
