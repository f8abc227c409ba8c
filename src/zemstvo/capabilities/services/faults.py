"""A fault of a package: where it stands, what stands there, what is expected."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
"""The way to a value in a document: keys and places, as in ("pages", 0, "title")."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. `line` and `column` count from 1, 0 where there is none; `where` is the path in the file.

    A `warning` does not keep a package from being published: a missing translation, for instance.
    """

    file: str
    line: int
    column: int
    where: str
    value: str
    expected: str
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        value = f" is {self.value}" if self.value else ""
        subject = self.where or ("the file" if not value else "it")
        return f"{place}: {subject}{value}; {self.expected}."


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file, from 1."""

    file: str
    line: int
    column: int


def shown(value: Any, longest: int = 60) -> str:
    """A value as a fault shows it: its JSON text, shortened."""
    text = value if isinstance(value, _Bare) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def dotted(path: Path) -> str:
    """A path as people read it: pages[1].title, places counted from 1."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


class _Bare(str):
    """A text that a fault shows without quotes."""


def bare(text: str) -> str:
    """A text to be shown as it is, without quotes."""
    return _Bare(text)
