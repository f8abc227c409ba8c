"""Proving that the journal is what was written: every fact, leaf, node and checkpoint, in one pass.

    verdict = verify(kept=Path("checkpoint.txt").read_text())
    verdict.wrong      # "" or the first wrong place, in words

The leaves are walked in their order. At each leaf its fact is hashed and its id compared; at each full subtree
the stored node, at each checkpoint its signatures and its root; and between two checkpoints, which is what one
sealing wrote, the facts must stand in the order of their `seq`. A checkpoint kept elsewhere is compared when
the walk comes to its size: whoever rewrites the whole journal, with the key in hand, is found by that.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from zemstvo.ground.journal import streams
from zemstvo.ground.journal.keys import verifiers as own_verifiers
from zemstvo.ground.journal.models import Checkpoint, Fact, Leaf, Node
from zemstvo.ground.journal.notes import Head, Verifier, WrongNote, read_checkpoint, split_notes
from zemstvo.ground.journal.stored_tree import stored_roots
from zemstvo.ground.journal.tree import STRIDE, Frontier, inclusion_path, verify_inclusion

Progress = Callable[[int, int], None]
"""Called now and then with the leaves done and the leaves in all."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: how much it proved, how fast, and the first wrong place if there is one."""

    facts: int
    nodes: int
    checkpoints: int
    waiting: int
    seconds: float
    wrong: str

    @property
    def facts_per_second(self) -> int:
        return round(self.facts / self.seconds) if self.seconds else 0


class WrongPlace(Exception):
    """The first place at which the journal is not what it should be; the message names it."""


def verify(
    *, kept: str = "", verifiers: Sequence[Verifier] | None = None, progress: Progress | None = None
) -> Verdict:
    """Prove the whole journal, also against checkpoints that were kept elsewhere (`kept`: their text).

    `verifiers` are the keys to trust; by default those of this installation. Reads everything once, in one
    snapshot, while the site goes on.
    """
    walk = _Walk(own_verifiers() if verifiers is None else list(verifiers))
    began = time.perf_counter()
    wrong = ""
    try:
        with streams.snapshot():
            walk.read_kept(kept)
            walk.go(progress or (lambda done, of: None))
            walk.check_waiting()
            walk.check_nothing_is_left()
    except WrongPlace as place:
        wrong = str(place)
    except DatabaseError as error:
        wrong = _("after leaf %(leaf)s the database cannot be read: %(error)s") % {
            "leaf": walk.frontier.size - 1,
            "error": error,
        }
    seconds = time.perf_counter() - began
    return Verdict(walk.facts, walk.nodes, walk.checkpoints, walk.waiting, seconds, wrong)


