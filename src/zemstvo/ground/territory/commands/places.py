"""Territories entered and changed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.territory import facts
from zemstvo.ground.territory.commands.periods import end, name_from, standing_territory, take_place
from zemstvo.ground.territory.editions import turn_edition
from zemstvo.ground.territory.models import Border, Territory, TerritoryName
from zemstvo.ground.territory.names import Names, clean_names, shown
from zemstvo.ground.territory.refusals import (
    DayTooEarly,
    LevelUnclear,
    PartOfItself,
    RootExpected,
    TerritoryHasParts,
    TerritoryStands,
    UnknownTerritory,
)
from zemstvo.ground.territory.rules import Level
from zemstvo.ground.territory.rules.schemes import PLAIN, CodeMeaning, scheme_named
from zemstvo.ground.territory.words import LEVELS
from zemstvo.ground.territory.zones import clean_zone


@command
def create_territory(
    act: Act,
    code: str,
    *,
    names: Names,
    level: Level | str | None = None,
    parent: str = "",
    zone: str = "",
    kind: str = "",
    scheme: str = "",
    valid_from: date | None = None,
) -> str:
    """Enter a territory by hand; returns its code.

    `code` is what the person typed, in the scheme of codes of the parent or of the federation that stands,
    unless `scheme` says another. In the scheme "oktmo" it may carry its check digit ("79605000-2"), and
    level and parent follow from it. Only a federation stands without a parent. `zone` is an IANA name, empty
    for the parent's. From `act.today` unless said.

    Refuses with WrongCheckDigit, CodeUnclear, CodeIsHeading, TerritoryStands, UnknownTerritory (the
    parent), LevelUnclear, RootExpected, NamesUnclear, UnknownZone, UnknownScheme.
    """
    turn_edition()
    above, scheme, meaning = _typed(act, code, scheme, parent)
    act.must("territory.change", above.code if above else "")
    if Territory.objects.filter(code=meaning.code).exists():
        raise TerritoryStands(code=meaning.code)
    row = Territory(
        code=meaning.code,
        scheme=scheme,
        level=_level(meaning, level, above),
        kind=kind or meaning.kind,
        zone=clean_zone(zone) or ("" if above else act.zone),
        check_digit=meaning.check_digit,
        valid_from=valid_from or act.today,
    )
    _enter(row, names, above)
    created = facts.TerritoryCreated(
        territory=row.code,
        level=Level(row.level),
        parent=above.code if above else None,
        from_=row.valid_from,
    )
    act.record(created, territory=row.code)
    return row.code


def _typed(act: Act, code: str, scheme: str, parent: str) -> tuple[Territory | None, str, CodeMeaning]:
    """The territory above, the scheme of codes, and what the typed code means in it."""
    if parent:
        act.must("territory.change", parent)
    above = standing_territory(parent) if parent else None
    scheme = scheme or (above.scheme if above else _scheme_of_the_house())
    meaning = scheme_named(scheme).typed(code)
    return above or _above(meaning), scheme, meaning


@command
def rename_territory(act: Act, code: str, *, names: Names, valid_from: date | None = None) -> None:
    """Give a territory another name, from `act.today` unless said; the earlier one is kept for its time.

    On the very day on which the present name began this corrects it. Refuses with UnknownTerritory,
    TerritoryIsClosed, NamesUnclear, DayTooEarly.
    """
    turn_edition()
    act.must("territory.change", code)
    standing_territory(code)
    day = valid_from or act.today
    before = TerritoryName.objects.get(territory=code, valid_until=None)
    take_place(before, name_from(code, clean_names(names), day))
    act.record(facts.TerritoryRenamed(territory=code, from_=day), territory=code)


@command
def move_territory(act: Act, code: str, *, parent: str, valid_from: date | None = None) -> None:
    """Make a territory a part of another one, from `act.today` unless said.

    Refuses with UnknownTerritory, TerritoryIsClosed, LevelUnclear, PartOfItself, DayTooEarly.
    """
    turn_edition()
    act.must("territory.change", code)
    act.must("territory.change", parent)
    row, above = standing_territory(code), standing_territory(parent)
    _must_fit(Level(row.level), Level(above.level))
    if code in _upwards(parent):
        raise PartOfItself(code=code, parent=parent)
    day = valid_from or act.today
    before = Border.objects.get(territory=code, valid_until=None)
    take_place(before, Border(territory=row, parent=above, outline=before.outline, valid_from=day))
    act.record(facts.TerritoryMoved(territory=code, parent=parent, from_=day), territory=code)


@command
def change_zone(act: Act, code: str, *, zone: str) -> None:
    """Let a territory live by another time zone; empty means the zone of the territory above it.

    Refuses with UnknownTerritory, TerritoryIsClosed, UnknownZone; RootExpected where nothing is above.
    """
    turn_edition()
    act.must("territory.change", code)
    row = standing_territory(code)
    row.zone = clean_zone(zone)
    if not row.zone and len(_upwards(code)) == 1:
        raise RootExpected(code=code)
    row.save(update_fields=["zone"])
    act.record(facts.TerritoryZoneChanged(territory=code, zone=row.zone or None), territory=code)


@command
def close_territory(
    act: Act, code: str, *, valid_until: date | None = None, successors: Sequence[str] = ()
) -> None:
    """End a territory, from `act.today` unless said; `successors` took its place.

    Its name, border and open cases stay readable. Refuses with UnknownTerritory, TerritoryIsClosed,
    TerritoryHasParts, DayTooEarly.
    """
    turn_edition()
    act.must("territory.change", code)
    row = standing_territory(code)
    for successor in successors:
        standing_territory(successor)
    parts = Border.objects.filter(parent=code, valid_until=None).count()
    if parts:
        raise TerritoryHasParts(code=code, count=parts)
    day = valid_until or act.today
    if day <= row.valid_from:
        raise DayTooEarly(day=day, from_=row.valid_from)
    close_periods([code], day)
    Territory.objects.filter(code=code).update(valid_until=day, successors=list(successors))
    act.record(facts.TerritoryClosed(territory=code, from_=day, successors=tuple(successors)), territory=code)


def close_periods(codes: Sequence[str], day: date) -> None:
    """End the names and borders of territories that end on a day."""
    end(TerritoryName.objects.filter(territory__in=codes, valid_until=None), day)
    end(Border.objects.filter(territory__in=codes, valid_until=None), day)


def _scheme_of_the_house() -> str:
    """The scheme of the federation that stands, or plain codes where nothing stands yet."""
    roots = Border.objects.filter(parent=None, valid_until=None).order_by("territory_id")
    return roots.values_list("territory__scheme", flat=True).first() or PLAIN.name


def _above(meaning: CodeMeaning) -> Territory | None:
    """The nearest territory that the code itself names as standing above; None if it names none."""
    standing = Territory.objects.filter(code__in=meaning.above, valid_until=None).in_bulk()
    nearest = next((standing[code] for code in meaning.above if code in standing), None)
    if meaning.above and nearest is None:
        raise UnknownTerritory(code=meaning.above[0])
    return nearest


def _enter(row: Territory, names: Names, above: Territory | None) -> None:
    """Save a territory with its first name and border."""
    row.save(force_insert=True)
    name_from(row.code, clean_names(names), row.valid_from).save(force_insert=True)
    Border(territory=row, parent=above, valid_from=row.valid_from).save(force_insert=True)


def _level(meaning: CodeMeaning, level: Level | str | None, above: Territory | None) -> Level:
    """The level: what the code says, else what the person says; it must fit under the parent."""
    try:
        found = meaning.level or Level(level or "")
    except ValueError:
        raise LevelUnclear(level=shown(level or "?"), above=LEVELS[above.level] if above else "–") from None
    if above is not None:
        _must_fit(found, Level(above.level))
    elif found is not Level.FEDERATION:
        raise RootExpected(code=meaning.code)
    return found


def _must_fit(level: Level, above: Level) -> None:
    if not level.may_lie_in(above):
        raise LevelUnclear(level=LEVELS[level], above=LEVELS[above])


def _upwards(code: str) -> list[str]:
    """The territory and all that it lies in now, the nearest first."""
    found = [code]
    borders = Border.objects.filter(valid_until=None)
    while above := borders.filter(territory=found[-1]).values_list("parent_id", flat=True).first():
        found.append(above)
    return found
