"""Questions about territories. `on` is a day; without it the newest known state is the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db.models import Q, QuerySet

from zemstvo.ground.territory.editions import edition
from zemstvo.ground.territory.models import Border, Territory, TerritoryName
from zemstvo.ground.territory.names import Names, is_plain, name_in, search_form
from zemstvo.ground.territory.refusals import UnknownTerritory
from zemstvo.ground.territory.rules import Level
from zemstvo.ground.territory.rules.schemes import may_be_code

MOST_FOUND = 50
UPMOST = 12
"""No tree of territories is deeper; a guard against a ring in the tables."""


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """A territory on a day. `zone` is never empty: its own or the nearest above it. `parent` may be."""

    code: str
    names: Names
    level: Level
    kind: str
    parent: str
    zone: str
    scheme: str
    check_digit: int | None
    is_corrected: bool
    """The official list printed a wrong check digit."""
    valid_from: date
    valid_until: date | None

    @property
    def name(self) -> str:
        """Its name in the active language."""
        return name_in(self.names)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A name or a belonging of a territory in time; one of the two is given."""

    valid_from: date
    valid_until: date | None
    names: Names | None = None
    parent: str | None = None


def territory(code: str, on: date | None = None) -> TerritoryRow:
    """The territory. Refuses with UnknownTerritory. One statement warm, about five cold."""
    return _territory(edition(), code, on)


def lineage(code: str, on: date | None = None) -> tuple[str, ...]:
    """The territory and all that it lies in, the nearest first; empty for an unknown one.

    One statement warm, one for each level cold.
    """
    return _lineage(edition(), code, on)


def is_within(code: str, ancestor: str, on: date | None = None) -> bool:
    """Whether a territory is the other one or lies in it. Costs as `lineage`."""
    return ancestor in lineage(code, on)


def within(codes: Iterable[str], ancestor: str, on: date | None = None) -> list[str]:
    """Those of the territories that are the other one or lie in it, in the given order.

    One statement warm, however many there are.
    """
    token = edition()
    return [code for code in codes if ancestor in _lineage(token, code, on)]


def children(code: str, on: date | None = None) -> list[TerritoryRow]:
    """The territories directly in this one, by code. Three statements and its own `territory`."""
    if not may_be_code(code):
        return []
    parts = Border.objects.filter(parent=code)
    borders = (_in_force(parts, on) if on else parts.filter(valid_until=None)).order_by("territory_id")
    return _rows([(border.territory_id, code) for border in borders], on)


def roots() -> list[TerritoryRow]:
    """The territories that lie in no other. Three statements."""
    borders = Border.objects.filter(parent=None, valid_until=None).order_by("territory_id")
    return _rows([(border.territory_id, "") for border in borders], None)


def find_territories(
    text: str, *, level: Level | str = "", within: str = "", limit: int = 20
) -> list[TerritoryRow]:
    """Open territories whose present name has the text, or whose code begins with it: beginnings first.

    At most 50. One reading of the table of names (some ten milliseconds for a country) and a `territory`
    for each.
    """
    wanted = search_form(text)
    if not wanted or not is_plain(wanted):
        return []
    hits = TerritoryName.objects.filter(valid_until=None).filter(
        Q(search__contains=wanted) | Q(territory__code__startswith=wanted)
    )
    if level:
        hits = hits.filter(territory__level=level)
    found = sorted(hits.values_list("search", "territory_id"), key=lambda hit: _nearness(hit, wanted))
    rows: list[TerritoryRow] = []
    token = edition()
    for _search, code in found:
        if not within or within in _lineage(token, code, None):
            rows.append(_territory(token, code, None))
        if len(rows) >= min(limit, MOST_FOUND):
            break
    return rows


def periods(code: str) -> list[PeriodRow]:
    """The names and belongings of a territory in time, in order. Two statements."""
    if not may_be_code(code):
        return []
    names = [
        PeriodRow(row.valid_from, row.valid_until, names=row.names)
        for row in TerritoryName.objects.filter(territory=code)
    ]
    belongings = [
        PeriodRow(row.valid_from, row.valid_until, parent=row.parent_id or "")
        for row in Border.objects.filter(territory=code)
    ]
    return sorted([*names, *belongings], key=lambda row: row.valid_from)


def _nearness(hit: tuple[str, str], wanted: str) -> tuple[bool, int, str]:
    search, code = hit
    begins = any(line.startswith(wanted) for line in search.split("\n"))
    return (not begins, len(search), code)


@lru_cache(maxsize=20_000)
def _territory(_edition: str, code: str, on: date | None) -> TerritoryRow:
    borders = Border.objects.filter(territory=code)
    border = _in_force(borders, on).first() if may_be_code(code) else None
    if border is None:
        raise UnknownTerritory(code=code[:60])
    return _rows([(code, border.parent_id or "")], on)[0]


@lru_cache(maxsize=50_000)
def _lineage(_edition: str, code: str, on: date | None) -> tuple[str, ...]:
    found: list[str] = []
    above = code if may_be_code(code) else None
    while above and len(found) < UPMOST:
        border = _in_force(Border.objects.filter(territory=above), on).first()
        if border is None:
            break
        found.append(above)
        above = border.parent_id
    return tuple(found)


def _in_force(periods_: QuerySet[Any], on: date | None) -> QuerySet[Any]:
    """Of names or borders those in force on the day; without a day all of them, the newest first.

    (A closed territory has no open period: its newest one is then the answer.)
    """
    if on is not None:
        return periods_.filter(valid_from__lte=on).filter(Q(valid_until=None) | Q(valid_until__gt=on))
    return periods_.order_by("-valid_from")


def _rows(belongings: Sequence[tuple[str, str]], on: date | None) -> list[TerritoryRow]:
    """The rows of territories whose parents are known, in the given order."""
    codes = [code for code, _parent in belongings]
    territories = Territory.objects.in_bulk(codes)
    names: dict[str, dict[str, str]] = {}
    for row in _in_force(TerritoryName.objects.filter(territory__in=codes), on):
        names.setdefault(row.territory_id, row.names)
    zones: dict[str, str] = {}
    rows = []
    for code, parent in belongings:
        row = territories[code]
        if parent and not row.zone and parent not in zones:
            zones[parent] = territory(parent, on).zone
        rows.append(
            TerritoryRow(
                code=code,
                names=MappingProxyType(names.get(code, {})),
                level=Level(row.level),
                kind=row.kind,
                parent=parent,
                zone=row.zone or zones.get(parent, "UTC"),
                scheme=row.scheme,
                check_digit=row.check_digit,
                is_corrected=row.check_digit_printed is not None,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
            )
        )
    return rows
