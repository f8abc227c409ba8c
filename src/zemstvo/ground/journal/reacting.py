"""Reactions: what follows a fact, done after its sealing, in the order of the leaves.

    @reaction("cases.notices", CaseDecided, CaseReturned)
    def notify(act: Act, fact: Mapping[str, Any]) -> None: ...

Effects in the database happen once: the reaction's place among the leaves (its `Reader`) moves in the same
transaction. Effects outside (mail, other systems) happen at least once: the reaction enqueues a task under
the id that `message_id` gives, the same at every repeat.

A reaction that fails stops at its fact and rests, longer each time; the others go on. `queries.reactions`
shows where each of them stands, and what stopped it.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from zemstvo.ground.journal import courtesy, streams
from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.ground.journal.facts import Fact
from zemstvo.ground.journal.failures import stack, where
from zemstvo.ground.journal.loops import run_until
from zemstvo.ground.journal.models import Reader
from zemstvo.ground.journal.stored_tree import stored_size

BATCH = 500
"""How many leaves at most a reaction reads at once."""

FEW = 20
"""How many it reads while somebody waits for an answer."""

TURN = 0.1
"""Seconds after which a reaction commits what it has done, so that others may write."""

PAUSE = 0.5
"""Seconds of rest when there is nothing to follow."""

SHORTEST_REST, LONGEST_REST = timedelta(seconds=1), timedelta(hours=1)

Body = Callable[[Act, Mapping[str, Any]], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What follows facts of these kinds; of all kinds where none is named."""

    name: str
    kinds: frozenset[str]
    body: Body
    from_now: bool

    def follows(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


_reactions: dict[str, Reaction] = {}


def reaction(name: str, *classes: type[Fact], from_now: bool = False) -> Callable[[Body], Body]:
    """Register a function that follows each sealed fact of these classes, in the order of the leaves.

    The name is its place in the journal for ever. The body gets an act of the house at the moment, authority
    and territory of the fact, and the fact as its canonical JSON reads. A reaction that an upgrade brings
    begins with the first fact there is, unless `from_now` lets it begin with the next.
    """

    def register(body: Body) -> Body:
        known = _reactions.get(name)
        if known is not None and known.body.__qualname__ != body.__qualname__:
            raise TypeError(f"two reactions of the name {name}: {known.body}, {body}")
        _reactions[name] = Reaction(name, frozenset(cls.kind for cls in classes), body, from_now)
        return body

    return register


def registered() -> dict[str, Reaction]:
    """All reactions known to this process, by name."""
    return dict(_reactions)


def message_id(fact_id: str, name: str) -> str:
    """A stable public id (a UUID of version 5) for what a reaction sends out because of a fact."""
    return str(uuid5(UUID(fact_id), name))


def react(stop: Event | None = None) -> int:
    """Let every reaction follow the next leaves that it has not seen; returns how many readers moved.

    With `stop` it gives way, between one reaction and the next, to those who wait for an answer. Two
    statements where there is nothing to do.
    """
    size = stored_size()
    now = datetime.now(UTC)
    behind = [one for one in _readers(size) if one.next_leaf < size and not _rests(one, now)]
    return _follow(behind, stop) if behind else 0


def react_all() -> int:
    """Go on until each reaction has followed all leaves, or rests; returns how many readers moved."""
    total = 0
    while moved := react():
        total += moved
    return total


def run_forever(stop: Event, *, pause: float = PAUSE) -> None:
    """React until `stop` is set: in a thread of the web process on SQLite, in any process on PostgreSQL."""
    run_until(stop, lambda: react(stop), name="reactions", pause=pause)


def follow_anew(name: str) -> None:
    """Let a reaction follow the journal from its beginning once more: one whose effects may be made again."""
    Reader.objects.filter(name=name).update(next_leaf=0, failures=0, retry_at=None, error="")


@dataclass(frozen=True, slots=True)
class Leaves:
    """Some leaves that were read: from `start` to before `end`, the kind and the body of each."""

    start: int
    end: int
    facts: Sequence[tuple[int, str, bytes]]


def _readers(size: int) -> list[Reader]:
    """The readers of the reactions that this process knows; made where there are none yet."""
    known = list(Reader.objects.filter(name__in=_reactions))
    missing = _reactions.keys() - {reader.name for reader in known}
    if not missing:
        return known
    Reader.objects.bulk_create(
        [Reader(name=name, next_leaf=size if _reactions[name].from_now else 0) for name in missing],
        ignore_conflicts=True,
    )
    return list(Reader.objects.filter(name__in=_reactions))


def _rests(reader: Reader, now: datetime) -> bool:
    return reader.retry_at is not None and reader.retry_at > now


def _follow(behind: Sequence[Reader], stop: Event | None) -> int:
    """Move the readers: those that find nothing to follow all at once, each other one in its transaction."""
    read: dict[int, Leaves] = {}
    idle: dict[int, list[str]] = {}
    moved = 0
    for reader in behind:
        began = time.monotonic()
        if reader.next_leaf not in read:
            read[reader.next_leaf] = _leaves(reader.next_leaf)
        leaves = read[reader.next_leaf]
        one = _reactions[reader.name]
        relevant = [(index, body) for index, kind, body in leaves.facts if one.follows(kind)]
        if relevant:
            moved += _follow_one(one, leaves, relevant)
        elif leaves.end > leaves.start:
            idle.setdefault(leaves.start, []).append(reader.name)
        if stop:
            courtesy.give_way(stop, time.monotonic() - began)
    if idle:
        moved += _pass_over(idle, read)
    return moved


def _pass_over(idle: Mapping[int, Sequence[str]], read: Mapping[int, Leaves]) -> int:
    with transaction.atomic():
        return sum(
            Reader.objects.filter(name__in=names, next_leaf=start).update(next_leaf=read[start].end)
            for start, names in idle.items()
        )


def _follow_one(one: Reaction, leaves: Leaves, relevant: Sequence[tuple[int, bytes]]) -> int:
    """Follow the relevant facts in one transaction; stop before one that fails, or when the turn is over."""
    failure: Exception | None = None
    done = leaves.end
    turn_ends = time.monotonic() + (0 if courtesy.is_busy() else TURN)
    with transaction.atomic():
        waiting = Reader.objects.select_for_update(skip_locked=True)
        reader = waiting.filter(Q(name=one.name) & Q(next_leaf=leaves.start)).first()
        if reader is None:
            return 0  # another process is at it
        for place, (index, body) in enumerate(relevant):
            if place and time.monotonic() > turn_ends:
                done = index
                break
            told = json.loads(body)
            try:
                with transaction.atomic():
                    one.body(_act_after(told), told)
            except Exception as error:
                log.error("reaction %s failed at leaf %s: %s", one.name, index, stack(error))
                failure, done = error, index
                break
        _move(reader, done, failure)
    return 1


def _move(reader: Reader, to: int, failure: Exception | None) -> None:
    reader.failures = 0 if failure is None else (1 if to > reader.next_leaf else reader.failures + 1)
    reader.next_leaf = to
    reader.retry_at = None
    reader.error = ""
    if failure is not None:
        rest = min(SHORTEST_REST * 2 ** min(reader.failures - 1, 20), LONGEST_REST)
        reader.retry_at = datetime.now(UTC) + rest
        reader.error = where(failure)[:300]
    reader.save()


def _leaves(start: int) -> Leaves:
    rows = streams.sealed_bodies(start, start + (FEW if courtesy.is_busy() else BATCH))
    found = [(index, _kind_of(body), body) for index, _seq, _hash, body in rows]
    return Leaves(start, found[-1][0] + 1 if found else start, found)


def _kind_of(body: bytes) -> str:
    """The kind that a canonical text tells, without reading the rest of it."""
    at = body.find(b'","kind":"') + 10
    return body[at : body.find(b'"', at)].decode()


def _act_after(told: Mapping[str, Any]) -> Act:
    return house_act(
        at=datetime.fromisoformat(told["occurred_at"]),
        territory=told["territory"],
        authority=told["authority"],
    )
