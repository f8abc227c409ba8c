"""Who looked at a person's data, as the person sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import models
from zemstvo.ground.people.finding import is_id
from zemstvo.ground.people.queries.officials import OfficialRow, officials_by_person

LOOKS = 200


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look: when, by which official or machine of which authority, for what purpose, about what."""

    at: datetime
    official: str
    position: Mapping[str, str]
    authority: str
    purpose: str
    about: str


def looks_at(act: Act, person: str) -> list[LookRow]:
    """The last 200 looks at a person's data, the latest first. Five queries, however many looks.

    For the person alone and those who may read for the person.
    """
    act.must("person.own.read", of=(person,))
    rows = models.Look.objects.filter(persons__person=person).order_by("-at")[:LOOKS]
    seen = list(rows)
    known: dict[str, OfficialRow] = officials_by_person(row.actor for row in seen)
    machines = _machines({row.actor for row in seen} - known.keys())
    return [
        LookRow(
            row.at,
            known[row.actor].short_name if row.actor in known else machines.get(row.actor, ""),
            known[row.actor].position if row.actor in known else {},
            row.authority,
            row.purpose,
            row.about,
        )
        for row in seen
    ]


def _machines(actors: Iterable[str]) -> dict[str, str]:
    """The names of the tokens among these actors."""
    ids = [one for one in actors if is_id(one)]
    return {str(row.pk): row.name for row in models.ApiToken.objects.filter(pk__in=ids)} if ids else {}
