"""Schemes: how the codes of territories of one country are written, and what they say.

The scheme of a territory is its parent's unless said. A country whose codes say nothing uses `PLAIN`, and
its list names level and parent in columns of their own; a new scheme is a new row of `SCHEMES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from zemstvo.ground.territory.refusals import CodeIsHeading, CodeUnclear, UnknownScheme, WrongCheckDigit
from zemstvo.ground.territory.rules import oktmo
from zemstvo.ground.territory.rules.levels import Level


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What a code says of its territory; `level` None and `above` empty where the scheme says nothing."""

    code: str
    level: Level | None = None
    kind: str = ""
    above: tuple[str, ...] = ()
    check_digit: int | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """One way to write codes. `typed` reads what a person typed and refuses what cannot be right."""

    name: str
    typed: Callable[[str], CodeMeaning]


_PLAIN_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_OKTMO_TYPED = re.compile(r"([0-9]{8}|[0-9]{11})(?:[ -]?([0-9]))?")


def may_be_code(text: str) -> bool:
    """Whether a text can be a code in any scheme. What cannot is not asked of the database (a NUL would
    abort the statement there)."""
    return _PLAIN_CODE.fullmatch(text) is not None


def _plain_typed(text: str) -> CodeMeaning:
    code = text.strip()
    if not _PLAIN_CODE.fullmatch(code):
        raise CodeUnclear(value=text[:60])
    return CodeMeaning(code)


def _oktmo_typed(text: str) -> CodeMeaning:
    """Eight or eleven digits, grouped as one likes, with or without the check digit behind a hyphen."""
    digits, _, check = text.strip().partition("-")
    grouped = "".join(digits.split())
    found = _OKTMO_TYPED.fullmatch(f"{grouped}-{check.strip()}" if check else grouped)
    if found is None:
        raise CodeUnclear(value=text[:60])
    code, typed = found[1], found[2]
    right = oktmo.check_digit(code)
    if typed is not None and int(typed) != right:
        raise WrongCheckDigit(code=code, digit=typed)
    meaning = oktmo.oktmo(code)
    if meaning.is_heading:
        raise CodeIsHeading(code=code)
    return CodeMeaning(code, meaning.level, meaning.kind, meaning.above, right)


PLAIN = Scheme("plain", _plain_typed)
OKTMO = Scheme("oktmo", _oktmo_typed)
SCHEMES = {scheme.name: scheme for scheme in (PLAIN, OKTMO)}


def scheme_named(name: str) -> Scheme:
    """The scheme of this name. Refuses with UnknownScheme."""
    if name not in SCHEMES:
        raise UnknownScheme(value=name[:60], known=", ".join(sorted(SCHEMES)))
    return SCHEMES[name]
