"""Finding a row by the id that somebody gave: what is no id at all is not found, like an id of nobody."""

from __future__ import annotations

import re
from typing import TypeVar, get_args

from django.db.models import Model, QuerySet

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
