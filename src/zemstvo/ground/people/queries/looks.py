"""Who looked at a person's data, as the person sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import models
from zemstvo.ground.people.queries.officials import OfficialRow, officials_by_person

LOOKS = 200


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look: when, by which official of which authority, for what purpose, about which matter."""

    at: datetime
    official: str
    position: Mapping[str, str]
    authority: str
    purpose: str
    about: str


def looks_at(act: Act, person: str) -> list[LookRow]:
    """The last 200 looks at a person's data, the latest first. Four queries, however many looks.

    For the person alone and those who may read for the person.
    """
    act.must("person.own.read", of=(person,))
    rows = models.Look.objects.filter(persons__person=person).order_by("-at")[:LOOKS]
    seen = list(rows)
    known: dict[str, OfficialRow] = officials_by_person(row.actor for row in seen)
    return [
        LookRow(
            row.at,
            known[row.actor].short_name if row.actor in known else "",
            known[row.actor].position if row.actor in known else {},
            row.authority,
            row.purpose,
            row.about,
        )
        for row in seen
    ]
