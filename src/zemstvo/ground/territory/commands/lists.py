"""Importing the official list of territories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.territory import facts
from zemstvo.ground.territory.classifier import ListedTerritory, TerritoryList, region_names
from zemstvo.ground.territory.commands.periods import end, name_from
from zemstvo.ground.territory.commands.places import close_periods
from zemstvo.ground.territory.editions import turn_edition
from zemstvo.ground.territory.models import Border, Territory, TerritoryName
from zemstvo.ground.territory.refusals import ListClosesTooMuch, ListHasFaults, UnknownTerritory
from zemstvo.ground.territory.rules import Level, oktmo
from zemstvo.ground.territory.rules.differences import Difference, Standing, difference
from zemstvo.ground.territory.rules.schemes import OKTMO
from zemstvo.ground.territory.sheets import Fault
from zemstvo.ground.territory.words import LEVELS, word_for

BATCH = 2_000
CLOSING_TO_CONFIRM = 20
"""A list may close so many territories, or a tenth of those that stand, without being asked back."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: codes by what happened to them, and the lines that were put right.

    `corrected` are the lines whose check digit was misprinted, `unnamed` those of regions that bear the
    heading's name until somebody renames them, `orphans` those whose own parent is in
    neither the list nor the house and that came under the next one above.
    """

    added: tuple[str, ...]
    renamed: tuple[str, ...]
    moved: tuple[str, ...]
    closed: tuple[str, ...]
    reopened: tuple[str, ...]
    reclassified: tuple[str, ...]
    kept: tuple[str, ...]
    unchanged: int
    headings: int
    corrected: tuple[Fault, ...]
    unnamed: tuple[Fault, ...]
    orphans: tuple[Fault, ...]


@command
def import_territories(
    act: Act,
    listed: TerritoryList,
    *,
    root: str = "",
    valid_from: date | None = None,
    closing_confirmed: bool = False,
) -> ImportReport:
    """Take over a list that `classifier.read` read, as of a day (`act.today` unless said).

    New territories are added, others renamed, moved, or closed where a whole list leaves them out
    (`rules.differences`); what was changed later than the list's day is kept. The same list again changes
    nothing. `root` is the territory in which all of the list lies, and under which those come that name
    nothing above them; for OKTMO it is the federation, made where it is missing. Fifteen statements and some
    per 2,000 lines; a few seconds for a country.

    Refuses with ListHasFaults, and nothing is stored; with ListClosesTooMuch unless `closing_confirmed`;
    with UnknownTerritory for a `root` that is not there.
    """
    turn_edition()
    root = root or (oktmo.FEDERATION if listed.scheme == OKTMO.name else _root_of(listed))
    act.must("territory.change", root)
    if listed.faults:
        raise _faulty(listed.faults)
    day = valid_from or act.today
    made = _made_root(root, day) if listed.scheme == OKTMO.name else []
    standing = _standing()
    if root and root not in standing and root not in {one.code for one in listed.territories}:
        raise UnknownTerritory(code=root)
    found = difference(standing, listed.territories, on=day, root=root)
    _must_fit_together(listed, found, standing)
    _must_lie_in(root, listed, found, standing)
    if len(found.closed) > max(CLOSING_TO_CONFIRM, len(standing) // 10) and not closing_confirmed:
        raise ListClosesTooMuch(closing=len(found.closed), standing=len(standing))

    _apply(listed, found, day)
    report = _report(listed, found, made)
    act.record(_fact(listed, report, root, day), territory=root)
    return report


def _report(listed: TerritoryList, found: Difference, made: Sequence[str]) -> ImportReport:
    return ImportReport(
        added=(*made, *found.added),
        renamed=tuple(found.renamed),
        moved=tuple(found.moved),
        closed=tuple(found.closed),
        reopened=tuple(found.reopened),
        reclassified=tuple(found.reclassified),
        kept=tuple(found.kept),
        unchanged=len(found.unchanged),
        headings=listed.headings,
        corrected=tuple(remark for remark in listed.remarks if remark.column == "check"),
        unnamed=tuple(remark for remark in listed.remarks if remark.column == "name"),
        orphans=tuple(_orphans(listed, found)),
    )


def _fact(listed: TerritoryList, report: ImportReport, root: str, day: date) -> facts.TerritoryListImported:
    return facts.TerritoryListImported(
        root=root,
        scheme=listed.scheme,
        digest=listed.digest or "none",
        from_=day,
        lines=listed.lines,
        headings=report.headings,
        added=len(report.added),
        renamed=len(report.renamed),
        moved=len(report.moved),
        closed=len(report.closed),
        reopened=len(report.reopened),
        reclassified=len(report.reclassified),
        kept=len(report.kept),
        unchanged=report.unchanged,
        corrected=len(report.corrected),
    )


def _faulty(faults: Sequence[Fault]) -> ListHasFaults:
    return ListHasFaults(count=len(faults), first=faults[0], faults=tuple(faults))


def _root_of(listed: TerritoryList) -> str:
    """The federation that a plain list names itself, or else the one that stands; empty if neither."""
    named = next((one.code for one in listed.territories if one.level is Level.FEDERATION), "")
    standing = Territory.objects.filter(level=Level.FEDERATION, valid_until=None)
    return named or standing.order_by("code").values_list("code", flat=True).first() or ""


def _made_root(root: str, day: date) -> list[str]:
    """Make the federation of an OKTMO list where there is none yet; the list itself has no line for it."""
    if Territory.objects.filter(code=root).exists() or root not in region_names():
        return []
    ru, en, zone = region_names()[root]
    row = Territory(
        code=root,
        scheme=OKTMO.name,
        level=Level.FEDERATION,
        kind="federation",
        zone=zone,
        check_digit=oktmo.check_digit(root),
        valid_from=day,
    )
    row.save(force_insert=True)
    name_from(root, {"ru": ru, "en": en}, day).save(force_insert=True)
    Border(territory=row, valid_from=day).save(force_insert=True)
    return [root]


def _standing() -> dict[str, Standing]:
    """All territories as they stand: three statements."""
    names = _newest(TerritoryName.objects.values_list("territory_id", "valid_from", "names"))
    borders = _newest(Border.objects.values_list("territory_id", "valid_from", "parent_id"))
    rows = Territory.objects.values_list("code", "level", "kind", "valid_from", "valid_until")
    return {
        code: Standing(
            code=code,
            level=Level(level),
            kind=kind,
            parent=borders[code][1] or "",
            names=names[code][1],
            valid_from=from_,
            valid_until=until,
            name_from=names[code][0],
            border_from=borders[code][0],
        )
        for code, level, kind, from_, until in rows.iterator(BATCH)
    }


def _newest(rows: Iterable[tuple[str, date, Any]]) -> dict[str, tuple[date, Any]]:
    newest: dict[str, tuple[date, Any]] = {}
    for code, from_, value in rows:
        if code not in newest or newest[code][0] < from_:
            newest[code] = (from_, value)
    return newest


def _must_fit_together(listed: TerritoryList, found: Difference, standing: dict[str, Standing]) -> None:
    """Every listed territory must lie in one of a higher level, that there is, and in no ring."""
    parents = {code: one.parent for code, one in standing.items()} | found.parents
    levels = {code: one.level for code, one in standing.items()}
    levels |= {one.code: one.level for one in listed.territories}
    faults: list[Fault] = []
    for one in listed.territories:
        parent = found.parents[one.code]
        if one.code in found.orphans and (listed.scheme != OKTMO.name or not parent):
            faults.append(Fault(one.line, "parent", one.above[0], _("there is no such territory")))
        elif not parent and one.level is not Level.FEDERATION:
            faults.append(Fault(one.line, "parent", "", _("a territory above it is expected")))
        elif parent and not one.level.may_lie_in(levels[parent]):
            unfit = _("cannot lie in %(parent)s, which is of the level %(level)s")
            unfit = unfit % {"parent": parent, "level": word_for(LEVELS, levels[parent])}
            faults.append(Fault(one.line, "level", one.level, unfit))
        elif _is_in_ring(one.code, parents):
            faults.append(Fault(one.line, "parent", parent, _("the territory would lie in itself")))
    if faults:
        raise _faulty(faults)


def _must_lie_in(root: str, listed: TerritoryList, found: Difference, standing: dict[str, Standing]) -> None:
    """Nothing outside the root is touched: its mandate was asked, and no other."""
    before = {code: one.parent for code, one in standing.items()}
    after = before | found.parents
    outside = [
        one
        for one in listed.territories
        if not _is_in(one.code, root, after) or (one.code in before and not _is_in(one.code, root, before))
    ]
    if outside:
        text = _("lies outside %(root)s") % {"root": root}
        raise _faulty([Fault(one.line, "code", one.code, text) for one in outside])


def _is_in(code: str, root: str, parents: dict[str, str]) -> bool:
    while code and code != root:
        code = parents.get(code, "")
    return code == root


def _is_in_ring(code: str, parents: dict[str, str]) -> bool:
    seen, above = {code}, parents.get(code, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return bool(above)


def _orphans(listed: TerritoryList, found: Difference) -> Iterable[Fault]:
    text = _("%(missing)s, in which %(code)s lies, is not in the list; placed under %(parent)s")
    for one in listed.territories:
        if one.code in found.orphans:
            missing, parent = found.orphans[one.code], found.parents[one.code]
            sentence = text % {"missing": missing, "code": one.code, "parent": parent}
            yield Fault(one.line, "code", one.code, sentence)


def _apply(listed: TerritoryList, found: Difference, day: date) -> None:
    """Write the difference, in bulk; existing rows first, so that no two periods of one territory touch."""
    lines = {one.code: one for one in listed.territories}
    for codes in _batches([*found.closed]):
        close_periods(codes, day)
        Territory.objects.filter(code__in=codes).update(valid_until=day)
    for codes in _batches(found.renamed):
        end(TerritoryName.objects.filter(territory__in=codes, valid_until=None), day)
    for codes in _batches(found.moved):
        end(Border.objects.filter(territory__in=codes, valid_until=None), day)
    for codes in _batches(found.reopened):
        Territory.objects.filter(code__in=codes).update(valid_until=None)
    Territory.objects.bulk_update(
        [_row(lines[code], listed.scheme, day) for code in found.reclassified],
        ["scheme", "level", "kind", "check_digit", "check_digit_printed"],
        batch_size=200,
    )
    new = [_row(lines[code], listed.scheme, day) for code in found.added]
    Territory.objects.bulk_create(new, batch_size=BATCH)
    fresh = found.added + found.reopened
    TerritoryName.objects.bulk_create(
        [name_from(code, lines[code].names, day) for code in fresh + found.renamed], batch_size=BATCH
    )
    Border.objects.bulk_create(
        [
            Border(territory_id=code, parent_id=found.parents[code] or None, valid_from=day)
            for code in fresh + found.moved
        ],
        batch_size=BATCH,
    )
    if len(new) > BATCH:
        _measure_tables()


def _measure_tables() -> None:
    """Tell PostgreSQL how large the tables have become.

    At the commit it looks up the parent of each new row, and a connection that has seen these tables nearly
    empty would read the whole table for each: a minute for a country.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in (Territory, TerritoryName, Border))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def _row(one: ListedTerritory, scheme: str, day: date) -> Territory:
    return Territory(
        code=one.code,
        scheme=scheme,
        level=one.level,
        kind=one.kind,
        zone=one.zone,
        check_digit=one.check_digit,
        check_digit_printed=one.check_digit_printed,
        valid_from=day,
    )


def _batches(codes: Sequence[str]) -> Iterable[Sequence[str]]:
    return (codes[start : start + BATCH] for start in range(0, len(codes), BATCH))
