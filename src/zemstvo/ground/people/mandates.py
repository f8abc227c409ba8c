"""Under which mandates somebody may act on a day: own ones, and those of absent colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zemstvo.ground.people import models
from zemstvo.ground.people.finding import in_force
from zemstvo.ground.statements import written_once


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate and whose it is."""

    id: str
    official: str
    person: str
    role: str
    authority: str
    territory: str
    from_on: date
    until_on: date | None
    revoked_at: datetime | None


def mandate_row(row: models.Mandate) -> MandateRow:
    """A mandate as it is shown outside; its official is loaded with it."""
    return MandateRow(
        str(row.pk),
        str(row.official_id),
        str(row.official.person_id),
        row.role,
        row.authority,
        row.territory,
        row.from_on,
        row.until_on,
        row.revoked_at,
    )


def mandates_in_force(person: str, on: date) -> list[MandateRow]:
    """The mandates under which this person may act that day, own ones first. One statement."""
    rows = [_row(*found) for found in _in_force(person, on)]
    return sorted(rows, key=lambda row: row.person != person)


def mandate_in_force(mandate: str, person: str, on: date) -> MandateRow | None:
    """The mandate, where this person may act under it that day. One statement."""
    return next((row for row in mandates_in_force(person, on) if row.id == mandate), None)


_COLUMNS = (
    "id",
    "official_id",
    "official__person_id",
    "role",
    "authority",
    "territory",
    "from_on",
    "until_on",
    "revoked_at",
)


def _row(id: UUID, official: UUID, person: UUID, *rest: Any) -> MandateRow:
    return MandateRow(str(id), str(official), str(person), *rest)


@written_once
def _in_force(person: str, on: date) -> QuerySet[models.Mandate, tuple[Any, ...]]:
    """Mandates of officials in office: of this person, or of an absent one for whom this person stands in."""
    serves = Q(official__until_on__isnull=True) | Q(official__until_on__gt=on)
    named = models.Deputy.objects.filter(
        in_force(on), serves, mandate=OuterRef("pk"), official__person_id=person
    )
    absent = models.Absence.objects.filter(in_force(on), official=OuterRef("official"))
    rows = models.Mandate.objects.filter(
        in_force(on),
        serves,
        Q(official__person_id=person) | Q(Exists(named), Exists(absent)),
        official__from_on__lte=on,
        revoked_at__isnull=True,
    )
    return rows.order_by("id").values_list(*_COLUMNS)
