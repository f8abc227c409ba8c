"""Whether the journal kept what it promised: the question of a person who was told "accepted".

A promise (`promises`) says which fact was written, under which hash, and by when it is sealed. Here it is
held against the journal as it is.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from zemstvo.ground.journal import keys
from zemstvo.ground.journal.models import Checkpoint, Fact, Leaf
from zemstvo.ground.journal.notes import WrongNote, read_checkpoint
from zemstvo.ground.journal.promises import check_promise
from zemstvo.ground.journal.writing import leaf_hash

LINES = ("log", "fact", "leaf_hash", "sealed_by", "signature")


class Keeping(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    """The fact and its leaf are there, under the hash that was promised, sealed in time."""
    OPEN = "open"
    """The fact that was promised is there and waits for the sealer, whose time is not over."""
    BROKEN = "broken"
    """There is no such fact, it has another hash, or it was not sealed in time: the journal lied."""


@dataclass(frozen=True, slots=True)
class KeptPromise:
    """A promise of this journal, and what became of it.

    `leaf_index` is None where there is no leaf; `sealed_at` is None unless what was promised is sealed.
    """

    fact: str
    sealed_by: datetime
    keeping: Keeping
    leaf_index: int | None = None
    sealed_at: datetime | None = None

    @property
    def is_late(self) -> bool:
        """Whether what was promised is sealed, and was sealed too late."""
        return self.sealed_at is not None and self.sealed_at > self.sealed_by


def kept_promise(made: Mapping[str, Any], *, at: datetime) -> KeptPromise:
    """Hold a promise against the journal. Three short statements, whatever the size of the journal.

    Raises WrongNote where it is none, or none that this journal signed.
    """
    texts = {line: made[line] for line in LINES if isinstance(made.get(line), str)}
    if len(texts) < len(LINES):
        raise WrongNote(_("a promise has these lines: %(lines)s") % {"lines": ", ".join(LINES)})
    check_promise(texts, keys.verifiers())
    return _held(texts["fact"], texts["leaf_hash"], datetime.fromisoformat(texts["sealed_by"]), at)


def _held(fact: str, promised: str, sealed_by: datetime, at: datetime) -> KeptPromise:
    """What became of the promise of a leaf with this hash."""
    stored = _stored(fact)
    if stored is None or _base64(leaf_hash(stored[1])) != promised:
        return KeptPromise(fact, sealed_by, Keeping.BROKEN)
    leaf = Leaf.objects.filter(seq=stored[0]).first()
    if leaf is None:
        return KeptPromise(fact, sealed_by, Keeping.OPEN if at <= sealed_by else Keeping.BROKEN)
    if _base64(leaf.hash) != promised:
        return KeptPromise(fact, sealed_by, Keeping.BROKEN, leaf.index)
    sealed_at = _sealed_at(leaf.index)
    is_kept = sealed_at is not None and sealed_at <= sealed_by
    return KeptPromise(fact, sealed_by, Keeping.KEPT if is_kept else Keeping.BROKEN, leaf.index, sealed_at)


def _stored(fact: str) -> tuple[int, str] | None:
    """The place of a fact and its text as it is now; None where it is not there."""
    try:
        return Fact.objects.filter(id=UUID(fact)).values_list("seq", "body").first()
    except ValueError:
        return None


def _sealed_at(leaf: int) -> datetime | None:
    """When the log signed the first checkpoint over this leaf; None where it is not there or not true."""
    first = Checkpoint.objects.filter(size__gt=leaf).order_by("size").first()
    try:
        head = read_checkpoint(first.note, keys.verifiers()) if first else None
    except WrongNote:
        return None
    return head.signed_at if head and head.size > leaf else None


def _base64(hashed: bytes | memoryview) -> str:
    return b64encode(hashed).decode()
