"""Reading an authority's register of services: a CSV file with a header, one service a line.

Columns, in any order and under English or Russian headers: authority, code, title (and title_en …),
summary, life_events, audience, electronic, term, fee, currency, office, package, address. Authority, code
and title are needed. A term is written `10wd` or «10 рабочих дней», a fee in roubles (`650`, `650,50`) or
«бесплатно», several life events with a semicolon or a comma between them.

A file is taken as a whole or not at all; every fault names its line, column, value and what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from zemstvo.capabilities.services.catalogue.life_events import life_events
from zemstvo.ground.territory.names import is_plain, shown
from zemstvo.ground.territory.sheets import MOST_FAULTS, Fault, Line, Sheet, read_sheet, sheet_of

T = TypeVar("T")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "authority": ("authority", "орган", "код органа"),
    "code": ("code", "код", "код услуги", "номер услуги"),
    "title": ("title", "наименование", "наименование услуги", "название", "услуга"),
    **{f"title_{language}": (f"title_{language}",) for language, _label in settings.LANGUAGES},
    "summary": ("summary", "описание"),
    **{f"summary_{language}": (f"summary_{language}",) for language, _label in settings.LANGUAGES},
    "life_events": ("life_events", "life_event", "жизненные ситуации", "жизненная ситуация"),
    "audience": ("audience", "получатели", "кто может обратиться"),
    "electronic": ("electronic", "в электронной форме", "электронная"),
    "term": ("term", "срок", "срок предоставления"),
    "fee": ("fee", "плата", "пошлина", "размер платы"),
    "currency": ("currency", "валюта"),
    "office": ("office", "офис", "код офиса"),
    "package": ("package", "пакет"),
    "address": ("address", "ссылка", "адрес страницы"),
}
NEEDED = ("authority", "code", "title")
LONGEST_TITLE = 1000

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}")
_PACKAGE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,480}")
_TERM = re.compile(
    r"([1-9][0-9]{0,3}) ?"
    r"(wd|d|m|h|раб[а-я.]* дн[а-я.]*|кал[а-я.]* дн[а-я.]*|дн[а-я.]*|дня|день|месяц[а-я]*|час[а-я]*)"
)
_UNITS = (("раб", "wd"), ("кал", "d"), ("д", "d"), ("месяц", "m"), ("час", "h"))
_FEE = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?(?: ?(?:руб\.?|р\.?|₽|rub))?")
_FREE = frozenset({"бесплатно", "free", "нет", "0"})
_YES = frozenset({"да", "yes", "1", "true", "+"})
_NO = frozenset({"нет", "no", "0", "false", "-"})
_WHO = {
    "person": frozenset({"person", "граждане", "гражданин", "физические лица", "физическое лицо"}),
    "organisation": frozenset(
        {"organisation", "организации", "организация", "юридические лица", "юридическое лицо"}
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedService:
    """A service as a register has it. `term` is of our form (`10wd`) or empty; `fee_minor` None where
    nothing is said.
    """

    line: int
    authority: str
    code: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str] = field(default_factory=dict)
    life_events: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    is_electronic: bool = False
    term: str = ""
    fee_minor: int | None = None
    currency: str = ""
    office: str = ""
    package: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ServiceList:
    """A register as it was read; with faults it cannot be imported. `digest` is the SHA-256 of the file."""

    services: tuple[ListedService, ...]
    faults: tuple[Fault, ...] = ()
    lines: int = 0
    digest: str = ""


def read(path: Path | str) -> ServiceList:
    """Read a register from a file. Never raises for what is in the file: see `faults`."""
    return _read(read_sheet(path, COLUMNS))


def read_bytes(content: bytes) -> ServiceList:
    """Read a register that somebody uploaded."""
    return _read(sheet_of(content, COLUMNS))


class Unusable(ValueError):
    """What is expected instead of the value at hand."""


def _read(sheet: Sheet) -> ServiceList:
    faults = list(sheet.faults)
    if not faults:
        missing = [name for name in NEEDED if name not in sheet.columns]
        faults += [Fault(1, name, "", _("this column is missing in the header")) for name in missing]
    services: list[ListedService] = []
    seen: dict[tuple[str, str], int] = {}
    for line in sheet.lines if not faults else ():
        found = _Reader(line, faults).service()
        first = seen.setdefault((found.authority, found.code), line.number)
        if first != line.number:
            again = _("this authority has this code on line %(line)s already") % {"line": first}
            faults.append(Fault(line.number, "code", shown(found.code), again))
        services.append(found)
        if len(faults) >= MOST_FAULTS:
            break
    return ServiceList(tuple(services), tuple(faults), len(sheet.lines), sheet.digest)


class _Reader:
    """Reads one line; what cannot be used becomes a fault, and the empty value goes on in its place."""

    def __init__(self, line: Line, faults: list[Fault]) -> None:
        self.line = line
        self.faults = faults

    def service(self) -> ListedService:
        fee = self.read("fee", _fee_minor, None)
        return ListedService(
            line=self.line.number,
            authority=self.read("authority", _code, ""),
            code=self.read("code", _code, ""),
            titles=self.texts("title"),
            summaries=self.texts("summary"),
            life_events=self.read("life_events", _life_events, ()),
            audience=self.read("audience", _audience, ()),
            is_electronic=self.read("electronic", _yes_no, False),
            term=self.read("term", _term, ""),
            fee_minor=fee,
            currency=self.read("currency", _currency, "") or ("RUB" if fee is not None else ""),
            office=self.read("office", _code, ""),
            package=self.read("package", _package, ""),
            address=self.read("address", _address, ""),
        )

    def read(self, column: str, reader: Callable[[str], T], empty: T) -> T:
        value = self.line[column]
        if not value and column not in NEEDED:
            return empty
        try:
            return reader(value)
        except Unusable as expected:
            self.faults.append(Fault(self.line.number, column, shown(value), str(expected)))
            return empty

    def texts(self, column: str) -> dict[str, str]:
        found = (
            {settings.LANGUAGE_CODE: self.read(column, _title, "")}
            if self.line[column] or column in NEEDED
            else {}
        )
        for language, _label in settings.LANGUAGES:
            if self.line[f"{column}_{language}"]:
                found[language] = self.read(f"{column}_{language}", _title, "")
        return {language: text for language, text in found.items() if text}


def _code(value: str) -> str:
    if not _CODE.fullmatch(value):
        raise Unusable(_("a code of Latin letters, digits, dots and dashes is expected"))
    return value


def _title(value: str) -> str:
    text = " ".join(value.split())
    if not 0 < len(text) <= LONGEST_TITLE or not is_plain(text):
        raise Unusable(_("a text of 1 to %(most)s signs is expected") % {"most": LONGEST_TITLE})
    return text


def _life_events(value: str) -> tuple[str, ...]:
    titles = {title.lower(): one.id for one in life_events().values() for title in one.titles.values()}
    whole = titles.get(value.strip().lower())
    if whole:
        return (whole,)
    found = []
    for part in filter(None, (part.strip() for part in re.split(r"[;,|]", value))):
        id_ = part if part in life_events() else titles.get(part.lower())
        if id_ is None:
            raise Unusable(
                _("life events of the table are expected: %(known)s") % {"known": ", ".join(life_events())}
            )
        found.append(id_)
    return tuple(dict.fromkeys(found))


def _audience(value: str) -> tuple[str, ...]:
    words = [part.strip().lower() for part in re.split(r"[;,|]", value) if part.strip()]
    found = tuple(kind for kind, known in _WHO.items() if known & set(words))
    if not words or any(word not in set().union(*_WHO.values()) for word in words):
        raise Unusable(_("person, organisation or both are expected"))
    return found


def _yes_no(value: str) -> bool:
    word = value.lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise Unusable(_("yes or no is expected"))


def _term(value: str) -> str:
    found = _TERM.fullmatch(" ".join(value.lower().split()))
    if found is None:
        raise Unusable(_("a term such as 10wd, 30d or 1m is expected"))
    number, unit = found.groups()
    return number + next((ours for theirs, ours in _UNITS if unit.startswith(theirs)), unit)


def _fee_minor(value: str) -> int:
    word = " ".join(value.replace("\u00a0", " ").lower().split())
    if word in _FREE:
        return 0
    found = _FEE.fullmatch(word.replace(" ", "") if word.replace(" ", "").isdigit() else word)
    if found is None:
        raise Unusable(_("an amount such as 650 or 650,50 is expected"))
    whole, part = found.groups()
    return int(whole) * 100 + int((part or "0").ljust(2, "0"))


def _currency(value: str) -> str:
    if not _CURRENCY.fullmatch(value):
        raise Unusable(_("a currency such as RUB is expected"))
    return value


def _package(value: str) -> str:
    if not _PACKAGE.fullmatch(value):
        raise Unusable(_("the id of a package is expected, such as housing-subsidy"))
    return value


def _address(value: str) -> str:
    if not _ADDRESS.fullmatch(value):
        raise Unusable(_("an address that begins with https:// is expected"))
    return value
