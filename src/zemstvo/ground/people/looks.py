"""Looks: an official opens personal data, which is recorded before anything is shown, and the person sees it.

A look is no command and leaves no fact. `record_look` is called by the face that will show the data; queries
of personal data ask for what it returns. A list is one look at many persons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import models
from zemstvo.ground.people.finding import is_id
from zemstvo.ground.people.refusals import LookNotRecorded


@dataclass(frozen=True, slots=True)
class Look:
    """The token of a recorded look: who looked at whom. Queries compare it with the act and the person."""

    id: str
    actor: str
    persons: frozenset[str]

    def demand(self, act: Act, persons: Iterable[str]) -> None:
        """Refuse with LookNotRecorded unless this look is by this actor and covers these persons."""
        if self.actor != act.actor or not set(persons) <= self.persons:
            raise LookNotRecorded()


def record_look(act: Act, *, person: str | Iterable[str], purpose: str, about: str = "") -> Look:
    """Record a look of who acts at one person, or at the persons of a list.

    `purpose` is a code (`case`, `search`, `print`), `about` the number of the matter. Two statements.
    """
    persons = frozenset([person] if isinstance(person, str) else person)
    if not all(map(is_id, persons)):
        raise NotFound()
    with transaction.atomic():
        row = models.Look.objects.create(
            id=uuid7(),
            at=act.at,
            actor=act.actor,
            mandate=act.mandate,
            authority=act.authority,
            purpose=purpose,
            about=about,
        )
        models.LookAt.objects.bulk_create(models.LookAt(look=row, person=one) for one in sorted(persons))
    return Look(str(row.pk), act.actor, persons)
