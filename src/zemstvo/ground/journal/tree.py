"""The Merkle tree of RFC 6962, section 2.1: roots, proofs that a leaf is in, proofs that a tree only grew.

Pure arithmetic over hashes. A *full subtree* (level, index) covers the 2^level leaves from index * 2^level
on; its root never changes again. Every root that a proof needs is made of a few of these, which a caller
looks up wherever it keeps them. Leaves are counted from 0; a range of leaves is (start, end), the end
exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

EMPTY_ROOT = sha256().digest()
"""The root of a tree without leaves."""

STRIDE = 4
"""Roots of full subtrees are stored at every fourth level; those between are hashed again from at most 8."""

Range = tuple[int, int]
Lookup = Callable[[int, int], bytes]
"""The root of a full subtree by its level and index; at level 0 the hash of a leaf."""


def hash_leaf(entry: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 || entry)."""
    return sha256(b"\x00" + entry).digest()


def hash_node(left: bytes, right: bytes) -> bytes:
    """The hash of a node above two subtrees: SHA-256(0x01 || left || right)."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root of a full subtree, from the roots of its 2^n parts in order."""
    while len(hashes) > 1:
        hashes = [hash_node(*pair) for pair in zip(hashes[::2], hashes[1::2], strict=True)]
    return hashes[0]


class Frontier:
    """The full subtrees of a tree, largest first: all that is needed to let it grow, and to tell its root."""

    __slots__ = ("_roots", "size")

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        """`roots` are those of `full_subtrees((0, size))`, in that order."""
        self.size = size
        self._roots = list(roots)

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add the hash of the next leaf; returns the full subtrees it completes: level ≥ 1, index, root."""
        index, level, root = self.size, 0, leaf
        completed = []
        while index & 1:
            root = sha256(b"\x01" + self._roots.pop() + root).digest()
            index >>= 1
            level += 1
            completed.append((level, index, root))
        self._roots.append(root)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The root of the whole tree."""
        if not self._roots:
            return EMPTY_ROOT
        root = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            root = hash_node(left, root)
        return root


def full_subtrees(leaves: Range) -> list[tuple[int, int]]:
    """The full subtrees (level, index) that make up a range of a proof, from left to right."""
    start, end = leaves
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def root_of(leaves: Range, lookup: Lookup) -> bytes:
    """The root over a range of a proof, or over the whole tree (0, size)."""
    subtrees = full_subtrees(leaves)
    if not subtrees:
        return EMPTY_ROOT
    root = lookup(*subtrees[-1])
    for subtree in reversed(subtrees[:-1]):
        root = hash_node(lookup(*subtree), root)
    return root


def inclusion_path(index: int, size: int) -> list[Range]:
    """The ranges whose roots prove that leaf `index` is in the tree of that size (RFC 6962 §2.1.1).

    In the order of the audit path: the leaf's sibling first. Raises ValueError where there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int) -> list[Range]:
    """The ranges whose roots prove that the tree of size `old` is the beginning of that of size `new`.

    RFC 6962 §2.1.2. Raises ValueError unless 0 < old ≤ new.
    """
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof leads from {old} to {new} leaves")
    path = []
    start, end = 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    if start:
        path.append((start, end))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the audit path leads from the hash of the leaf to the root (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = hash_node(step, found)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            found = hash_node(found, step)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def verify_consistency(old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the path proves that the old tree is the beginning of the new one (RFC 9162 §2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    found_old = found_new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            found_old, found_new = hash_node(step, found_old), hash_node(step, found_new)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            found_new = hash_node(found_new, step)
        node, last = node >> 1, last >> 1
    return last == 0 and found_old == old_root and found_new == new_root


def _split(size: int) -> int:
    """The largest power of two below `size` (≥ 2): where RFC 6962 divides a tree."""
    return 1 << ((size - 1).bit_length() - 1)
