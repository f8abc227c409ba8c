"""Words that people type: cleaned of what nobody can see."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any


def tidy_words(words: str) -> str:
    """A text in composed form, line feeds as its only control signs, without spaces at its ends."""
    composed = unicodedata.normalize(
        "NFC", words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    )
    return "".join(
        sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in _UNSEEN
    ).strip()


_UNSEEN = {"Cc", "Cs", "Co", "Cn"}
"""Control signs, lone surrogates, private and unassigned signs."""


def words_in(answers: Mapping[str, Any], field: str) -> list[str]:
    """The texts in the answer of a field, also in its parts and in the rows of repeats."""
    found = _texts(answers[field]) if field in answers else []
    rows = (row for value in answers.values() if isinstance(value, list) for row in value)
    return found + [
        text for row in rows if isinstance(row, Mapping) and field in row for text in _texts(row[field])
    ]


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _texts(part)]
    return []
