"""Codes that open something: the tracking code of a case and the resume code of a draft.

A code has 16 signs of Crockford's base 32 (no I, L, O, U), 80 random bits, written in fours:
`7KQ2-9XW3-MB4T-0F6H`. Only its SHA-256 is stored; with 80 random bits no salt is needed.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16

_MISREAD = str.maketrans("OILАВСЕНКМОРТХЗ", "011ABCEHKM0PTX3")
"""Signs that are taken for others: Latin O, I, L, and Cyrillic letters that look like Latin ones."""


def new_code() -> str:
    """A fresh code in groups of four."""
    bits = secrets.randbits(5 * LENGTH)
    signs = "".join([ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH)])
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:12]}-{signs[12:]}"


def tidy_code(text: str) -> str:
    """A code as it was typed, in its one form, or the empty text where it cannot be one.

    Small letters, spaces, other dashes, Cyrillic letters that look like Latin ones, O for 0 and I or L
    for 1 are forgiven.
    """
    signs = re.sub(r"[\s‐-―−._-]+", "", text[:64]).upper().translate(_MISREAD)
    if len(signs) != LENGTH or any(sign not in ALPHABET for sign in signs):
        return ""
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def code_hash(code: str) -> bytes:
    """What is stored of a code (in its one form)."""
    return sha256(b"zemstvo code:" + code.encode()).digest()
