"""What waits is sealed: leaves in the order of seq, nodes, a signed checkpoint, and nothing twice."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from zemstvo.ground.journal import keys, sealing
from zemstvo.ground.journal.models import Checkpoint, Fact, Leaf, Node, Unsealed
from zemstvo.ground.journal.notes import read_checkpoint
from zemstvo.ground.journal.stored_tree import stored_frontier, stored_size
from zemstvo.ground.journal.tests.facts_of_zarechny import mend_fence, vera
from zemstvo.ground.journal.tree import fold, full_subtrees, root_of
from zemstvo.ground.journal.writing import leaf_hash

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SEALED_AT = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)


def mend(fences: int) -> None:
    for n in range(fences):
        mend_fence(vera(), f"F-{n}")


def test_nothing_is_sealed_where_nothing_waits():
    assert sealing.seal() == 0
    assert not Checkpoint.objects.exists()


def test_facts_become_leaves_in_the_order_of_their_seq():
    mend(5)

    assert sealing.seal(at=SEALED_AT) == 5

    facts = list(Fact.objects.order_by("seq"))
    assert list(Leaf.objects.order_by("index").values_list("index", "seq", "hash")) == [
        (index, fact.seq, leaf_hash(fact.body)) for index, fact in enumerate(facts)
    ]
    assert not Unsealed.objects.exists()


def test_the_checkpoint_is_signed_over_the_leaves():
    mend(5)
    sealing.seal(at=SEALED_AT)

    leaves = [bytes(hash_) for hash_ in Leaf.objects.order_by("index").values_list("hash", flat=True)]
    head = read_checkpoint(Checkpoint.objects.get().note, keys.verifiers(), exact=True)
    assert (head.size, head.signed_at) == (5, SEALED_AT)
    assert head.root == root_of((0, 5), lambda level, i: fold(leaves[i << level : (i + 1) << level]))


def test_a_tree_that_grows_by_and_by_is_the_tree_that_grew_at_once():
    mend(70)
    for size in (1, 2, 13, 1, 30, 23):
        assert sealing.seal(size, at=SEALED_AT) == size

    leaves = [bytes(hash_) for hash_ in Leaf.objects.order_by("index").values_list("hash", flat=True)]
    for checkpoint in Checkpoint.objects.all():
        head = read_checkpoint(checkpoint.note, keys.verifiers(), exact=True)
        assert head.root == root_of(
            (0, head.size), lambda level, i: fold(leaves[i << level : (i + 1) << level])
        )
    assert list(Node.objects.order_by("level", "index").values_list("level", "index")) == [
        (4, 0), (4, 1), (4, 2), (4, 3),
    ]  # fmt: skip
    assert all(fold(leaves[n.index * 16 : n.index * 16 + 16]) == n.hash for n in Node.objects.all())


def test_the_tree_is_taken_up_where_it_was_left():
    mend(37)
    sealing.seal_all()
    leaves = [bytes(hash_) for hash_ in Leaf.objects.order_by("index").values_list("hash", flat=True)]

    assert stored_size() == 37
    for size in range(38):
        roots = [fold(leaves[i << level : (i + 1) << level]) for level, i in full_subtrees((0, size))]
        assert stored_frontier(size)._roots == roots


def test_what_comes_while_the_sealer_hashes_waits_for_the_next_time(monkeypatch):
    mend(3)
    growth = sealing._growth(10, SEALED_AT)
    mend(2)
    monkeypatch.setattr(sealing, "_growth", lambda limit, at: growth)

    assert sealing.seal() == 3
    assert Unsealed.objects.count() == 2


def test_a_sealer_that_was_overtaken_writes_nothing(monkeypatch):
    mend(3)
    growth = sealing._growth(10, SEALED_AT)
    sealing.seal(2)
    monkeypatch.setattr(sealing, "_growth", lambda limit, at: growth)

    assert sealing.seal() == 0
    assert stored_size() == 2
    assert Unsealed.objects.count() == 1


def test_an_uncommitted_fact_is_not_sealed():
    try:
        with transaction.atomic():
            mend(2)
            raise RuntimeError("the power went")
    except RuntimeError:
        pass
    mend(1)

    assert sealing.seal_all() == 1
    assert Leaf.objects.count() == Fact.objects.count() == 1


def test_sealing_costs_the_same_few_statements_however_many_wait(django_assert_max_num_queries):
    mend(50)
    sealing.seal(20)
    with django_assert_max_num_queries(12):
        sealing.seal(3)
    with django_assert_max_num_queries(12):
        sealing.seal(27)
    assert connection.vendor in ("sqlite", "postgresql")
