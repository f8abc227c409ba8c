"""The text of a document: a structure of requisites and blocks, the same for the PDF and for the page.

The requisites follow GOST R 7.0.97-2025 (in force since 18 August 2025): organisation, place, addressee,
reference to the application, heading, text, enclosures, signature, executor. Number, date, QR code and the
mark of the signature are added by the room itself when the document is issued and signed.

As a dictionary (`Text.of`, `plain`), which is what commands take and faces get:

    {"title": "Решение о присвоении адреса", "header": ["Администрация города Заречного", "ул. Ленина, 1"],
    "place": "г. Заречный", "addressee": ["Ивановой Анне Петровне"], "reference": "На заявление № … от …",
    "blocks": [{"type": "paragraph", "text": "…"}, {"type": "heading", "text": "…"}, {"type": "list",
    "items": ["…"]},
                {"type": "rows", "title": "…", "rows": [["Размер субсидии", "2 450,00 руб."]]}, {"type":
                "table", "title": "…", "head": ["Месяц", "Сумма"], "rows": [["март", "…"]]}], "enclosures":
                [], "signatory": {"post": "Глава города", "name": "И. И. Петров"}, "executor": "…", "data":
                {…}}

Only `title` and one block are needed. What a package writes, `paragraphs` and `table`, is taken as well and
becomes blocks. `data` is what machines read in the attached JSON; it may hold texts, whole numbers, truth
values, lists and dictionaries.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from zemstvo.capabilities.documents.refusals import TextIsUnusable

LONGEST_LINE = 20_000
"""Characters of one paragraph, cell or line at most."""

LONGEST_TEXT = 200_000
"""Characters of a whole document at most: some seventy pages."""

MOST_ROWS = 2_000
"""Rows of a table, and blocks of a document, at most."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the text: `type` is paragraph, heading, list, rows (label, value) or table (with a head)."""

    type: str
    text: str = ""
    items: tuple[str, ...] = ()
    title: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs, as printed: post and name (requisite 22)."""

    post: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The text of a document with its requisites; every string is clean (NFC, no control characters)."""

    title: str
    header: tuple[str, ...] = ()
    place: str = ""
    addressee: tuple[str, ...] = ()
    reference: str = ""
    blocks: tuple[Block, ...] = ()
    enclosures: tuple[str, ...] = ()
    signatory: Signatory = Signatory()
    executor: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Text:
        """Read the dictionary form. Refuses with TextIsUnusable, which says what is wrong and where."""
        reader = _Reader()
        text = reader.text(given)
        if reader.length > LONGEST_TEXT:
            raise TextIsUnusable(fault=_("it is longer than %(most)s characters") % {"most": LONGEST_TEXT})
        return text

    def plain(self) -> dict[str, Any]:
        """The dictionary form: strings, lists and dictionaries only."""
        found = asdict(self)
        found["blocks"] = [
            {name: value for name, value in asdict(block).items() if value} for block in self.blocks
        ]
        return {name: _listed(value) for name, value in found.items()}


