"""What others may ask: the history of a thing, one fact, proofs, the newest checkpoint, what waits."""

import re
from base64 import b64decode
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from zemstvo.ground.journal import keys, queries, sealing
from zemstvo.ground.journal.models import Checkpoint, Fact, Leaf
from zemstvo.ground.journal.notes import read_checkpoint
from zemstvo.ground.journal.refusals import FactIsNotSealed, NotFound
from zemstvo.ground.journal.tests.facts_of_zarechny import VERA, mend_fence, paint_fence, vera
from zemstvo.ground.journal.tree import verify_consistency, verify_inclusion

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_history_of_a_thing_is_told_in_the_order_of_writing(django_assert_num_queries):
    mend_fence(vera(), "F-1", neighbours=("F-2",))
    paint_fence(vera(), "F-2")
    paint_fence(vera(), "F-1")

    with django_assert_num_queries(1):
        told = queries.history("fence", "F-2")

    assert [row.kind for row in told] == ["fence.mended", "fence.painted"]
    assert [row.kind for row in queries.history("fence", "F-1")] == ["fence.mended", "fence.painted"]
    assert queries.history("fence", "F-3") == queries.history("case", "F-1") == []


@pytest.mark.parametrize(("language", "day"), [("ru", "23 ноября 2026 г."), ("en", "23 November 2026")])
def test_a_row_tells_who_what_and_when(language, day):
    stamp = mend_fence(vera(), mended_on=date(2026, 11, 23))

    with translation.override(language):
        row = queries.fact(stamp.fact)

    assert row.sentence == f"The fence F-1 was mended on {day.rstrip('.')}."
    assert (row.id, row.kind, row.actor, row.channel, row.entry, row.interaction) == (
        stamp.fact,
        "fence.mended",
        VERA,
        "counter",
        "transcribed",
        "notice",
    )
    assert row.occurred_at == datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert row.payload["planks"] == 0
    assert row.objects == ({"id": "F-1", "role": "fence", "type": "fence"},)


def test_a_fact_of_a_forgotten_kind_is_still_told():
    mend_fence(vera())
    body = Fact.objects.get().body.replace("fence.mended", "fence.forgotten")
    Fact.objects.create(id=uuid4(), body=body)

    row = queries.history_row(queries.json.loads(body))

    assert row.sentence == "fence.forgotten"


@pytest.mark.parametrize(
    "unknown", ["no id at all", "0192f0c1-2d3e-7f40-8a5b-6c7d8e9f0a1b", "", "'; DROP TABLE"]
)
def test_an_unknown_fact_is_refused(unknown):
    for question in (queries.fact, queries.proof):
        with pytest.raises(NotFound):
            question(unknown)


def test_a_fact_that_waits_has_no_proof_yet():
    stamp = mend_fence(vera())

    with pytest.raises(FactIsNotSealed, match=re.escape(stamp.fact)):
        queries.proof(stamp.fact)


def test_every_fact_is_proved_against_the_newest_checkpoint(django_assert_max_num_queries):
    stamps = [mend_fence(vera(), f"F-{n}") for n in range(40)]
    sealing.seal(17)
    sealing.seal_all()

    for index, stamp in enumerate(stamps):
        with django_assert_max_num_queries(5):
            proof = queries.proof(stamp.fact)
        head = read_checkpoint(proof.checkpoint, keys.verifiers())
        path = [b64decode(step) for step in proof.path]
        assert (proof.leaf_index, b64decode(proof.leaf_hash)) == (index, stamp.leaf_hash)
        assert verify_inclusion(stamp.leaf_hash, index, head.size, path, head.root)


def test_a_proof_is_written_as_c2sp_writes_it():
    stamps = [mend_fence(vera(), f"F-{n}") for n in range(3)]
    sealing.seal_all()

    proof = queries.proof(stamps[1].fact)

    assert proof.as_dict()["leaf_index"] == 1
    head, _, checkpoint = proof.as_text().partition("\n\n")
    assert head.split("\n") == ["c2sp.org/tlog-proof@v1", "index 1", *proof.path]
    assert checkpoint == Checkpoint.objects.get().note


def test_growth_from_one_checkpoint_to_another_is_proved():
    for n in range(40):
        mend_fence(vera(), f"F-{n}")
    for size in (1, 6, 9, 24):
        sealing.seal(size)
    heads = [read_checkpoint(row.note, keys.verifiers()) for row in Checkpoint.objects.order_by("size")]

    for old in heads:
        for new in heads[heads.index(old) :]:
            path = [b64decode(step) for step in queries.consistency(old.size, new.size)]
            assert verify_consistency(old.size, new.size, path, old.root, new.root)
    for wrong in [(0, 40), (41, 41), (7, 6), (-1, 3)]:
        with pytest.raises(NotFound):
            queries.consistency(*wrong)


def test_the_newest_checkpoint_is_that_of_all_leaves():
    assert queries.latest_checkpoint() is None
    mend_fence(vera())
    sealing.seal_all(at=datetime(2026, 11, 23, 10, tzinfo=UTC))

    head = queries.latest_checkpoint()

    assert (head.size, head.signed_at) == (1, datetime(2026, 11, 23, 10, tzinfo=UTC))
    assert head.root == bytes(Leaf.objects.get().hash)


def test_what_waits_is_counted_and_dated():
    assert queries.backlog() == queries.Backlog(0, None)
    before = datetime.now(UTC)
    mend_fence(vera())
    mend_fence(vera())

    waiting = queries.backlog()

    assert waiting.waiting == 2
    assert before - timedelta(milliseconds=1) <= waiting.since <= datetime.now(UTC)
