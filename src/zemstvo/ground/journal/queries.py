"""What others may ask the journal. Each question says what it costs; rows come out frozen."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Min, QuerySet

from zemstvo.ground.journal.facts import fact_classes, layout
from zemstvo.ground.journal.keys import verifiers
from zemstvo.ground.journal.models import Checkpoint, Fact, Leaf, Reader, Touch, Unsealed
from zemstvo.ground.journal.notes import read_checkpoint
from zemstvo.ground.journal.refusals import FactIsNotSealed, NotFound
from zemstvo.ground.journal.stored_tree import stored_roots, stored_size
from zemstvo.ground.journal.tree import consistency_path, inclusion_path
from zemstvo.ground.journal.wording import said
from zemstvo.ground.statements import written_once


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A fact as people read it. `sentence` is in the language that was active when the row was made."""

    id: str
    kind: str
    sentence: str
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    behalf_of: str
    mandate: str
    channel: str
    entry: str
    intermediary: str
    interaction: str | None
    authority: str
    territory: str
    service: str
    service_version: int
    objects: tuple[Mapping[str, str], ...]
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The newest checkpoint: the tree's size, its root, when it was signed, and the signed note itself."""

    origin: str
    size: int
    root: bytes
    signed_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Proof:
    """That a fact is leaf `leaf_index` of the tree under `checkpoint`; hashes in base64, sibling first."""

    fact: str
    leaf_index: int
    leaf_hash: str
    path: tuple[str, ...]
    checkpoint: str

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    def as_text(self) -> str:
        """The same as a C2SP tlog-proof, which verifies without this site."""
        steps = "".join(f"{step}\n" for step in self.path)
        return f"c2sp.org/tlog-proof@v1\nindex {self.leaf_index}\n{steps}\n{self.checkpoint}"


@dataclass(frozen=True, slots=True)
class Backlog:
    """The facts that wait for the sealer: how many, and since when the oldest."""

    waiting: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ReactionState:
    """Where a reaction stands: how many leaves it has still to read, and what stopped it, if anything."""

    name: str
    behind: int
    failures: int
    retry_at: datetime | None
    error: str


def history(type: str, object: str) -> list[HistoryRow]:
    """All facts about a thing in the order in which they were written. One statement."""
    return [history_row(json.loads(body)) for (body,) in _bodies(type, object)]


@written_once
def _bodies(type: str, object: str) -> QuerySet[Fact, tuple[str]]:
    about = Touch.objects.filter(type=type, object=object)
    return Fact.objects.filter(seq__in=about.values("seq")).order_by("seq").values_list("body")


def last_seq(type: str, object: str) -> int:
    """The place of the last fact about a thing: what was told of it holds as long as this stays. 0 without
    any. One statement, by hand: a page that is asked for all day costs little else.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(seq) FROM journal_touch WHERE type = %s AND object = %s", [type, object])
        return cursor.fetchone()[0] or 0


def fact(id: str) -> HistoryRow:
    """One fact by its public id. Refuses with NotFound. One statement."""
    body = Fact.objects.filter(id=_uuid(id)).values_list("body", flat=True).first()
    if body is None:
        raise NotFound()
    return history_row(json.loads(body))


def history_row(told: dict[str, Any]) -> HistoryRow:
    """The row of a fact from its canonical JSON."""
    return HistoryRow(
        **{
            **told,
            "sentence": _sentence(told),
            "occurred_at": datetime.fromisoformat(told["occurred_at"]),
            "recorded_at": datetime.fromisoformat(told["recorded_at"]),
            "objects": tuple(told["objects"]),
        }
    )


def proof(fact_id: str) -> Proof:
    """The proof that a fact is sealed. Refuses with NotFound, or with FactIsNotSealed for now.

    Five short statements, whatever the size of the journal.
    """
    seq = Fact.objects.filter(id=_uuid(fact_id)).values_list("seq", flat=True).first()
    if seq is None:
        raise NotFound()
    leaf = Leaf.objects.filter(seq=seq).first()
    head = Checkpoint.objects.order_by("-size").first()
    if leaf is None or head is None:
        raise FactIsNotSealed(fact=fact_id)
    path = stored_roots(inclusion_path(leaf.index, head.size))
    return Proof(
        fact=fact_id,
        leaf_index=leaf.index,
        leaf_hash=b64encode(leaf.hash).decode(),
        path=tuple(b64encode(step).decode() for step in path),
        checkpoint=head.note,
    )


def consistency(old: int, new: int) -> list[str]:
    """The proof that the tree of `old` leaves is the beginning of that of `new` (RFC 6962 §2.1.2).

    Hashes in base64. Refuses with NotFound unless the tree has had both sizes. Three short statements.
    """
    latest = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    if not 0 < old <= new <= latest:
        raise NotFound()
    return [b64encode(step).decode() for step in stored_roots(consistency_path(old, new))]


def latest_checkpoint() -> SignedHead | None:
    """The newest checkpoint, or None before the first sealing. One statement."""
    newest = Checkpoint.objects.order_by("-size").first()
    if newest is None:
        return None
    head = read_checkpoint(newest.note, verifiers())
    return SignedHead(head.origin, head.size, head.root, head.signed_at, newest.note)


def backlog() -> Backlog:
    """What waits for the sealer, for /metrics and /readyz. Two statements."""
    waiting = Unsealed.objects.aggregate(count=Count("seq"), first=Min("seq"))
    oldest = Fact.objects.filter(seq=waiting["first"]).values_list("id", flat=True).first()
    since = None if oldest is None else datetime.fromtimestamp((oldest.int >> 80) / 1000, UTC)
    return Backlog(waiting["count"], since)


def reactions() -> list[ReactionState]:
    """Where each reaction stands, those in trouble first. Two statements."""
    size = stored_size()
    readers = Reader.objects.order_by("-failures", "name")
    return [
        ReactionState(row.name, max(0, size - row.next_leaf), row.failures, row.retry_at, row.error)
        for row in readers
    ]


def _sentence(told: Mapping[str, Any]) -> str:
    """The sentence of a fact; of a kind that no class knows any more, the kind."""
    cls = fact_classes().get(told["kind"])
    if cls is None:
        return str(told["kind"])
    shown = {
        place.name: "" if (value := told["payload"].get(place.name)) is None else place.show(value)
        for place in layout(cls)
    }
    return said(cls.sentence, shown)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None
