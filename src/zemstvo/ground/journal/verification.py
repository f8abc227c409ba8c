"""Proving that the journal is what was written: every fact, leaf, node and checkpoint, in one pass.

    verdict = verify(kept=Path("checkpoint.txt").read_text())
    verdict.wrong      # "" or the first wrong place, in words

The leaves are walked in their order, a block of 2^16 at a time, which is a full subtree. At each leaf the
fact is hashed and its id compared; at each full subtree the stored node, at each checkpoint its signatures
and its root; between two checkpoints, which is what one sealing wrote, the facts must stand in order of seq.
A checkpoint kept elsewhere is compared when the walk comes to its size: whoever rewrites the whole journal,
with the key in hand, is found by that.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

from django.db import DatabaseError, connection

from zemstvo.ground.journal import streams
from zemstvo.ground.journal import wrong_places as words
from zemstvo.ground.journal.keys import signer
from zemstvo.ground.journal.keys import verifiers as own_verifiers
from zemstvo.ground.journal.models import Checkpoint, Fact, Leaf, Node
from zemstvo.ground.journal.notes import (
    Head,
    Signer,
    Verifier,
    WrongNote,
    is_signed_by,
    read_checkpoint,
    split_notes,
)
from zemstvo.ground.journal.sealed_facts import Found, LeafRow, wrong_facts, wrong_id
from zemstvo.ground.journal.stored_tree import stored_roots
from zemstvo.ground.journal.streams import Progress
from zemstvo.ground.journal.tree import STRIDE, Frontier, Lookup, inclusion_path, root_of, verify_inclusion
from zemstvo.ground.journal.wrong_places import WrongPlace, named

BLOCK_LEVEL = 16
"""The walk takes 2^BLOCK_LEVEL leaves at a time."""


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


def verify(
    *, kept: str = "", verifiers: Sequence[Verifier] | None = None, progress: Progress | None = None
) -> Verdict:
    """Prove the whole journal, also against checkpoints that were kept elsewhere (`kept`: their text).

    `verifiers` are the keys to trust; by default those of this installation. Reads everything once, in one
    snapshot, while the site goes on.
    """
    walk = _Walk(own_verifiers(), signer()) if verifiers is None else _Walk(list(verifiers))
    began = time.perf_counter()
    wrong = ""
    try:
        with streams.snapshot():
            walk.read_kept(kept)
            walk.go(progress or streams.no_progress)
            walk.check_waiting()
            walk.check_nothing_is_left()
    except WrongPlace as place:
        wrong = str(place)
    except DatabaseError as error:
        wrong = named(words.UNREADABLE, facts=walk.facts, error=error)
    return Verdict(walk.facts, walk.nodes, walk.checkpoints, walk.waiting, time.perf_counter() - began, wrong)


@dataclass(slots=True)
class _Walk:
    """The way through the leaves, and all that was met on it."""

    trusted: list[Verifier]
    own: Signer | None = None
    facts: int = 0
    nodes: int = 0
    checkpoints: int = 0
    waiting: int = 0
    kept: dict[int, list[Head]] = field(default_factory=dict)
    signed_to: int = 0
    """The size of the last checkpoint that was met."""
    blocks: Frontier = field(default_factory=Frontier)
    above: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """Roots of the full subtrees of whole blocks that make up the leaves before the present block."""

    def read_kept(self, text: str) -> None:
        notes = split_notes(text)
        if text.strip() and not notes:
            raise WrongPlace(named(words.NONE_KEPT))
        for number, note in enumerate(notes, 1):
            try:
                head = read_checkpoint(note, self.trusted)
            except WrongNote as error:
                raise WrongPlace(named(words.KEPT_UNREADABLE, number=number, error=error)) from None
            self.kept.setdefault(head.size, []).append(head)

    def go(self, progress: Progress) -> None:
        """Walk all leaves."""
        total = Leaf.objects.count()
        while leaves := streams.leaves(self.facts, self.facts + (1 << BLOCK_LEVEL)):
            self._check_block(leaves)
            progress(self.facts, total)
        if self.facts != total:
            raise WrongPlace(named(words.LEAF_MISSING, index=self.facts))
        if self.signed_to != self.facts:
            raise WrongPlace(named(words.NO_CHECKPOINT, first=self.signed_to, last=self.facts - 1))

    def _check_block(self, leaves: list[LeafRow]) -> None:
        start = self.facts
        whole = _without_gap(leaves, start)
        subtrees = _subtrees([hash_ for _index, _seq, hash_ in whole])
        end = start + len(whole)
        heads = streams.checkpoints(start, end)
        found = [
            *wrong_facts(whole, self._disagreement),
            *_compare_order(whole, self.signed_to, heads),
            *self._compare_nodes(subtrees, start, end),
            *self._compare_heads(heads, self._lookup(subtrees, start), end),
        ]
        if len(whole) < len(leaves):
            found.append((end, named(words.LEAF_MISSING, index=end)))
        if found:
            raise WrongPlace(min(found, key=lambda place: place[0])[1])
        self.facts = end
        self.checkpoints += len(heads)

    def _disagreement(self, index: int, seq: int, body: bytes) -> str:
        """Which of the two was changed, the fact or its leaf: the tree above them tells."""
        above = Checkpoint.objects.filter(size__gt=index).order_by("size").first()
        if above is not None:
            try:
                head = read_checkpoint(above.note, self.trusted)
                path = stored_roots(inclusion_path(index, head.size))
                if verify_inclusion(sha256(b"\x00" + body).digest(), index, head.size, path, head.root):
                    return named(words.LEAF_CHANGED, index=index, seq=seq)
                leaf = bytes(Leaf.objects.get(index=index).hash)
                if verify_inclusion(leaf, index, head.size, path, head.root):
                    return named(words.FACT_CHANGED, index=index, seq=seq)
            except (WrongNote, KeyError, ValueError, TypeError):
                pass  # more than one place is wrong; say only what is certain
        return named(words.DISAGREEMENT, index=index, seq=seq)

    def _compare_nodes(self, subtrees: list[list[bytes]], start: int, end: int) -> Found:
        """The stored nodes that are complete within this block, those of higher levels included."""
        levels = {level: subtrees[level] for level in range(STRIDE, len(subtrees), STRIDE)}
        if len(subtrees) > BLOCK_LEVEL:
            for level, index, root in self.blocks.append(subtrees[BLOCK_LEVEL][0]):
                self.above[level + BLOCK_LEVEL, index] = root
                if (level + BLOCK_LEVEL) % STRIDE == 0:
                    levels[level + BLOCK_LEVEL] = [root]
            self.above[BLOCK_LEVEL, start >> BLOCK_LEVEL] = subtrees[BLOCK_LEVEL][0]
        for level, roots in levels.items():
            first = (end >> level) - len(roots)
            stored = dict(streams.nodes(level, first, end >> level))
            self.nodes += len(stored)
            for index, root in enumerate(roots, first):
                if stored.get(index) != root:
                    last_leaf = ((index + 1) << level) - 1
                    yield last_leaf, _wrong_node(level, index, is_missing=index not in stored)
                    break

    def _lookup(self, subtrees: list[list[bytes]], start: int) -> Lookup:
        """Roots of full subtrees up to the end of the present block."""

        def lookup(level: int, index: int) -> bytes:
            if level < len(subtrees) and index << level >= start:
                return subtrees[level][index - (start >> level)]
            return self.above[level, index]

        return lookup

    def _compare_heads(self, heads: list[tuple[int, str]], lookup: Lookup, end: int) -> Found:
        """The checkpoints of the block, and those kept elsewhere, are signed over these leaves."""
        for size, note in heads:
            wrong = self._wrong_in(note, size, root_of((0, size), lookup))
            if wrong:
                yield size - 1, named(words.CHECKPOINT, size=size, why=wrong)
            self.signed_to = size
        for size in [size for size in self.kept if size <= end]:
            for head in self.kept.pop(size):
                if head.root != root_of((0, size), lookup):
                    yield size - 1, named(words.KEPT_DIFFERS, size=size, origin=head.origin)

    def _wrong_in(self, note: str, size: int, root: bytes) -> str:
        if self.own is not None and is_signed_by(self.own, note, size, root):
            return ""
        try:
            head = read_checkpoint(note, self.trusted, exact=True)
        except WrongNote as error:
            return str(error)
        if head.size != size:
            return named(words.CHECKPOINT_OF_ANOTHER_SIZE, size=head.size)
        return "" if head.root == root else named(words.CHECKPOINT_OF_OTHER_LEAVES)

    def check_waiting(self) -> None:
        """The facts that wait for the sealer are those that were promised."""
        for seq, hash_, fact_id, body, leaf in streams.waiting_facts():
            if leaf is not None:
                raise WrongPlace(named(words.SEALED_AND_WAITING, seq=seq, index=leaf))
            if body is None:
                raise WrongPlace(named(words.WAITING_MISSING, seq=seq))
            if sha256(b"\x00" + body).digest() != hash_:
                raise WrongPlace(named(words.WAITING_CHANGED, seq=seq))
            wrong = wrong_id(seq, fact_id, body)
            if wrong:
                raise WrongPlace(wrong)
            self.waiting += 1

    def check_nothing_is_left(self) -> None:
        """No fact without a leaf, no node and no checkpoint above leaves that are not there, nothing lost."""
        if Fact.objects.count() != self.facts + self.waiting:
            raise WrongPlace(named(words.ASTRAY, seq=_astray_seq()))
        if Node.objects.count() != self.nodes:
            raise WrongPlace(_wrong_node(*_surplus_node(self.facts), is_missing=False))
        if Checkpoint.objects.count() != self.checkpoints:
            surplus = Checkpoint.objects.exclude(size__gt=0, size__lte=self.facts)
            why = named(words.CHECKPOINT_OF_NO_LEAVES, facts=self.facts)
            raise WrongPlace(
                named(words.CHECKPOINT, size=min(surplus.values_list("size", flat=True)), why=why)
            )
        if self.kept:
            head = self.kept[min(self.kept)][0]
            raise WrongPlace(named(words.KEPT_LONGER, size=head.size, origin=head.origin, facts=self.facts))


def _without_gap(leaves: list[LeafRow], start: int) -> list[LeafRow]:
    """The leaves up to the first that is missing, or whose row holds anything but whole numbers."""
    for expected, (index, seq, _hash) in enumerate(leaves, start):
        if index != expected or type(seq) is not int:
            return leaves[: expected - start]
    return leaves


def _subtrees(hashes: list[bytes]) -> list[list[bytes]]:
    """The roots of the full subtrees of a block, level by level from the leaves."""
    levels = [hashes]
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=False)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
        levels.append(hashes)
    return levels


def _compare_order(leaves: list[LeafRow], signed_to: int, heads: list[tuple[int, str]]) -> Found:
    """Within one sealing the facts stand in the order of their seq."""
    sealings = {signed_to, *(size for size, _note in heads)}
    for (_index, before, _hash), (index, seq, _also) in pairwise(leaves):
        if seq < before and index not in sealings:
            yield index, named(words.OUT_OF_ORDER, index=index, seq=seq, before=before)
            return


def _wrong_node(level: int, index: int, *, is_missing: bool) -> str:
    sentence = words.NODE_MISSING if is_missing else words.NODE_CHANGED
    first, last = index << level, ((index + 1) << level) - 1
    return named(sentence, level=level, index=index, first=first, last=last)


def _astray_seq() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(fact.seq) FROM journal_fact AS fact "
            "WHERE NOT EXISTS (SELECT 1 FROM journal_leaf AS leaf WHERE leaf.seq = fact.seq) "
            "AND NOT EXISTS (SELECT 1 FROM journal_unsealed AS waiting WHERE waiting.seq = fact.seq)"
        )
        return int(cursor.fetchone()[0])


def _surplus_node(size: int) -> tuple[int, int]:
    """A stored node that no leaves of a tree of this size make up."""
    for level, index in Node.objects.order_by("level", "index").values_list("level", "index").iterator():
        if level % STRIDE or not level or index < 0 or (index + 1) << level > size:
            return level, index
    return 0, 0
