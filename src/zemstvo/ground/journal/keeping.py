"""Whether the journal kept what it promised: the question of a person who was told "accepted".

A promise (`promises`) says which fact was written, under which hash, and by when it is sealed. Here it is
held against the journal as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from zemstvo.ground.journal import keys
from zemstvo.ground.journal.notes import WrongNote
from zemstvo.ground.journal.promises import check_promise
from zemstvo.ground.journal.queries import proof
from zemstvo.ground.journal.refusals import FactIsNotSealed, NotFound

LINES = ("log", "fact", "leaf_hash", "sealed_by", "signature")


class Keeping(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    """The leaf is there, under the hash that was promised."""
    OPEN = "open"
    """The fact is there and waits for the sealer, whose time is not over."""
    BROKEN = "broken"
    """There is no such fact, it has another hash, or it was not sealed in time: the journal lied."""


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """A promise of this journal, and what became of it; `leaf_index` is None where there is no leaf."""

    fact: str
    sealed_by: datetime
    keeping: Keeping
    leaf_index: int | None = None


def kept_promise(made: Mapping[str, Any], *, at: datetime) -> KeptPromise:
    """Hold a promise against the journal. Some six short statements, whatever the size of the journal.

    Raises WrongNote where it is none, or none that this journal signed.
    """
    texts = {line: made[line] for line in LINES if isinstance(made.get(line), str)}
    if len(texts) < len(LINES):
        raise WrongNote(_("a promise has these lines: %(lines)s") % {"lines": ", ".join(LINES)})
    check_promise(texts, keys.verifiers())
    fact, sealed_by = texts["fact"], datetime.fromisoformat(texts["sealed_by"])
    try:
        proved = proof(fact)
    except NotFound:
        return KeptPromise(fact, sealed_by, Keeping.BROKEN)
    except FactIsNotSealed:
        return KeptPromise(fact, sealed_by, Keeping.OPEN if at <= sealed_by else Keeping.BROKEN)
    is_same = proved.leaf_hash == texts["leaf_hash"]
    return KeptPromise(fact, sealed_by, Keeping.KEPT if is_same else Keeping.BROKEN, proved.leaf_index)