class _Reader:
    """Reads the dictionary form and counts what it has read."""

    KEYS = {*Text.__dataclass_fields__, "paragraphs", "table"}

    def __init__(self) -> None:
        self.length = 0

    def text(self, given: Mapping[str, Any]) -> Text:
        if unknown := sorted(set(given) - self.KEYS):
            raise TextIsUnusable(
                fault=_("it has a part that no document has: %(part)s") % {"part": unknown[0]}
            )
        blocks = tuple(self.block(one, f"blocks[{place}]") for place, one in enumerate(self.blocks(given)))
        blocks = tuple(block for block in blocks if block.text or block.items or block.rows)
        title = self.line(given.get("title"), "title")
        if not title or not blocks:
            raise TextIsUnusable(fault=_("nothing is written in it"))
        signatory = given.get("signatory") or {}
        return Text(
            title=title,
            header=self.lines(given.get("header", ()), "header"),
            place=self.line(given.get("place", ""), "place"),
            addressee=self.lines(given.get("addressee", ()), "addressee"),
            reference=self.line(given.get("reference", ""), "reference"),
            blocks=blocks,
            enclosures=self.lines(given.get("enclosures", ()), "enclosures"),
            signatory=Signatory(
                post=self.line(signatory.get("post", ""), "signatory.post"),
                name=self.line(signatory.get("name", ""), "signatory.name"),
            ),
            executor=self.line(given.get("executor", ""), "executor"),
            data=_machine_readable(given.get("data") or {}, "data"),
        )

    def blocks(self, given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        """The blocks as given, and after them those that a package's paragraphs and table make."""
        found = list(given.get("blocks") or ())
        found += [{"type": "paragraph", "text": one} for one in given.get("paragraphs") or ()]
        if table := given.get("table"):
            rows = [
                [row["label"], row["value"]] if isinstance(row, Mapping) else row for row in table["rows"]
            ]
            found.append({"type": "rows", "title": table.get("title", ""), "rows": rows})
        if len(found) > MOST_ROWS:
            raise TextIsUnusable(fault=_("it has more than %(most)s parts") % {"most": MOST_ROWS})
        return found

    def block(self, given: Mapping[str, Any], place: str) -> Block:
        match given.get("type"):
            case "paragraph" | "heading" as type_:
                return Block(type_, text=self.line(given.get("text"), f"{place}.text"))
            case "list":
                return Block("list", items=self.lines(given.get("items"), f"{place}.items"))
            case "rows" | "table" as type_:
                return self.table(type_, given, place)
        raise TextIsUnusable(fault=_("%(place)s is of no known type") % {"place": place})

    def table(self, type_: str, given: Mapping[str, Any], place: str) -> Block:
        head = self.lines(given.get("head", ()), f"{place}.head")
        rows = given.get("rows") or ()
        if len(rows) > MOST_ROWS:
            raise TextIsUnusable(fault=_("it has more than %(most)s parts") % {"most": MOST_ROWS})
        width = 2 if type_ == "rows" else len(head)
        cells = tuple(tuple(self.line(cell, f"{place}.rows") for cell in row) for row in rows)
        if any(len(row) != width for row in cells):
            wanted = {"place": f"{place}.rows", "width": width}
            raise TextIsUnusable(fault=_("each row of %(place)s needs %(width)s cells") % wanted)
        return Block(type_, title=self.line(given.get("title", ""), f"{place}.title"), head=head, rows=cells)

    def lines(self, given: Any, place: str) -> tuple[str, ...]:
        if not isinstance(given, Sequence) or isinstance(given, str):
            raise TextIsUnusable(fault=_("%(place)s is not a list") % {"place": place})
        found = (self.line(one, place) for one in given[:MOST_ROWS])
        return tuple(line for line in found if line)

    def line(self, given: Any, place: str) -> str:
        if not isinstance(given, str):
            raise TextIsUnusable(fault=_("%(place)s is not a text") % {"place": place})
        if len(given) > LONGEST_LINE:
            wanted = {"place": place, "most": LONGEST_LINE}
            raise TextIsUnusable(fault=_("%(place)s is longer than %(most)s characters") % wanted)
        found = clean(given)
        self.length += len(found)
        return found


def clean(given: str) -> str:
    """A text in Unicode's composed form, with line feeds as its only control characters, and no spaces at
    its ends.
    """
    composed = unicodedata.normalize(
        "NFC", given.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    )
    return "".join(
        sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in _UNSEEN
    ).strip()


_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Control, format (also those that turn the writing direction), surrogate, private and unassigned signs."""


def _machine_readable(given: Any, place: str) -> Any:
    match given:
        case bool() | int() | None:
            return given
        case str():
            return clean(given)
        case Mapping():
            return {str(name): _machine_readable(value, f"{place}.{name}") for name, value in given.items()}
        case list() | tuple():
            return [_machine_readable(value, place) for value in given]
    raise TextIsUnusable(fault=_("%(place)s holds what has no place in a document") % {"place": place})


def _listed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _listed(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(one) for one in value]
    return value
