"""Reading a table that somebody exported from a spreadsheet: CSV in UTF-8 or Windows-1251, plain or in gzip.

A sheet is read whole or not at all. Every fault names its line, the column, the value and what is expected.
"""

from __future__ import annotations

import csv
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from zemstvo.ground.territory.names import shown

LARGEST_FILE = 64 * 1024 * 1024
LONGEST_LINE = 20_000
LONGEST_FIELD = 2_000
MOST_FAULTS = 100
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing about a file: line (0: the file as a whole), column, value and what is expected.

    A sentence for people in the language that was active when the file was read.
    """

    line: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        where = _("line %(line)s") % {"line": self.line} if self.line else _("the file")
        if self.column:
            return f"{where}, {self.column}: «{self.value}»; {self.expected}"
        return f"{where}: {self.expected}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: its number in the file, and its fields by the column's word in this house."""

    number: int
    fields: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields.get(column, "")


@dataclass(slots=True)
class Sheet:
    """A table as it was read. With faults it must not be used."""

    lines: list[Line] = field(default_factory=list)
    columns: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)
    encoding: str = ""
    digest: str = ""
    """SHA-256 of the file's bytes, as they came."""


Columns = Mapping[str, Sequence[str]]
"""For each column of ours the headers under which files know it, in lower case."""


def read_sheet(path: Path | str, columns: Columns) -> Sheet:
    """Read a CSV file whose first line names its columns, in any order; unknown columns are left out.

    Separator (comma, semicolon, tab) and encoding are recognised. Never raises for what is in the file.
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        return Sheet(faults=[Fault(0, "", "", _("cannot be read: %(reason)s") % {"reason": reason})])
    return sheet_of(content, columns)


def sheet_of(content: bytes, columns: Columns) -> Sheet:
    """The same for the bytes of a file that somebody uploaded."""
    sheet = Sheet(digest=sha256(content).hexdigest())
    try:
        content = _unpacked(content)
    except zlib.error:
        sheet.faults.append(Fault(0, "", "", _("is gzip, but damaged; pack it again or send it unpacked")))
        return sheet
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        sheet.faults.append(Fault(0, "", "", _("is larger than %(limit)s MB") % {"limit": limit}))
        return sheet
    text = _decoded(content, sheet)
    if text is not None:
        _read_lines(text, columns, sheet)
    return sheet


def _unpacked(content: bytes) -> bytes:
    """The content, out of its gzip where it is in one; never more than one byte too many of it."""
    if not content.startswith(_GZIP):
        return content
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    unpacked = unpacking.decompress(content, LARGEST_FILE + 1)
    if len(unpacked) <= LARGEST_FILE and not unpacking.eof:
        raise zlib.error("the stream has no end")
    return unpacked


def _decoded(content: bytes, sheet: Sheet) -> str | None:
    """The text of the file: UTF-8, else Windows-1251 if it is not just broken UTF-8."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        sheet.faults.append(Fault(0, "", "", _("is empty")))
        return None
    nul = content.find(b"\x00")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        sheet.faults.append(Fault(0, "", "", _("is UTF-16; save it as CSV in UTF-8")))
        return None
    if nul >= 0:
        line = content.count(b"\n", 0, nul) + 1
        sheet.faults.append(Fault(line, "", "", _("a NUL byte; this is not a text file, or it is damaged")))
        return None
    try:
        sheet.encoding = "utf-8"
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = error
    if not _is_mostly_utf8(content):
        try:
            sheet.encoding = "cp1251"
            return content.decode("cp1251")
        except UnicodeDecodeError as error:
            broken = error
    line = content.count(b"\n", 0, broken.start) + 1
    byte = f"0x{content[broken.start]:02x}"
    advice = _("the byte %(byte)s is neither UTF-8 nor Windows-1251 here; save the file again as UTF-8")
    sheet.faults.append(Fault(line, "", "", advice % {"byte": byte}))
    return None


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether the file is UTF-8 with some damage rather than Windows-1251.

    In UTF-8 nearly every byte above 127 belongs to a whole sequence; in a Russian text in Windows-1251
    such sequences come about by chance only.
    """
    high = len(content.translate(None, delete=bytes(range(128))))
    whole = sum(len(found) for found in re.findall(rb"[\xc3-\xd2][\x80-\xbf]|\xe2[\x80-\xbf]{2}", content))
    return whole * 2 > high


def _read_lines(text: str, columns: Columns, sheet: Sheet) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            long = _("is longer than %(limit)s signs; a quotation mark may be missing")
            sheet.faults.append(Fault(number, "", "", long % {"limit": LONGEST_LINE}))
            return
    rows = _csv_rows(text, sheet)
    first = next(rows, None)
    if first is None:
        return
    places = _places(first[1], columns, sheet)
    if sheet.faults:
        return
    sheet.columns = frozenset(places)
    for number, row in rows:
        if not any(value.strip() for value in row):
            continue
        if len(row) != len(first[1]):
            wanted = _("%(wanted)s fields are expected, %(found)s were found")
            sheet.faults.append(Fault(number, "", "", wanted % {"wanted": len(first[1]), "found": len(row)}))
        elif not _has_long_field(number, row, first[1], sheet):
            sheet.lines.append(Line(number, {name: row[place].strip() for name, place in places.items()}))
        if len(sheet.faults) >= MOST_FAULTS:
            return
    if places and not sheet.lines and not sheet.faults:
        sheet.faults.append(Fault(0, "", "", _("has a header but no lines")))


def _csv_rows(text: str, sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of the line on which each begins; a broken one is a fault and the end."""
    header = text.lstrip().split("\n", 1)[0]
    separator = max(",;\t", key=header.count)
    reader: Any = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for row in reader:
            if row:
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error:
        broken = _("is not a line of CSV: look for a quotation mark that is missing or too many")
        sheet.faults.append(Fault(begins, "", "", broken))


def _places(header: Sequence[str], columns: Columns, sheet: Sheet) -> dict[str, int]:
    """Where each column of ours stands in the file."""
    words = [" ".join(word.lower().split()) for word in header]
    places: dict[str, int] = {}
    for name, known in columns.items():
        found = [place for place, word in enumerate(words) if word in known]
        if len(found) > 1:
            twice = _("the column stands twice in the header")
            sheet.faults.append(Fault(1, name, shown(header[found[1]]), twice))
        if found:
            places[name] = found[0]
    return places


def _has_long_field(number: int, row: Sequence[str], header: Sequence[str], sheet: Sheet) -> bool:
    for place, value in enumerate(row):
        if len(value) > LONGEST_FIELD:
            long = _("is longer than %(limit)s signs") % {"limit": LONGEST_FIELD}
            sheet.faults.append(Fault(number, shown(header[place]), shown(value), long))
            return True
    return False
