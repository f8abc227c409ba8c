"""The tree as it stands in the database: full subtrees, in two statements however many are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Max, Q

from zemstvo.ground.journal.models import Leaf, Node
from zemstvo.ground.journal.tree import STRIDE, Frontier, Range, fold, full_subtrees, root_of


def stored_size() -> int:
    """How many leaves there are. One look at the end of an index."""
    last: int | None = Leaf.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def stored_roots(ranges: Sequence[Range]) -> list[bytes]:
    """The roots over ranges of a proof. At most two statements; raises KeyError where a hash is missing."""
    wanted = {subtree for leaves in ranges for subtree in full_subtrees(leaves)}
    stored = _stored({_base(level, index) for level, index in wanted})
    roots = {
        (level, index): fold([stored[base, part] for base, part in _parts(level, index)])
        for level, index in wanted
    }
    return [root_of(leaves, lambda level, index: roots[level, index]) for leaves in ranges]


def stored_frontier(size: int) -> Frontier:
    """The frontier of the tree at a size, ready to grow."""
    parts: list[Range] = [(index << level, (index + 1) << level) for level, index in full_subtrees((0, size))]
    return Frontier(size, stored_roots(parts))


def _base(level: int, index: int) -> tuple[int, int, int]:
    """The stored level at or below, and the first and the number of its hashes that make up a subtree."""
    up = level % STRIDE
    return level - up, index << up, 1 << up


def _parts(level: int, index: int) -> list[tuple[int, int]]:
    base, first, count = _base(level, index)
    return [(base, part) for part in range(first, first + count)]


def _stored(bases: set[tuple[int, int, int]]) -> dict[tuple[int, int], bytes]:
    found: dict[tuple[int, int], bytes] = {}
    leaves = [Q(index__gte=first, index__lt=first + count) for level, first, count in bases if level == 0]
    nodes = [
        Q(level=level, index__gte=first, index__lt=first + count) for level, first, count in bases if level
    ]
    if leaves:
        rows = Leaf.objects.filter(reduce(or_, leaves)).values_list("index", "hash")
        found.update(((0, index), bytes(hash_)) for index, hash_ in rows)
    if nodes:
        more = Node.objects.filter(reduce(or_, nodes)).values_list("level", "index", "hash")
        found.update(((level, index), bytes(hash_)) for level, index, hash_ in more)
    return found
