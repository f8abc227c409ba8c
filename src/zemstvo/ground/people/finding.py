"""Finding rows: by the id that somebody gave, and those that hold on a day.

What is no id at all is not found, like an id of nobody.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TypeVar, get_args

from django.db.models import Model, Q, QuerySet

from zemstvo.ground.journal.facts import PublicId
from zemstvo.ground.journal.refusals import NotFound

M = TypeVar("M", bound=Model)

_ID = re.compile(get_args(PublicId)[1].pattern)


def is_id(text: str) -> bool:
    """Whether a text is a public id: a UUID in its canonical form."""
    return _ID.fullmatch(text) is not None


def found(rows: QuerySet[M], id: str) -> M:
    """The row with this id. Refuses with NotFound. One statement."""
    row = rows.filter(pk=id).first() if is_id(id) else None
    if row is None:
        raise NotFound()
    return row


def in_force(on: date) -> Q:
    """The condition that a row with `from_on` and `until_on` (exclusive) holds on a day."""
    return Q(from_on__lte=on) & (Q(until_on__isnull=True) | Q(until_on__gt=on))
