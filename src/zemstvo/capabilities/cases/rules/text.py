"""Words that people type: cleaned of what nobody can see."""

from __future__ import annotations

import unicodedata


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
