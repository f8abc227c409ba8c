"""Rows that are added and removed by plain buttons: the form comes back with one row more, or one less.

Nothing is saved by that; what was typed stays in the form, and posting it again does the same again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.http import QueryDict

from zemstvo.capabilities.services.package import Field, FieldType
from zemstvo.faces.components.reading import MOST_ROWS, rows_posted


def changed(fields: Iterable[Field], posted: QueryDict) -> QueryDict | None:
    """What the form holds after its add or remove button; None where another button was pressed."""
    repeats = {field.id: field for field in fields if field.type is FieldType.REPEAT}
    if (added := posted.get("add", "")) in repeats:
        return _with_rows(
            posted, added, min(rows_posted(repeats[added], posted) + 1, most_rows(repeats[added]))
        )
    removed = re.fullmatch(r"([a-z][a-z0-9_]*)\.([0-9]{1,3})", posted.get("remove", ""))
    if removed and removed[1] in repeats:
        return _without_row(posted, repeats[removed[1]], int(removed[2]))
    return None


def most_rows(field: Field) -> int:
    """How many rows a repeat may have."""
    return min(field.max, MOST_ROWS) if isinstance(field.max, int) else MOST_ROWS


def _with_rows(posted: QueryDict, name: str, rows: int) -> QueryDict:
    found = posted.copy()
    found[f"{name}.rows"] = str(rows)
    return found


def _without_row(posted: QueryDict, field: Field, removed: int) -> QueryDict:
    rows = rows_posted(field, posted)
    if removed >= rows:
        return posted
    found = QueryDict(mutable=True)
    for key, values in posted.lists():
        renamed = _renamed(key, field.id, removed)
        if renamed:
            found.setlist(renamed, values)
    found[f"{field.id}.rows"] = str(rows - 1)
    return found


def _renamed(key: str, name: str, removed: int) -> str:
    """The name of an input after a row was taken out: rows behind it move up; the row's own is gone."""
    row = re.fullmatch(rf"{re.escape(name)}\.([0-9]+)\.(.+)", key)
    if not row or int(row[1]) < removed:
        return key
    return "" if int(row[1]) == removed else f"{name}.{int(row[1]) - 1}.{row[2]}"
