"""What follows a fact happens once, in the order of the leaves, and one failure stops no other."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django_tasks_db.models import DBTaskResult

from zemstvo.ground.journal import queries, reacting, sealing, worker
from zemstvo.ground.journal.acts import HOUSE, Act, command
from zemstvo.ground.journal.models import Fact, Reader
from zemstvo.ground.journal.reacting import message_id, reaction
from zemstvo.ground.journal.tests.facts_of_zarechny import (
    FenceMended,
    FencePainted,
    mend_fence,
    mended,
    paint_fence,
    vera,
)
from zemstvo.ground.journal.tests.tasks_of_zarechny import letters, send_letter

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    monkeypatch.setattr(reacting, "_reactions", {})
    letters.clear()


@pytest.fixture
def heard():
    """What the town has heard of: a reaction that writes down each fence, and fails on the fence F-13."""
    told: list[str] = []

    @reaction("town.gossip", FenceMended, FencePainted)
    def gossip(act: Act, fact: Mapping[str, Any]) -> None:
        Reader.objects.create(name=f"heard {fact['id']}", next_leaf=10**9)
        if fact["payload"]["fence"] == "F-13":
            raise RuntimeError("Anna Petrovna Ivanova")
        told.append(fact["payload"]["fence"])

    return told


def effects() -> int:
    return Reader.objects.filter(name__startswith="heard ").count()


def test_a_reaction_follows_sealed_facts_in_the_order_of_the_leaves(heard):
    for n in range(7):
        mend_fence(vera(), f"F-{n}")
    assert reacting.react_all() == 0
    sealing.seal_all()

    reacting.react_all()

    assert heard == [f"F-{n}" for n in range(7)]
    assert effects() == 7


def test_what_was_followed_once_is_not_followed_again(heard):
    mend_fence(vera())
    worker.work_once()
    worker.work_once()
    mend_fence(vera(), "F-2")
    worker.work_once()

    assert heard == ["F-1", "F-2"]


def test_only_the_kinds_that_were_named_are_followed(heard, django_assert_max_num_queries):
    @reaction("town.paint", FencePainted)
    def admire(act: Act, fact: Mapping[str, Any]) -> None:
        admired.append(fact["kind"])

    admired: list[str] = []
    mend_fence(vera())
    paint_fence(vera())
    worker.work_once()

    assert admired == ["fence.painted"]
    with django_assert_max_num_queries(2):
        assert reacting.react() == 0


def test_a_reaction_to_everything_hears_everything(heard):
    @reaction("town.chronicle")
    def chronicle(act: Act, fact: Mapping[str, Any]) -> None:
        kinds.append(fact["kind"])

    kinds: list[str] = []
    mend_fence(vera())
    paint_fence(vera())
    worker.work_once()

    assert kinds == ["fence.mended", "fence.painted"]


def test_a_reaction_acts_for_the_house_at_the_moment_and_place_of_the_fact():
    acts: list[Act] = []

    @reaction("town.watch", FenceMended)
    def watch(act: Act, fact: Mapping[str, Any]) -> None:
        acts.append(act)

    mend_fence(vera(datetime(2026, 3, 1, 12, tzinfo=UTC)))
    worker.work_once()

    assert acts[0].actor == HOUSE
    assert acts[0].at == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert (acts[0].authority, acts[0].territory) == ("zarechny-council", "79701000")
    assert acts[0].may("anything")


def test_a_reaction_may_act_itself_and_others_follow_that():
    @reaction("town.painters", FenceMended)
    def paint_what_was_mended(act: Act, fact: Mapping[str, Any]) -> None:
        paint_fence(act, fact["payload"]["fence"])

    @reaction("town.admirers", FencePainted)
    def admire(act: Act, fact: Mapping[str, Any]) -> None:
        admired.append(fact["payload"]["fence"])

    admired: list[str] = []
    mend_fence(vera(), "F-7")
    worker.work_once()

    assert admired == ["F-7"]
    assert Fact.objects.count() == 2


def test_a_failing_reaction_stops_at_its_fact_and_rests(heard, monkeypatch):
    monkeypatch.setattr(reacting, "SHORTEST_REST", timedelta(minutes=1))
    for fence in ("F-1", "F-13", "F-3"):
        mend_fence(vera(), fence)
    worker.work_once()
    reacting.react_all()

    assert heard == ["F-1"]
    assert effects() == 1
    state = next(row for row in queries.reactions() if row.name == "town.gossip")
    assert (state.behind, state.failures) == (2, 1)
    assert timedelta(0) < state.retry_at - datetime.now(UTC) <= timedelta(minutes=1)
    assert "RuntimeError at ground/journal/tests/test_reacting.py" in state.error
    assert "Anna" not in state.error


def test_each_further_failure_rests_longer(heard):
    mend_fence(vera(), "F-13")
    sealing.seal_all()
    for rest in (1, 2, 4, 8):
        Reader.objects.filter(name="town.gossip").update(retry_at=None)
        began = datetime.now(UTC)
        reacting.react()
        reader = Reader.objects.get(name="town.gossip")
        assert began <= reader.retry_at - timedelta(seconds=rest) <= datetime.now(UTC)

    assert reader.failures == 4


def test_a_reaction_follows_the_journal_anew_when_it_is_told_to(heard):
    @reaction("town.chronicle")
    def chronicle(act: Act, fact: Mapping[str, Any]) -> None:
        fences.append(fact["payload"]["fence"])

    fences: list[str] = []
    mend_fence(vera(), "F-1")
    worker.work_once()

    reacting.follow_anew("town.chronicle")
    worker.work_once()

    assert (heard, fences) == (["F-1"], ["F-1", "F-1"])


def test_a_failing_reaction_stops_no_other(heard):
    @reaction("town.chronicle")
    def chronicle(act: Act, fact: Mapping[str, Any]) -> None:
        fences.append(fact["payload"]["fence"])

    fences: list[str] = []
    for fence in ("F-1", "F-13", "F-3"):
        mend_fence(vera(), fence)
    worker.work_once()

    assert (heard, fences) == (["F-1"], ["F-1", "F-13", "F-3"])


def test_a_mended_reaction_goes_on_where_it_stopped(heard, monkeypatch):
    for fence in ("F-1", "F-13", "F-3"):
        mend_fence(vera(), fence)
    worker.work_once()
    gossip = reacting.registered()["town.gossip"].body
    monkeypatch.setattr(
        reacting,
        "_reactions",
        {
            "town.gossip": reacting.Reaction(
                "town.gossip",
                frozenset({"fence.mended"}),
                lambda act, fact: (
                    heard.append("at last") if fact["payload"]["fence"] == "F-13" else gossip(act, fact)
                ),
                False,
            )
        },
    )
    Reader.objects.filter(name="town.gossip").update(retry_at=None)

    worker.work_once()

    assert heard == ["F-1", "at last", "F-3"]
    assert all(row.failures == 0 and row.error == "" for row in queries.reactions())


def test_a_long_turn_is_given_up_and_taken_up_again(heard, monkeypatch):
    monkeypatch.setattr(reacting, "TURN", 0.0)
    for n in range(5):
        mend_fence(vera(), f"F-{n}")
    sealing.seal_all()

    assert reacting.react() == 1
    assert heard == ["F-0"]
    reacting.react_all()

    assert heard == [f"F-{n}" for n in range(5)]
    assert effects() == 5


def test_more_leaves_than_a_batch_are_followed(heard, monkeypatch):
    monkeypatch.setattr(reacting, "BATCH", 3)

    @command
    def mend_many(act: Act) -> None:
        for n in range(100, 111):
            act.record(mended(f"F-{n}"))

    mend_many(vera())
    worker.work_once()

    assert heard == [f"F-{n}" for n in range(100, 111)]


def test_a_reaction_that_an_upgrade_brings_begins_as_it_says(heard):
    mend_fence(vera(), "F-1")
    worker.work_once()

    @reaction("town.index", FenceMended)
    def index(act: Act, fact: Mapping[str, Any]) -> None:
        indexed.append(fact["payload"]["fence"])

    @reaction("town.letters", FenceMended, from_now=True)
    def write(act: Act, fact: Mapping[str, Any]) -> None:
        written.append(fact["payload"]["fence"])

    indexed: list[str] = []
    written: list[str] = []
    worker.work_once()
    mend_fence(vera(), "F-2")
    worker.work_once()

    assert (indexed, written) == (["F-1", "F-2"], ["F-2"])


def test_a_reader_that_another_process_holds_is_left_alone(heard):
    mend_fence(vera())
    sealing.seal_all()
    leaves = reacting._leaves(0)
    reacting.react_all()

    assert reacting._follow_one(reacting.registered()["town.gossip"], leaves, [(0, b"{}")]) == 0
    assert heard == ["F-1"]


def test_effects_outside_go_through_a_task_under_a_stable_id():
    @reaction("town.post", FenceMended)
    def write(act: Act, fact: Mapping[str, Any]) -> None:
        send_letter.enqueue(message_id(fact["id"], "town.post"))

    stamp = mend_fence(vera())
    worker.work_once()

    assert letters == [message_id(stamp.fact, "town.post")]
    assert UUID(letters[0]).version == 5
    assert message_id(stamp.fact, "town.post") != message_id(stamp.fact, "town.press")
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_reaction_that_fails_enqueues_nothing():
    @reaction("town.post", FenceMended)
    def write(act: Act, fact: Mapping[str, Any]) -> None:
        send_letter.enqueue(message_id(fact["id"], "town.post"))
        raise RuntimeError

    mend_fence(vera())
    worker.work_once()

    assert letters == []
    assert not DBTaskResult.objects.exists()


def test_two_reactions_of_one_name_are_refused(heard):
    with pytest.raises(TypeError, match=r"town\.gossip"):

        @reaction("town.gossip")
        def other(act: Act, fact: Mapping[str, Any]) -> None: ...
