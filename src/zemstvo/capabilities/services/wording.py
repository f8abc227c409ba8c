"""Texts of a package: one string per language, a missing language falling back to the package's base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Text = Mapping[str, str]
"""A sentence by language code; never empty."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence in a language; `lang` is empty when it is the one that was asked for."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


def wording(text: Text | None, language: str, base: str) -> Wording:
    """The sentence in the language, or in the base language and marked so. Empty for no text at all."""
    if not text:
        return Wording("")
    found = text.get(language) or text.get(language.partition("-")[0])
    if found is not None:
        return Wording(found)
    code = base if base in text else next(iter(text))
    return Wording(text[code], code)
