"""Reading a working calendar: CSV with a line for each day that is not what its weekday says.

Columns: `date`, `kind`, and, where they are known, the name of the holiday (`name`, `name_en`, `holiday`),
the day it was moved from (`moved_from`, as YYYY-MM-DD or MM.DD of the same year) and `source`, the law or
the decree.

Kinds are the words of this house (working, short, day_off, holiday, moved, decreed) or the three that
published Russian calendars use (nonworking, short_working, working_weekend). Of a `nonworking` day the reader
finds out what it is: decreed if its name cites a decree of the president, a holiday if it has a name, moved
if it lies on a weekday.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from zemstvo.ground.territory.names import clean_names, shown
from zemstvo.ground.territory.refusals import NamesUnclear
from zemstvo.ground.territory.rules import DayKind
from zemstvo.ground.territory.sheets import MOST_FAULTS, Fault, Line, Sheet, read_sheet, sheet_of

COLUMNS: dict[str, tuple[str, ...]] = {
    "date": ("date", "day", "дата", "день"),
    "kind": ("kind", "type", "вид"),
    "name": ("name", "holiday", "название", "праздник"),
    **{f"name_{language}": (f"name_{language}",) for language, _label in settings.LANGUAGES},
    "moved_from": ("moved_from", "moved_from_mm.dd", "перенесён с", "перенесен с"),
    "source": ("source", "источник"),
}

DECREES = ("Указ Президента",)
"""What the name of a decreed day cites in the published calendars."""

FOREIGN_KINDS = ("nonworking", "short_working", "working_weekend")
EARLIEST, LATEST = 1900, 2199
LONGEST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class ListedDay:
    """A day as a calendar has it."""

    line: int
    day: date
    kind: DayKind
    names: Mapping[str, str]
    moved_from: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CalendarList:
    """A calendar as it was read: its days, and the faults that forbid its import.

    It covers the whole of every year in which it has a day.
    """

    days: tuple[ListedDay, ...]
    faults: tuple[Fault, ...] = ()
    digest: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The years that it covers, in order."""
        return tuple(sorted({listed.day.year for listed in self.days}))


def read(path: Path | str) -> CalendarList:
    """Read a calendar from a file. Never raises for what is in the file: see `faults`."""
    return _read(read_sheet(path, COLUMNS))


def read_bytes(content: bytes) -> CalendarList:
    """Read a calendar that somebody uploaded."""
    return _read(sheet_of(content, COLUMNS))


def _read(sheet: Sheet) -> CalendarList:
    faults = [*sheet.faults, *(_missing_columns(sheet) if not sheet.faults else ())]
    days: dict[date, ListedDay] = {}
    for line in sheet.lines if not faults else ():
        found = _listed_day(line)
        if isinstance(found, Fault):
            faults.append(found)
        elif found.day in days:
            again = _("stands on line %(line)s already") % {"line": days[found.day].line}
            faults.append(Fault(line.number, "date", found.day.isoformat(), again))
        else:
            days[found.day] = found
        if len(faults) >= MOST_FAULTS:
            break
    return CalendarList(tuple(days.values()), tuple(faults), sheet.digest)


def _missing_columns(sheet: Sheet) -> Iterable[Fault]:
    for column in ("date", "kind"):
        if column not in sheet.columns:
            known = _("the header has no such column; known headers: %(known)s")
            yield Fault(1, column, "", known % {"known": ", ".join(COLUMNS[column])})


def _listed_day(line: Line) -> ListedDay | Fault:
    day = _date(line["date"])
    if day is None:
        expected = _("a date is expected, such as 2026-05-11, between %(earliest)s and %(latest)s")
        expected = expected % {"earliest": EARLIEST, "latest": LATEST}
        return Fault(line.number, "date", shown(line["date"]), expected)
    names = {language: line[f"name_{language}"] for language, _label in settings.LANGUAGES}
    names[settings.LANGUAGE_CODE] = names.get(settings.LANGUAGE_CODE) or line["name"]
    names = {language: name for language, name in names.items() if name}
    try:
        names = clean_names(names) if names else {}
    except NamesUnclear:
        return Fault(line.number, "name", shown(next(iter(names.values()))), _("a readable name is expected"))
    if len(line["source"]) > LONGEST_SOURCE:
        long = _("is longer than %(limit)s signs") % {"limit": LONGEST_SOURCE}
        return Fault(line.number, "source", shown(line["source"]), long)
    moved_from = _date(line["moved_from"], year=day.year) if line["moved_from"] else None
    if line["moved_from"] and moved_from is None:
        expected = _("a date is expected, such as 2026-05-09 or 05.09")
        return Fault(line.number, "moved_from", shown(line["moved_from"]), expected)
    kind = _kind(line["kind"], day, names)
    if kind is None:
        expected = _("one of %(known)s is expected") % {"known": ", ".join((*DayKind, *FOREIGN_KINDS))}
        return Fault(line.number, "kind", shown(line["kind"]), expected)
    return ListedDay(line.number, day, kind, names, moved_from, line["source"])


def _kind(word: str, day: date, names: Mapping[str, str]) -> DayKind | None:
    if word in set(DayKind):
        return DayKind(word)
    if word == "short_working":
        return DayKind.SHORT
    if word == "working_weekend":
        return DayKind.WORKING
    if word != "nonworking":
        return None
    if any(decree in name for name in names.values() for decree in DECREES):
        return DayKind.DECREED
    if names:
        return DayKind.HOLIDAY
    return DayKind.DAY_OFF if day.weekday() in (5, 6) else DayKind.MOVED


def _date(text: str, year: int = 0) -> date | None:
    """A date in one of the forms, or None; `year` allows the short form MM.DD."""
    try:
        if year and len(text) == 5 and text[2] == ".":
            return date(year, int(text[:2]), int(text[3:]))
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found is not None and EARLIEST <= found.year <= LATEST else None
