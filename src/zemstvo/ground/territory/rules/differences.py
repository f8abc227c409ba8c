"""What a list changes: the standing territories beside the listed ones, as of the list's day.

A list closes what it leaves out only where it is plainly whole: where it has a territory and at least one
of its parts, it has all its parts of that level; and what lies in a closed territory ends with it. So the
list of one region closes nothing in another, and a list without settlements closes no settlement. What was
changed later than the list's day stays as it is (`kept`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from zemstvo.ground.territory.rules.levels import Level


class Listed(Protocol):
    """What a line of a list has to have."""

    @property
    def code(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def kind(self) -> str: ...
    @property
    def above(self) -> tuple[str, ...]: ...
    @property
    def names(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """A territory as it stands before the list."""

    code: str
    level: Level
    kind: str
    parent: str
    names: Mapping[str, str]
    valid_from: date
    valid_until: date | None
    name_from: date
    border_from: date


@dataclass(slots=True)
class Difference:
    """What is to be done, by code; `reclassified` have another level or kind.

    `parents` gives the parent of every listed territory, `orphans` the nearest parents that are in neither
    list nor house.
    """

    added: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)
    reclassified: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    parents: dict[str, str] = field(default_factory=dict)
    orphans: dict[str, str] = field(default_factory=dict)


def difference(
    standing: Mapping[str, Standing], listed: Sequence[Listed], *, on: date, root: str
) -> Difference:
    """What a list as of a day changes.

    Listed territories that name nothing above them come under `root`, as do regions whose federation is
    unknown; others of which nothing above is known have the parent "".
    """
    found = Difference()
    codes = {one.code for one in listed}
    open_codes = {code for code, one in standing.items() if one.valid_until is None}
    left_out = _left_out(standing, listed, open_codes - codes, codes)
    found.closed = sorted(code for code in left_out if _is_older(standing[code], on))
    remaining = codes | (open_codes - set(found.closed))
    for one in listed:
        is_uppermost = not one.above or one.level is Level.REGION
        parent = next((code for code in one.above if code in remaining), root if is_uppermost else "")
        found.parents[one.code] = parent if parent != one.code else ""
        if one.above and parent != one.above[0]:
            found.orphans[one.code] = one.above[0]
        _compare(standing.get(one.code), one, on, found)
    found.kept += sorted(left_out - set(found.closed))
    return found


def _is_older(one: Standing, on: date) -> bool:
    """Whether nothing about the territory is younger than the list's day."""
    return one.valid_from < on and one.name_from <= on and one.border_from <= on


def _left_out(
    standing: Mapping[str, Standing], listed: Sequence[Listed], unlisted: set[str], codes: set[str]
) -> set[str]:
    """The open territories that a whole list leaves out, with what lies in them."""
    whole = {(parent, one.level) for one in listed for parent in one.above[:1] if parent in codes}
    left_out = {code for code in unlisted if (standing[code].parent, standing[code].level) in whole}
    waiting = unlisted - left_out
    while below := {code for code in waiting if standing[code].parent in left_out}:
        left_out |= below
        waiting -= below
    return left_out


def _compare(before: Standing | None, one: Listed, on: date, found: Difference) -> None:
    """Sort one listed territory into what is to be done with it."""
    code = one.code
    if before is None:
        found.added.append(code)
        return
    if before.valid_until is not None:
        (found.kept if before.valid_until > on else found.reopened).append(code)
        return
    is_renamed = any(before.names.get(language) != name for language, name in one.names.items())
    is_moved = before.parent != found.parents[code]
    if (is_renamed and before.name_from > on) or (is_moved and before.border_from > on):
        found.kept.append(code)
        return
    if is_renamed:
        found.renamed.append(code)
    if is_moved:
        found.moved.append(code)
    is_reclassified = before.level is not one.level or bool(one.kind and before.kind != one.kind)
    if is_reclassified:
        found.reclassified.append(code)
    if not (is_renamed or is_moved or is_reclassified):
        found.unchanged.append(code)
