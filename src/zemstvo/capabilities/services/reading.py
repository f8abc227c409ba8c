"""Reading YAML that others wrote: a small, plain part of YAML, with the place of every value.

Taken: mappings, lists, plain and quoted texts, whole decimal numbers, true, false, null. Refused, with file,
line and expectation: duplicated keys, anchors and aliases (a few lines of them unfold to gigabytes), tags
(they name classes to be made), fractions, deep nesting, more than one document, control characters, marks
that nobody sees (U+2028, U+2029, U+FEFF), bytes that are not UTF-8, large files. A day like 2026-11-04 stays
a text, and so does a code like 04631437.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from zemstvo.capabilities.services.faults import Fault, Path, Position, dotted, shown

LARGEST_FILE = 512 * 1024
"""Bytes of one file."""
DEEPEST = 24
MOST_VALUES = 50_000
MOST_FAULTS = 100
LONGEST_NUMBER = 15

_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_FRACTION = re.compile(
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_CODE = re.compile(r"0[0-9]+")
_BREAK = re.compile(r"\r\n?|\n")


@dataclass(slots=True)
class Document:
    """What was read: the value (None after a fault), the place of every part by its path, the faults."""

    file: str
    value: Any = None
    positions: dict[Path, Position] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def position(self, path: Path) -> Position:
        """The place of a value, or of the nearest thing around it that has one."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, Position(self.file, 0, 0))

    def fault(self, path: Path, value: str, expected: str, *, warning: bool = False) -> None:
        """Add a fault at a path."""
        place = self.position(path)
        self.faults.append(
            Fault(place.file, place.line, place.column, dotted(path), value, expected, warning)
        )


def read_file(path: FilePath, name: str) -> Document:
    """Read a YAML file; faults name it as `name`. Never raises for what stands in it."""
    document = Document(name)
    try:
        if path.is_symlink() or not path.is_file():
            _refuse(document, 0, 0, "", "an ordinary file is expected")
            return document
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        _refuse(document, 0, 0, "", f"a file that can be read is expected ({error.strerror})")
        return document
    return read_bytes(content, name)


def read_bytes(content: bytes, name: str) -> Document:
    """Read the YAML of some bytes; faults name it as `name`."""
    document = Document(name)
    if len(content) > LARGEST_FILE:
        _refuse(document, 0, 0, "", f"a file of at most {LARGEST_FILE} bytes is expected")
        return document
    text = _decoded(document, content)
    if text is None or _has_control(document, text):
        return document
    try:
        _Builder(document).build(_events(text))
    except _Unreadable as unreadable:
        _refuse(document, unreadable.line, unreadable.column, unreadable.value, unreadable.expected)
    except yaml.YAMLError as error:
        line, column = _place_of_error(error, text)
        problem = " ".join(str(getattr(error, "problem", None) or "").split())
        _refuse(
            document, line, column, "", f"YAML is expected ({problem})" if problem else "YAML is expected"
        )
    if any(not fault.warning for fault in document.faults):
        document.value = None
    return document


def _place_of_error(error: yaml.YAMLError, text: str) -> tuple[int, int]:
    """The line and column of an error; libyaml puts the end of a text on the line after it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return 0, 0
    lines = _BREAK.split(text)
    if mark.line >= len(lines):
        return len(lines), len(lines[-1]) + 1
    return mark.line + 1, mark.column + 1


class _Unreadable(Exception):
    """Reading cannot go on."""

    def __init__(self, line: int, column: int, value: str, expected: str) -> None:
        super().__init__(expected)
        self.line = line
        self.column = column
        self.value = value
        self.expected = expected


def _refuse(document: Document, line: int, column: int, value: str, expected: str, where: str = "") -> None:
    if len(document.faults) < MOST_FAULTS:
        document.faults.append(Fault(document.file, line, column, where, value, expected))


def _decoded(document: Document, content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        _refuse(document, line, column, f"the byte 0x{content[error.start]:02X}", "UTF-8 is expected")
        return None


def _has_control(document: Document, text: str) -> bool:
    found = _CONTROL.search(text)
    if found is None:
        return False
    line = text.count("\n", 0, found.start()) + 1
    column = found.start() - text.rfind("\n", 0, found.start())
    _refuse(
        document, line, column, f"the sign U+{ord(found.group()):04X}", "no control characters are expected"
    )
    return True


class _WithoutLibyaml(yaml.SafeLoader):
    """PyYAML's own parser, taught the one thing it lacks: `{ru: Кто?}` has a question mark in its text."""

    _in_plain = False

    def scan_plain(self) -> Any:
        self._in_plain = True
        try:
            return super().scan_plain()
        finally:
            self._in_plain = False

    def peek(self, index: int = 0) -> str:
        sign = str(super().peek(index))
        return "x" if sign == "?" and self._in_plain else sign


