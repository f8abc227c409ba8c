"""Questions about officials: who serves where, under which mandates, who is away and who stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import models
from zemstvo.ground.people.finding import found, in_force, is_id
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.mandates import MandateRow, mandate_row
from zemstvo.ground.people.queries.persons import opened
from zemstvo.ground.statements import batches, written_once


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """An official. The name is public with the office, like that on the door; it needs no look."""

    id: str
    person: str
    name: str
    short_name: str
    authority: str
    position: Mapping[str, str]
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """Days on which an official is away; `until_on` is the day of return."""

    id: str
    official: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """A colleague who stands in under a mandate."""

    id: str
    mandate: str
    official: str
    from_on: date
    until_on: date | None


def officials(act: Act, *, authority: str, on: date | None = None) -> list[OfficialRow]:
    """The officials who serve an authority on a day (today), by name. Three queries. Refuses strangers."""
    if not any(
        act.may(right, authority=authority) for right in ("official.change", "case.read", "mandate.read")
    ):
        act.must("official.change", authority=authority)
    rows = models.Official.objects.filter(in_force(on or act.today), authority=authority)
    return sorted(_rows(rows), key=lambda row: (row.name, row.id))


def official(official_id: str) -> OfficialRow:
    """One official. Three queries at most. Refuses with NotFound."""
    return _rows([found(models.Official.objects.all(), official_id)])[0]


def officials_by_person(persons: Iterable[str]) -> dict[str, OfficialRow]:
    """The latest office of those among these pseudonyms who are or were officials. Three queries."""
    groups = batches(one for one in persons if is_id(one))
    return {row.person: row for row in _rows([found for group in groups for found in _offices(*group)])}


@written_once
def _offices(*persons: str) -> QuerySet[models.Official]:
    return models.Official.objects.filter(person_id__in=persons).order_by("from_on")


def official_names(persons: Iterable[str]) -> dict[str, str]:
    """Short names of those among these pseudonyms who are or were officials, for histories. Three queries."""
    return {person: row.short_name for person, row in officials_by_person(persons).items()}


def mandates(act: Act, *, official: str = "", authority: str = "", role: str = "") -> list[MandateRow]:
    """The mandates of an official or at an authority, in force today, oldest first. One query."""
    place = authority or (found(models.Official.objects.all(), official).authority if official else "")
    if not any(act.may(right, authority=place or "") for right in ("mandate.read", "case.assign")):
        act.must("mandate.read", authority=place or "")
    rows = models.Mandate.objects.select_related("official").filter(
        in_force(act.today), revoked_at__isnull=True
    )
    if official:
        rows = rows.filter(official_id=official)
    if authority:
        rows = rows.filter(authority=authority)
    if role:
        rows = rows.filter(role=role)
    return [mandate_row(row) for row in rows.order_by("id")]


def absences(act: Act, *, authority: str) -> list[AbsenceRow]:
    """Absences at an authority that are not over, the next first. One query beside the right's."""
    act.must("absence.change", authority=authority)
    rows = models.Absence.objects.filter(official__authority=authority, until_on__gt=act.today)
    return [
        AbsenceRow(str(row.pk), str(row.official_id), row.from_on, row.until_on)
        for row in rows.order_by("from_on", "id")
    ]


def deputies(act: Act, *, authority: str) -> list[DeputyRow]:
    """Who stands in under mandates at an authority, now or later. One query beside the right's."""
    act.must("deputy.change", authority=authority)
    rows = models.Deputy.objects.filter(mandate__authority=authority, mandate__revoked_at__isnull=True)
    return [
        DeputyRow(str(row.pk), str(row.mandate_id), str(row.official_id), row.from_on, row.until_on)
        for row in rows.order_by("from_on", "id")
        if row.until_on is None or row.until_on > act.today
    ]


def _rows(rows: Iterable[models.Official]) -> list[OfficialRow]:
    kept = list(rows)
    who = opened(str(row.person_id) for row in kept)
    nobody = Identity()
    return [
        OfficialRow(
            str(row.pk),
            str(row.person_id),
            (known := who.get(str(row.person_id), nobody)).name,
            known.short_name,
            row.authority,
            row.position,
            row.from_on,
            row.until_on,
        )
        for row in kept
    ]
