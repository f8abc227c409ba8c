"""The tree of RFC 6962, held against the vectors of Certificate Transparency and against its definition."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zemstvo.ground.journal.tree import (
    EMPTY_ROOT,
    Frontier,
    consistency_path,
    fold,
    full_subtrees,
    hash_leaf,
    hash_node,
    inclusion_path,
    root_of,
    verify_consistency,
    verify_inclusion,
)


@pytest.fixture(scope="module")
def vectors(corpus):
    return json.loads((corpus / "exchange" / "rfc6962_sha256_vectors.json").read_text())


def defined_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 §2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hash_node(defined_root(leaves[:k]), defined_root(leaves[k:]))


def roots(leaves: list[bytes], path) -> list[bytes]:
    return [root_of(part, lambda level, i: fold(leaves[i << level : (i + 1) << level])) for part in path]


def grown(leaves: list[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier


@pytest.mark.corpus
def test_the_roots_of_certificate_transparency(vectors):
    leaves = [hash_leaf(bytes.fromhex(leaf)) for leaf in vectors["leaves_hex"]]

    assert EMPTY_ROOT.hex() == vectors["empty_root"]
    for size, root in vectors["roots"].items():
        assert grown(leaves[: int(size)]).root().hex() == root


@pytest.mark.corpus
def test_the_inclusion_proofs_of_certificate_transparency(vectors):
    leaves = [hash_leaf(bytes.fromhex(leaf)) for leaf in vectors["leaves_hex"]]

    for case in vectors["inclusion"]:
        index, size = case["index"], case["size"]
        path = roots(leaves, inclusion_path(index, size))
        assert [step.hex() for step in path] == case["path"]
        assert verify_inclusion(leaves[index], index, size, path, defined_root(leaves[:size]))


@pytest.mark.corpus
def test_the_consistency_proofs_of_certificate_transparency(vectors):
    leaves = [hash_leaf(bytes.fromhex(leaf)) for leaf in vectors["leaves_hex"]]

    for case in vectors["consistency"]:
        old, new = case["from"], case["to"]
        path = roots(leaves, consistency_path(old, new))
        assert [step.hex() for step in path] == case["proof"]
        assert verify_consistency(old, new, path, defined_root(leaves[:old]), defined_root(leaves[:new]))


sizes = st.integers(1, 70)


@st.composite
def trees(draw):
    size = draw(sizes)
    return [hash_leaf(str(n).encode()) for n in range(size)]


@given(trees())
def test_a_growing_tree_has_the_defined_root_at_every_size(leaves):
    frontier = Frontier()
    for size, leaf in enumerate(leaves, 1):
        for level, index, root in frontier.append(leaf):
            assert root == defined_root(leaves[index << level : (index + 1) << level])
        assert frontier.root() == defined_root(leaves[:size])


@given(trees(), st.data())
def test_a_tree_may_go_on_growing_from_its_full_subtrees(leaves, data):
    middle = data.draw(st.integers(0, len(leaves)))
    kept = [fold(leaves[i << level : (i + 1) << level]) for level, i in full_subtrees((0, middle))]

    frontier = Frontier(middle, kept)
    for leaf in leaves[middle:]:
        frontier.append(leaf)

    assert frontier.root() == defined_root(leaves)


@given(trees(), st.data())
def test_every_leaf_is_proved_and_no_other(leaves, data):
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    root = defined_root(leaves)
    path = roots(leaves, inclusion_path(index, size))

    assert verify_inclusion(leaves[index], index, size, path, root)
    assert not verify_inclusion(hash_leaf(b"forged"), index, size, path, root)
    assert not verify_inclusion(leaves[index], index, size, [*path, root], root)
    assert not verify_inclusion(leaves[index], size, size, path, root)
    assert not verify_inclusion(leaves[index], index, size, path, EMPTY_ROOT)
    for n in range(len(path)):
        assert not verify_inclusion(leaves[index], index, size, path[:n] + path[n + 1 :], root)
        bent = [*path[:n], bytes([path[n][0] ^ 1]) + path[n][1:], *path[n + 1 :]]
        assert not verify_inclusion(leaves[index], index, size, bent, root)


@given(trees(), st.data())
def test_growth_is_proved_and_forgery_is_not(leaves, data):
    new = len(leaves)
    old = data.draw(st.integers(1, new))
    old_root, new_root = defined_root(leaves[:old]), defined_root(leaves)
    path = roots(leaves, consistency_path(old, new))

    assert verify_consistency(old, new, path, old_root, new_root)
    assert not verify_consistency(old, new, path, hash_leaf(b"forged"), new_root)
    assert not verify_consistency(old, new, path, old_root, hash_leaf(b"forged"))
    assert not verify_consistency(old, new, [*path, new_root], old_root, new_root)
    assert not verify_consistency(0, new, path, old_root, new_root)
    if path:
        assert not verify_consistency(old, new, path[:-1], old_root, new_root)


def test_there_is_no_proof_of_a_leaf_outside_the_tree_nor_of_shrinking():
    for index, size in [(0, 0), (5, 5), (-1, 5)]:
        with pytest.raises(ValueError, match="has no leaf"):
            inclusion_path(index, size)
    for old, new in [(0, 5), (6, 5)]:
        with pytest.raises(ValueError, match="no consistency proof"):
            consistency_path(old, new)