_PARSER: Any = getattr(yaml, "CSafeLoader", _WithoutLibyaml)
"""libyaml takes a tenth of the time of a parser in Python; PyYAML may have been built without it. Only the
events are taken from either: values are made here, so no word (`no`, `12:30`) and no class of YAML 1.1."""


def _events(text: str) -> Iterator[Event]:
    return iter(yaml.parse(text, Loader=_PARSER))


def _place(event: Event) -> tuple[int, int]:
    """Where an event begins: line and column, each from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


@dataclass(slots=True)
class _Open:
    """A mapping or list that is being read, and the key for which a value is awaited."""

    value: Any
    path: Path
    key: str | None = None


class _Builder:
    """Puts the values together from the events, without recursion, and keeps the place of each."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._open: list[_Open] = []
        self._values = 0
        self._documents = 0

    def build(self, events: Iterator[Event]) -> None:
        for event in events:
            self._take(event)
        if not self._values:
            raise _Unreadable(1, 1, "empty", "a mapping is expected")

    def _take(self, event: Event) -> None:
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(event, "a second document", "one document a file is expected")
        elif isinstance(event, AliasEvent):
            self._stop(event, f"the alias *{event.anchor}", "the value itself is expected, written out")
        elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            self._refuse_marks(event)
            self._begin(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._open.pop()

    def _refuse_marks(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        if event.anchor is not None:
            self._stop(event, f"the anchor &{event.anchor}", "a value without an anchor is expected")
        if event.tag is not None:
            self._stop(event, f"the tag {event.tag}", "a value without a tag is expected")

    def _begin(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._take_key(top, event)
            return
        self._values += 1
        if self._values > MOST_VALUES:
            self._stop(event, "a larger document", f"at most {MOST_VALUES} values are expected")
        path = self._next_path(top)
        # A key's place is the better one to point at: its value may begin on a later line.
        self._document.positions.setdefault(path, Position(self._document.file, *_place(event)))
        value = self._value(event, path)
        if top is None:
            self._document.value = value
        elif isinstance(top.value, list):
            top.value.append(value)
        else:
            assert top.key is not None
            top.value[top.key] = value
            top.key = None
        if not isinstance(event, ScalarEvent):
            if len(self._open) >= DEEPEST:
                self._stop(event, "a deeper nesting", f"at most {DEEPEST} levels are expected")
            self._open.append(_Open(value, path))

    def _next_path(self, top: _Open | None) -> Path:
        if top is None:
            return ()
        return (*top.path, len(top.value) if isinstance(top.value, list) else str(top.key))

    def _take_key(self, top: _Open, event: ScalarEvent | MappingStartEvent | SequenceStartEvent) -> None:
        if not isinstance(event, ScalarEvent):
            self._stop(event, "a list or mapping as a key", "a plain word is expected")
            return
        key = str(event.value)
        path = (*top.path, key)
        if key in top.value:
            first = self._document.positions[path].line
            _refuse(
                self._document,
                *_place(event),
                "there twice",
                f"each key once is expected (first on line {first})",
                dotted(path),
            )
        else:
            self._document.positions[path] = Position(self._document.file, *_place(event))
        top.key = key

    def _value(self, event: ScalarEvent | MappingStartEvent | SequenceStartEvent, path: Path) -> Any:
        if isinstance(event, MappingStartEvent):
            return {}
        if isinstance(event, SequenceStartEvent):
            return []
        text = str(event.value)
        return self._plain(event, text, path) if event.style in (None, "") else text

    def _plain(self, event: ScalarEvent, text: str, path: Path) -> Any:
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return text.lower() == "true"
        if _WHOLE.fullmatch(text):
            if len(text) > LONGEST_NUMBER:
                self._fault(
                    event, path, text, "a number of at most 15 digits, or a text in quotes, is expected"
                )
            return int(text) if len(text) <= LONGEST_NUMBER else 0
        if _FRACTION.fullmatch(text) and not _CODE.fullmatch(text):
            self._fault(
                event, path, text, "a whole number (money in minor units), or a text in quotes, is expected"
            )
            return 0
        return text

    def _fault(self, event: Event, path: Path, value: str, expected: str) -> None:
        _refuse(self._document, *_place(event), shown(value)[1:-1], expected, dotted(path))

    def _stop(self, event: Event, value: str, expected: str) -> None:
        raise _Unreadable(*_place(event), value, expected)
