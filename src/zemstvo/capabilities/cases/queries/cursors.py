"""Signed keyset cursors: where the next page of a list begins, in a form that nobody can forge."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import signing

from zemstvo.ground.journal.refusals import NotFound

PAGE = 50
"""Rows of one page of a list (DESIGN §10)."""


def cursor_of(name: str, keys: Sequence[str]) -> str:
    """The cursor of a list behind a row with these keys."""
    return signing.dumps(list(keys), salt=f"zemstvo.cases.{name}", compress=False)


def keys_of(name: str, cursor: str) -> list[str] | None:
    """The keys in a cursor, None for the beginning. Refuses a forged one with NotFound."""
    if not cursor:
        return None
    try:
        keys: list[str] = signing.loads(cursor, salt=f"zemstvo.cases.{name}")
    except signing.BadSignature:
        raise NotFound from None
    return keys
