"""Case numbers: `ZARECHNY-2026-000123-7`, whose last digit catches a wrong or swapped sign.

The check digit is Damm's (H. M. Damm, Total anti-symmetrische Quasigruppen, 2004) over the letters and digits
before it, a letter counting as two digits (A is 10, Z is 35; Cyrillic А is 40, Я is 71): every single wrong
digit and every swap of two neighbouring digits is found.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)

_FORM = re.compile(r"([0-9A-ZА-Я][0-9A-ZА-Я./-]*)-(\d{4})-(\d{6,9})-(\d)")


def check_digit(text: str) -> int:
    """Damm's check digit over the letters and digits of a text; other signs do not count."""
    digit = 0
    for sign in text.upper():
        for part in _digits(sign):
            digit = _DAMM[digit][part]
    return digit


@lru_cache(maxsize=256)
def _digits(sign: str) -> tuple[int, ...]:
    """What a sign counts as: itself for a digit, two digits for a letter, nothing for the rest."""
    if sign.isascii():
        value = str(int(sign, 36)) if sign.isalnum() else ""
    else:
        value = str(ord(sign) - ord("А") + 40) if "А" <= sign <= "Я" else ""
    return tuple(map(int, value))


def case_number(prefix: str, year: int, serial: int) -> str:
    """A case number: the authority's prefix, the year, a serial of six digits or more, the check digit."""
    body = f"{prefix}-{year}-{serial:06d}"
    return f"{body}-{check_digit(body)}"


def is_case_number(text: str) -> bool:
    """Whether a text has the form of a case number and its check digit is right."""
    match = _FORM.fullmatch(text)
    return match is not None and check_digit(text[:-2]) == int(match[4])


def tidy_number(text: str) -> str:
    """A case number as it was typed: spaces away, dashes of every kind one kind, capitals."""
    return re.sub(r"[‐-―−]", "-", re.sub(r"\s+", "", text)).upper()[:64]
