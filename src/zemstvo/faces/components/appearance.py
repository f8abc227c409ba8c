"""The appearance of the pages that a visitor chose: size, spacing and colours of the text.

What others build as a second site for the visually impaired is a cookie here: the same pages, larger and
in stronger colours. The cookie holds three words and says nothing about who the visitor is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

SIZES = ("100", "150", "200")
SPACINGS = ("normal", "spaced")
COLOURS = ("normal", "black", "white")


@dataclass(frozen=True, slots=True)
class Appearance:
    """Size in percent, spacing, and colours: black on white or white on black."""

    COOKIE: ClassVar[str] = "appearance"

    size: str = "100"
    spacing: str = "normal"
    colours: str = "normal"

    @classmethod
    def of(cls, cookie: str) -> Appearance:
        """The appearance that a cookie names; anything unknown in it is the usual one."""
        parts = cookie.split(".")
        if len(parts) != 3:
            return cls()
        size, spacing, colours = parts
        known = size in SIZES and spacing in SPACINGS and colours in COLOURS
        return cls(size, spacing, colours) if known else cls()

    @property
    def cookie(self) -> str:
        """The text that the cookie keeps."""
        return f"{self.size}.{self.spacing}.{self.colours}"

    @property
    def classes(self) -> str:
        """The classes of the html element."""
        chosen = [
            f"z-size-{self.size}" if self.size != "100" else "",
            "z-spaced" if self.spacing == "spaced" else "",
            f"z-{self.colours}" if self.colours != "normal" else "",
        ]
        return " ".join(filter(None, chosen))
