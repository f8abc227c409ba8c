"""Numbers and codes of documents: arithmetic on text, without database or clock."""

from __future__ import annotations

import re
from hashlib import sha256

CODE_BYTES = 10
"""Random bytes of a verification code: 80 bits, the least that DESIGN §10 asks for."""

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = CODE_BYTES * 8 // 5
_SPREAD = str.maketrans(
    # What people read, and what a Russian keyboard types, for the symbol that stands on the paper.
    {"O": "0", "I": "1", "L": "1", "U": "V"}
    | dict(zip("АВЕКМНОРСТХУІ", "ABEKM" + "H" + "0" + "PCTX" + "Y" + "1", strict=True))
)
_INDEX = re.compile(r"[0-9A-ZА-ЯЁ][0-9A-ZА-Яа-яё.-]{0,11}")


def verification_code(random: bytes) -> str:
    """The code that stands on the paper: sixteen symbols of Crockford's base 32 in four groups.

    `random` is CODE_BYTES bytes of a cryptographic source.
    """
    if len(random) != CODE_BYTES:
        raise ValueError(f"a verification code is made of {CODE_BYTES} bytes, not of {len(random)}")
    value = int.from_bytes(random, "big")
    symbols = [_SYMBOLS[value >> 5 * place & 31] for place in reversed(range(_LENGTH))]
    return "-".join("".join(symbols[start : start + 4]) for start in range(0, _LENGTH, 4))


def code_as_printed(typed: str) -> str | None:
    """The code as it was printed, from what a person typed; None where it cannot be one.

    Case, spaces and dashes do not matter; O, I and L are read as digits, Cyrillic letters as the Latin ones
    that look alike.
    """
    symbols = re.sub(r"[\s\u2010-\u2015-]", "", typed[:100]).upper().translate(_SPREAD)
    if len(symbols) != _LENGTH or any(symbol not in _SYMBOLS for symbol in symbols):
        return None
    return "-".join(symbols[start : start + 4] for start in range(0, _LENGTH, 4))


def code_hash(code: str) -> bytes:
    """What is stored of a code: 80 random bits need no salt and no slow hash."""
    return sha256(b"zemstvo document " + code.encode()).digest()


INDEXES = {"decision": "01", "refusal": "02", "notice": "03", "request": "04", "receipt": "05"}
"""What the numbers of the usual registers begin with, where an authority has no index of its own for them.

Two registers of one authority that both began with nothing would both have a No. 1/2026.
"""


def document_number(index: str, sequence: int, year: int) -> str:
    """The registration number: index of the register, place in it, year (GOST R 7.0.97, requisite 11)."""
    return f"{index}-{sequence}/{year}" if index else f"{sequence}/{year}"


def is_register_index(index: str) -> bool:
    """Whether a text can be the index of a register: up to twelve letters, digits, dots and dashes, or
    nothing.
    """
    return not index or _INDEX.fullmatch(index) is not None
