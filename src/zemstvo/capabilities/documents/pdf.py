"""Making the PDF: one template, one compiler, PDF/A-3a and PDF/UA-1 in the same file.

The same sheet makes the same bytes, on every machine: the fonts are in this folder (PT Serif, which has the
letters of all titular languages of Russia) and in the compiler, and no clock is read. Takes some 5 ms;
never call it inside a transaction.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import segno
import typst

from zemstvo.capabilities.documents.text import Text

STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]
"""ISO 19005-3 level A and ISO 14289-1, both claimed by the one file, and held to by the compiler."""

_HERE = Path(__file__).parent / "typst"
_compiling = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything that is printed, in words: the text, and what the room adds to it (wording.py)."""

    language: str
    subject: str
    """The title of the file, as readers of PDF announce it."""
    text: Text
    on: date
    date: str
    number: str
    check: tuple[str, ...] = ()
    """How to check the document, line by line; empty for a draft."""
    address: str = ""
    """The address of the verification page, for the QR code."""
    marks: tuple[tuple[str, ...], ...] = ()
    """The marks of signatures (requisite 23), each in lines."""
    labels: Mapping[str, str]
    is_draft: bool = False


def compiled(sheet: Sheet, attachment: Mapping[str, Any]) -> bytes:
    """The PDF of a sheet, with the data attached as `document.json`.

    A sign that no font at hand can show is written by its Unicode number, never left out.
    """
    inputs = {
        "sheet": json.dumps(_printed(sheet), ensure_ascii=False),
        "qr": qr_code(sheet.address) if sheet.address else "",
        "attachment": json.dumps(attachment, ensure_ascii=False, indent=2, sort_keys=True),
    }
    try:
        return _compile(inputs)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    return _compile(inputs | {"sheet": spelt_out(inputs["sheet"])})


def qr_code(address: str) -> str:
    """The QR code of an address as SVG, with its quiet zone; a quarter of it may be damaged (level Q)."""
    drawing = io.BytesIO()
    segno.make(address, error="q", micro=False).save(drawing, kind="svg", border=2, xmldecl=False)
    return drawing.getvalue().decode()


def spelt_out(text: str) -> str:
    """The text with every sign outside the fonts' alphabets written as [U+4E2D]."""
    return "".join(sign if _is_shown(sign) else f"[U+{ord(sign):04X}]" for sign in text)


_SHOWN = (
    (0x20, 0x17F), (0x218, 0x21B), (0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x386, 0x3CE), (0x400, 0x45F),
    (0x48A, 0x4FF), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026),
    (0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC), (0x20BD, 0x20BD),
    (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193), (0x2202, 0x2202), (0x2211, 0x2212),
    (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265),
)  # fmt: skip
"""Ranges of signs that the fonts show (a test prints them all): the letters of Russia and Europe."""


def _is_shown(sign: str) -> bool:
    return sign == "\n" or any(first <= ord(sign) <= last for first, last in _SHOWN)


def _printed(sheet: Sheet) -> dict[str, Any]:
    plain = sheet.text.plain()
    return {name: plain[name] for name in plain if name != "data"} | {
        "language": sheet.language,
        "subject": sheet.subject,
        "author": sheet.text.header[0] if sheet.text.header else sheet.labels["author"],
        "on": [sheet.on.year, sheet.on.month, sheet.on.day],
        "date": sheet.date,
        "number": sheet.number,
        "check": list(sheet.check),
        "marks": [list(mark) for mark in sheet.marks],
        "labels": dict(sheet.labels),
        "draft": sheet.is_draft,
    }


def _compile(inputs: dict[str, str]) -> bytes:
    with _compiling:
        made = _compiler().compile(format="pdf", pdf_standards=[*STANDARDS], sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("the compiler gave no bytes")
    return made


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        str(_HERE / "document.typ"),
        root=str(_HERE),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
    )
