"""Reading the official list of territories: the classifier of a country, as CSV.

Two forms are recognised by their header:

* OKTMO: a code column (`code8`, `code`, `октмо`…) or its parts (`ter`, `kod1`, `kod2`, `kod3`), the check
  digit and the name; levels and parents follow from the code, headings of groups are left out;
* a plain list of any country: `code`, `level`, `name`, and, where they are known, `parent`, `kind`, `zone`.

A name may have columns for languages besides: `name_en`. What the tables in `tables/` add to the Russian list
is no law of the code: the names of the regions (the list has only "Municipalities of …") and the time zones.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from zemstvo.ground.territory.names import LONGEST_NAME, clean_names, is_plain, shown
from zemstvo.ground.territory.refusals import CodeUnclear, NamesUnclear
from zemstvo.ground.territory.rules import Level, oktmo
from zemstvo.ground.territory.rules.schemes import OKTMO, PLAIN
from zemstvo.ground.territory.sheets import MOST_FAULTS, Fault, Line, Sheet, read_sheet, sheet_of
from zemstvo.ground.territory.zones import known_zones

TABLES = Path(__file__).parent / "tables"

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("code", "code8", "code11", "oktmo", "октмо", "код", "код октмо"),
    "ter": ("ter", "тер"),
    "kod1": ("kod1", "код1"),
    "kod2": ("kod2", "код2"),
    "kod3": ("kod3", "код3"),
    "check": ("check", "check_in_source", "check_digit", "kch", "кч", "контрольное число"),
    "name": ("name", "name1", "наименование", "название"),
    **{f"name_{language}": (f"name_{language}",) for language, _label in settings.LANGUAGES},
    "level": ("level", "уровень"),
    "parent": ("parent", "входит в"),
    "kind": ("kind", "вид"),
    "zone": ("zone", "часовой пояс"),
}

_LANGUAGE_NAMES = {column for column in COLUMNS if column.startswith("name_")}


@dataclass(frozen=True, slots=True)
class ListedTerritory:
    """A territory as a list has it. `above` names its possible parents, the nearest first."""

    line: int
    code: str
    level: Level
    kind: str
    above: tuple[str, ...]
    names: Mapping[str, str]
    zone: str = ""
    check_digit: int | None = None
    check_digit_printed: int | None = None


@dataclass(frozen=True, slots=True)
class TerritoryList:
    """A list as it was read: its territories, the faults that forbid its import, and the remarks.

    `remarks` are what was put right on the way (misprinted check digits), a line each; `headings` counts
    the lines that name no territory.
    """

    scheme: str
    territories: tuple[ListedTerritory, ...]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()
    headings: int = 0
    lines: int = 0
    encoding: str = ""
    digest: str = ""


@dataclass(slots=True)
class _Reading:
    territories: list[ListedTerritory] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)
    headings: int = 0
    seen: dict[str, int] = field(default_factory=dict)

    def is_new(self, code: str, line: int) -> bool:
        """Whether the code has not stood in the list before; else that is a fault."""
        first = self.seen.setdefault(code, line)
        if first != line:
            again = _("stands on line %(line)s already") % {"line": first}
            self.faults.append(Fault(line, "code", code, again))
        return first == line


def read(path: Path | str) -> TerritoryList:
    """Read a list from a file. Never raises for what is in the file: see `faults`."""
    return _read(read_sheet(path, COLUMNS))


def read_bytes(content: bytes) -> TerritoryList:
    """Read a list that somebody uploaded."""
    return _read(sheet_of(content, COLUMNS))


def region_names() -> dict[str, tuple[str, str, str]]:
    """The regions of the Russian list by code: name in Russian, in English, time zone."""
    return {code: (ru, en, zone) for code, ru, en, zone in _table("ru_regions.csv")}


def _read(sheet: Sheet) -> TerritoryList:
    is_plain_list = "level" in sheet.columns
    faults = [*sheet.faults, *(_missing_columns(sheet, is_plain_list) if not sheet.faults else ())]
    reading = _Reading(faults=faults)
    if not faults:
        read_line = _plain_line if is_plain_list else _oktmo_line
        for line in sheet.lines:
            read_line(line, reading)
            if len(reading.faults) >= MOST_FAULTS:
                break
    return TerritoryList(
        scheme=(PLAIN if is_plain_list else OKTMO).name,
        territories=tuple(reading.territories),
        faults=tuple(reading.faults),
        remarks=tuple(reading.remarks),
        headings=reading.headings,
        lines=len(sheet.lines),
        encoding=sheet.encoding,
        digest=sheet.digest,
    )


def _missing_columns(sheet: Sheet, is_plain_list: bool) -> Iterable[Fault]:
    has_parts = {"ter", "kod1", "kod2"} <= sheet.columns
    wanted = ["name"] if has_parts and not is_plain_list else ["code", "name"]
    for column in wanted:
        if column not in sheet.columns and not (column == "name" and _LANGUAGE_NAMES & sheet.columns):
            known = _("the header has no such column; known headers: %(known)s")
            yield Fault(1, column, "", known % {"known": ", ".join(COLUMNS[column])})


def _oktmo_line(line: Line, reading: _Reading) -> None:
    code = line["code"] or "".join(line[part] for part in ("ter", "kod1", "kod2", "kod3"))
    code = "".join(code.split())
    if not oktmo.is_code(code):
        reading.faults.append(Fault(line.number, "code", shown(code), _("8 or 11 digits are expected")))
        return
    printed = line["check"]
    if printed and (len(printed) != 1 or printed not in "0123456789"):
        reading.faults.append(Fault(line.number, "check", shown(printed), _("one digit is expected")))
        return
    names = _names(line, reading)
    if names is None or not reading.is_new(code, line.number):
        return
    meaning = oktmo.oktmo(code)
    if meaning.is_heading:
        reading.headings += 1
        return
    zone = region_names().get(code, ("", "", ""))[2]
    if meaning.level is Level.REGION:
        names = _region_names(line, code, names, reading)
    right = oktmo.check_digit(code)
    is_misprint = bool(printed) and int(printed) != right
    if is_misprint:
        corrected = _("the check digit of %(code)s is %(right)s; it was corrected")
        corrected = corrected % {"code": code, "right": right}
        reading.remarks.append(Fault(line.number, "check", printed, corrected))
    reading.territories.append(
        ListedTerritory(
            line=line.number,
            code=code,
            level=meaning.level,
            kind=meaning.kind,
            above=meaning.above,
            names=names,
            zone=zone or _zone_exceptions().get(code, ""),
            check_digit=right,
            check_digit_printed=int(printed) if is_misprint else None,
        )
    )


def _region_names(line: Line, code: str, names: dict[str, str], reading: _Reading) -> dict[str, str]:
    """The list calls a region "Municipalities of …"; its own name comes from the table, if it has one."""
    ru, en, _zone = region_names().get(code, ("", "", ""))
    if ru:
        return {"ru": ru, "en": en}
    unnamed = _("the region is new to the house and bears the heading's name; rename it")
    reading.remarks.append(Fault(line.number, "name", shown(line["name"]), unnamed))
    return names


def _plain_line(line: Line, reading: _Reading) -> None:
    before = len(reading.faults)
    code = _plain_code(line, "code", reading)
    parent = _plain_code(line, "parent", reading) if line["parent"] else ""
    if line["level"] not in set(Level):
        expected = _("one of %(known)s is expected") % {"known": ", ".join(Level)}
        reading.faults.append(Fault(line.number, "level", shown(line["level"]), expected))
    if line["zone"] and line["zone"] not in known_zones():
        expected = _("a time zone of the IANA list is expected, such as Europe/Moscow")
        reading.faults.append(Fault(line.number, "zone", shown(line["zone"]), expected))
    kind = line["kind"]
    if kind and not (kind.isascii() and kind.replace("_", "").isalnum() and len(kind) <= 32):
        expected = _("a word of Latin letters, digits and underscores is expected")
        reading.faults.append(Fault(line.number, "kind", shown(kind), expected))
    names = _names(line, reading)
    if names is None or len(reading.faults) > before or not reading.is_new(code, line.number):
        return
    reading.territories.append(
        ListedTerritory(
            line=line.number,
            code=code,
            level=Level(line["level"]),
            kind=kind,
            above=(parent,) if parent else (),
            names=names,
            zone=line["zone"],
        )
    )


def _plain_code(line: Line, column: str, reading: _Reading) -> str:
    try:
        return PLAIN.typed(line[column]).code
    except CodeUnclear:
        expected = _("Latin letters, digits, dots and hyphens are expected, 64 at most")
        reading.faults.append(Fault(line.number, column, shown(line[column]), expected))
        return ""


def _names(line: Line, reading: _Reading) -> dict[str, str] | None:
    """The names of a line by language, or None and a fault. A bare `name` is in the site's own language."""
    names = {language: line[f"name_{language}"] for language, _label in settings.LANGUAGES}
    names[settings.LANGUAGE_CODE] = names.get(settings.LANGUAGE_CODE) or line["name"]
    names = {language: name for language, name in names.items() if name}
    try:
        return clean_names(names)
    except NamesUnclear:
        text = next(iter(names.values()), "")
        expected = _("a name is expected")
        if len(text) > LONGEST_NAME:
            expected = _("is longer than %(limit)s signs") % {"limit": LONGEST_NAME}
        elif not is_plain(text):
            expected = _("has signs that cannot be read")
        reading.faults.append(Fault(line.number, "name", shown(text), expected))
        return None


@cache
def _zone_exceptions() -> dict[str, str]:
    """Municipalities whose time zone is not their region's (107-FZ of 03.06.2011, art. 5)."""
    return {code: zone for code, _name, zone in _table("ru_zones.csv")}


@cache
def _table(name: str) -> tuple[tuple[str, ...], ...]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return tuple(tuple(row) for row in csv.reader(file))[1:]
