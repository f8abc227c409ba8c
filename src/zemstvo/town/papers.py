"""Papers of the demo: small real PDF files that say on their face that they are samples."""

from __future__ import annotations

from functools import cache

import typst

_SHEET = """
#set document(title: sys.inputs.title)
#set page(paper: "a5")
#set text(lang: "ru", size: 12pt)
= #sys.inputs.title
Образец для демонстрации. Sample for the demo.
"""


@cache
def paper(title: str) -> bytes:
    """A page with a title, as PDF."""
    return bytes(typst.compile(_SHEET.encode(), sys_inputs={"title": title}))