@dataclass(slots=True)
class _Walk:
    """The way through the leaves, and all that was met on it."""

    trusted: list[Verifier]
    frontier: Frontier = field(default_factory=Frontier)
    facts: int = 0
    nodes: int = 0
    checkpoints: int = 0
    waiting: int = 0
    kept: dict[int, list[Head]] = field(default_factory=dict)
    _levels: dict[int, Iterator[tuple[int, bytes]]] = field(default_factory=dict)
    _signed: Iterator[tuple[int, str]] = field(default_factory=lambda: streams.checkpoints(-1))
    _next: tuple[int, str] | None = None
    _last_checkpoint: int = 0

    def read_kept(self, text: str) -> None:
        notes = split_notes(text)
        if text.strip() and not notes:
            raise WrongPlace(_("the file of kept checkpoints holds none"))
        for number, note in enumerate(notes, 1):
            try:
                head = read_checkpoint(note, self.trusted)
            except WrongNote as error:
                raise WrongPlace(
                    _("checkpoint %(number)s of the file: %(error)s") % {"number": number, "error": error}
                ) from None
            self.kept.setdefault(head.size, []).append(head)

    def go(self, progress: Progress) -> None:
        """Walk all leaves."""
        total = Leaf.objects.count()
        dashed = connection.vendor == "postgresql"
        self._advance()
        stop = self._next_stop()
        last_seq = -1
        append = self.frontier.append
        for rows in streams.raw_sealed_facts():
            for index, seq, hash_, fact_id, body in rows:
                if index != self.facts:
                    raise WrongPlace(_leaf_missing(self.facts, index))
                if body is None:
                    raise WrongPlace(_fact_missing(index, seq))
                if sha256(b"\x00" + body).digest() != hash_:
                    raise WrongPlace(self._disagreement(index, seq, hash_, body))
                at = body.find(b'","id":"') + 8
                told = body[at : at + 36].decode()
                if (told if dashed else told.replace("-", "")) != fact_id:
                    raise WrongPlace(_wrong_id(seq, fact_id, told))
                if seq <= last_seq:
                    raise WrongPlace(_out_of_order(index, seq, last_seq))
                last_seq = seq
                self.facts = index + 1
                completed = append(hash_)
                if len(completed) >= STRIDE:
                    self._check_nodes(completed)
                if self.facts == stop:
                    self._check_heads()
                    stop = self._next_stop()
                    last_seq = -1
            progress(self.facts, total)
        if self._last_checkpoint != self.facts:
            raise WrongPlace(_no_checkpoint(self._last_checkpoint, self.facts - 1))

    def _advance(self) -> None:
        self._next = next(self._signed, None)

    def _next_stop(self) -> int:
        """The next size at which a checkpoint, stored or kept, must be compared."""
        size = self.facts
        sizes = [later for later in self.kept if later > size]
        if self._next is not None:
            if self._next[0] <= size:
                raise WrongPlace(_checkpoint_wrong(self._next[0], _("no tree has that size")))
            sizes.append(self._next[0])
        return min(sizes, default=-1)

    def _check_nodes(self, completed: list[tuple[int, int, bytes]]) -> None:
        for level, index, root in completed:
            if level % STRIDE:
                continue
            if level not in self._levels:
                self._levels[level] = streams.stored_nodes(level)
            found = next(self._levels[level], (None, b""))
            if found != (index, root):
                raise WrongPlace(_node_wrong(level, index, is_missing=found[0] != index))
            self.nodes += 1

    def _check_heads(self) -> None:
        size, root = self.facts, self.frontier.root()
        if self._next is not None and self._next[0] == size:
            try:
                head = read_checkpoint(self._next[1], self.trusted, exact=True)
            except WrongNote as error:
                raise WrongPlace(_checkpoint_wrong(size, str(error))) from None
            if head.size != size:
                raise WrongPlace(_checkpoint_wrong(size, _("its text speaks of %s leaves") % head.size))
            if head.root != root:
                raise WrongPlace(_checkpoint_wrong(size, _("it is signed over other leaves than these")))
            self.checkpoints += 1
            self._last_checkpoint = size
            self._advance()
        for head in self.kept.get(size, ()):
            if head.root != root:
                raise WrongPlace(
                    _("the checkpoint of %(size)s leaves of %(origin)s that was kept elsewhere: "
                      "the first %(size)s leaves are not those over which it was signed")
                    % {"size": size, "origin": head.origin}
                )

    def _disagreement(self, index: int, seq: int, hash_: bytes, body: bytes) -> str:
        """Which of the two was changed, the fact or its leaf: the tree above them tells."""
        told = {"index": index, "seq": seq}
        above = Checkpoint.objects.filter(size__gt=index).order_by("size").first()
        if above is not None:
            try:
                head = read_checkpoint(above.note, self.trusted)
                path = stored_roots(inclusion_path(index, head.size))
                if verify_inclusion(bytes(hash_), index, head.size, path, head.root):
                    return _("the fact of seq %(seq)s was changed: leaf %(index)s seals another text") % told
                if verify_inclusion(sha256(b"\x00" + body).digest(), index, head.size, path, head.root):
                    return _("leaf %(index)s was changed: its hash is not that of the fact of seq %(seq)s") % told
            except (WrongNote, KeyError, ValueError, TypeError):
                pass  # more than one place is wrong; say only what is certain
        return _("leaf %(index)s and the fact of seq %(seq)s do not agree") % told

    def check_waiting(self) -> None:
        """The facts that wait for the sealer are those that were promised."""
        dashed = connection.vendor == "postgresql"
        for rows in streams.waiting_facts():
            for seq, hash_, fact_id, body, leaf in rows:
                if leaf is not None:
                    raise WrongPlace(
                        _("the fact of seq %(seq)s is leaf %(leaf)s and still waits for the sealer")
                        % {"seq": seq, "leaf": leaf}
                    )
                if body is None:
                    raise WrongPlace(_("the fact of seq %s waits for the sealer and is missing") % seq)
                if sha256(b"\x00" + body).digest() != hash_:
                    raise WrongPlace(
                        _("the fact of seq %s, which waits for the sealer, is not the one promised") % seq
                    )
                at = body.find(b'","id":"') + 8
                told = body[at : at + 36].decode()
                if (told if dashed else told.replace("-", "")) != fact_id:
                    raise WrongPlace(_wrong_id(seq, fact_id, told))
                self.waiting += 1

    def check_nothing_is_left(self) -> None:
        """No fact without a leaf, no node and no checkpoint above leaves that are not there, nothing lost."""
        if Fact.objects.count() != self.facts + self.waiting:
            raise WrongPlace(_("the fact of seq %s is neither sealed nor waits for the sealer") % _astray())
        if Node.objects.count() != self.nodes:
            level, index = _surplus_node(self.facts)
            raise WrongPlace(_node_wrong(level, index, is_missing=False))
        if self._next is not None:
            raise WrongPlace(_checkpoint_wrong(self._next[0], _("there are only %s leaves") % self.facts))
        beyond = [head for size, heads in self.kept.items() if size > self.facts for head in heads]
        if beyond:
            head = min(beyond, key=lambda one: one.size)
            raise WrongPlace(
                _("a checkpoint kept elsewhere has %(size)s leaves of %(origin)s; only %(facts)s stand here")
                % {"size": head.size, "origin": head.origin, "facts": self.facts}
            )


