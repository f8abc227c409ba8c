"""Letters and decisions: templates of a package, filled in for one case.

A template is a title, paragraphs and a table of labelled values with {placeholders}; some are written only
under a condition. What comes out is a neutral structure, which the official may edit before it is signed
and which the room of documents turns into a numbered document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from zemstvo.capabilities.services.expressions.running import Expression, ExpressionFailed
from zemstvo.capabilities.services.faults import Path
from zemstvo.capabilities.services.wording import Text

_PLACEHOLDER = re.compile(r"\{([^{}\n]{0,120})\}")

Spell = Callable[[Mapping[str, Any], str], str]
"""Writes one value: takes the values of the case and the language."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with placeholders, by language: pieces of text and names of values in turn."""

    pieces: Mapping[str, tuple[str, ...]]
    base: str

    @classmethod
    def of(cls, text: Text, base: str) -> Sentence:
        """Take a text apart. Odd pieces are names."""
        return cls({language: tuple(_PLACEHOLDER.split(words)) for language, words in text.items()}, base)

    def names(self) -> Iterator[tuple[str, str]]:
        """The placeholders: language and name."""
        for language, pieces in self.pieces.items():
            for name in pieces[1::2]:
                yield language, name

    def written(self, spell: Mapping[str, Spell], values: Mapping[str, Any], language: str) -> str:
        """The sentence with the values written in."""
        pieces = self.pieces.get(language) or self.pieces[self.base]
        text = pieces[0]
        for name, behind in zip(pieces[1::2], pieces[2::2], strict=True):
            text += spell[name](values, language)
            # An abbreviation at the end of a sentence («6 330,00 руб.») brings the full stop with it.
            text += behind[1:] if text.endswith(".") and behind.startswith(".") else behind
        return text.strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the condition under which it is written."""

    sentence: Sentence
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled value, and the condition under which it is written."""

    label: Sentence
    value: Sentence
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The table behind the paragraphs."""

    title: Sentence | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """The template of a letter. `kind` is decision, refusal, notice, request or receipt."""

    id: str
    kind: str
    title: Sentence
    paragraphs: tuple[Paragraph, ...]
    table: Table | None = None

    def sentences(self) -> Iterator[tuple[Path, Sentence]]:
        """All its sentences, each with its place in the template."""
        yield ("title",), self.title
        for place, paragraph in enumerate(self.paragraphs):
            yield ("paragraphs", place, "text"), paragraph.sentence
        if self.table:
            if self.table.title:
                yield ("table", "title"), self.table.title
            for place, row in enumerate(self.table.rows):
                yield ("table", "rows", place, "label"), row.label
                yield ("table", "rows", place, "value"), row.value


def write(
    template: Template, spell: Mapping[str, Spell], values: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """A letter: {"title", "paragraphs", "table"}; a table is {"title", "rows": [{"label", "value"}]} or None.

    Days, money and numbers are written as the language writes them.
    """
    with translation.override(language):
        table = template.table
        return {
            "title": template.title.written(spell, values, language),
            "paragraphs": [
                paragraph.sentence.written(spell, values, language)
                for paragraph in template.paragraphs
                if _holds(paragraph.when, values)
            ],
            "table": table
            and {
                "title": table.title.written(spell, values, language) if table.title else "",
                "rows": [
                    {
                        "label": row.label.written(spell, values, language),
                        "value": row.value.written(spell, values, language),
                    }
                    for row in table.rows
                    if _holds(row.when, values)
                ],
            },
        }


def _holds(when: Expression | None, values: Mapping[str, Any]) -> bool:
    """Whether a part is written; what cannot be reckoned is left in, for the official to see."""
    try:
        return when is None or bool(when(values))
    except ExpressionFailed:
        return True