def _astray() -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(fact.seq) FROM journal_fact AS fact "
            "WHERE NOT EXISTS (SELECT 1 FROM journal_leaf AS leaf WHERE leaf.seq = fact.seq) "
            "AND NOT EXISTS (SELECT 1 FROM journal_unsealed AS waiting WHERE waiting.seq = fact.seq)"
        )
        return cursor.fetchone()[0]


def _surplus_node(size: int) -> tuple[int, int]:
    """A stored node that no leaves of a tree of this size make up."""
    for node in Node.objects.order_by("level", "index").iterator():
        if node.level % STRIDE or not node.level or (node.index + 1) << node.level > size or node.index < 0:
            return node.level, node.index
    return 0, 0


def _leaf_missing(expected: int, found: int) -> str:
    return _("leaf %(expected)s is missing; leaf %(found)s comes instead") % {
        "expected": expected,
        "found": found,
    }


def _fact_missing(index: int, seq: int) -> str:
    return _("leaf %(index)s seals the fact of seq %(seq)s, which is missing") % {"index": index, "seq": seq}


def _wrong_id(seq: int, found: object, told: str) -> str:
    return _("the fact of seq %(seq)s stands under the id %(found)s, but its text says %(told)s") % {
        "seq": seq,
        "found": found,
        "told": told,
    }


def _out_of_order(index: int, seq: int, last: int) -> str:
    return _("leaf %(index)s is out of order: seq %(seq)s stands after seq %(last)s") % {
        "index": index,
        "seq": seq,
        "last": last,
    }


def _node_wrong(level: int, index: int, *, is_missing: bool) -> str:
    told = {"level": level, "index": index, "first": index << level, "last": ((index + 1) << level) - 1}
    if is_missing:
        return _("node %(index)s of level %(level)s over leaves %(first)s–%(last)s is missing") % told
    return _("node %(index)s of level %(level)s is not the root over leaves %(first)s–%(last)s") % told


def _checkpoint_wrong(size: int, why: str) -> str:
    return _("the checkpoint of %(size)s leaves: %(why)s") % {"size": size, "why": why}


def _no_checkpoint(first: int, last: int) -> str:
    return _("no checkpoint stands over leaves %(first)s–%(last)s") % {"first": first, "last": last}
