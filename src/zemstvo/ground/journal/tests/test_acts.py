"""A command leaves its facts with its changes, or nothing at all."""

import json
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from zemstvo.ground.journal.acts import Act, NoPowers, NothingRecorded, command, house_act
from zemstvo.ground.journal.models import Fact, Reader, Touch, Unsealed
from zemstvo.ground.journal.refusals import NoMandate, Refusal
from zemstvo.ground.journal.tests.facts_of_zarechny import (
    mend_fence,
    mended,
    paint_fence,
    vera,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def journal() -> list[str]:
    return [json.loads(body)["kind"] for body in Fact.objects.order_by("seq").values_list("body", flat=True)]


def nothing_happened() -> bool:
    rooms = (Fact, Touch, Unsealed, Reader)
    return not any(room.objects.exists() for room in rooms)


class FenceIsGone(Refusal):
    code = "fence.gone"
    message = "The fence %(fence)s is gone."
    advice = "Build fence %(fence)s anew."


@command
def mend_and_refuse(act: Act, fence: str) -> None:
    Reader.objects.create(name=fence)
    act.record(mended(fence))
    raise FenceIsGone(fence=fence)


@command
def do_nothing(act: Act) -> None:
    Reader.objects.create(name="in vain")


def test_a_command_leaves_its_fact():
    stamp = mend_fence(vera())

    assert journal() == ["fence.mended"]
    assert str(Fact.objects.get().id) == stamp.fact
    assert Unsealed.objects.get().hash == stamp.leaf_hash


def test_a_refused_command_leaves_the_journal_as_before():
    with pytest.raises(FenceIsGone):
        mend_and_refuse(vera(), "F-1")

    assert nothing_happened()


def test_a_command_that_records_nothing_fails_and_changes_nothing():
    with pytest.raises(NothingRecorded, match="do_nothing"):
        do_nothing(vera())

    assert nothing_happened()


def test_a_stranger_is_refused():
    @command
    def mend_as_told(act: Act) -> None:
        act.must("fence.mend", "79701000")
        act.record(mended())

    with pytest.raises(NoMandate):
        mend_as_told(Act(actor="stranger", at=datetime.now(UTC), powers=NoPowers()))

    assert nothing_happened()


def test_a_command_inside_a_command_joins_it_and_keeps_the_order():
    @command
    def mend_and_paint(act: Act) -> None:
        act.record(mended("F-1"))
        paint_fence(act, "F-1")
        act.record(mended("F-2"))

    mend_and_paint(vera())

    assert journal() == ["fence.mended", "fence.painted", "fence.mended"]


def test_an_outer_command_may_leave_its_facts_to_the_inner_one():
    @command
    def only_through_another(act: Act) -> None:
        mend_fence(act)

    only_through_another(vera())

    assert journal() == ["fence.mended"]


def test_a_refusal_inside_takes_back_what_the_inner_command_did_and_no_more():
    @command
    def mend_in_spite_of_all(act: Act) -> None:
        act.record(mended("F-1"))
        with pytest.raises(FenceIsGone):
            mend_and_refuse(act, "F-2")
        act.record(mended("F-3"))

    mend_in_spite_of_all(vera())

    assert journal() == ["fence.mended", "fence.mended"]
    assert list(Touch.objects.values_list("object", flat=True).order_by("seq")) == ["F-1", "F-3"]
    assert not Reader.objects.exists()


def test_when_the_outer_command_is_refused_the_inner_facts_go_too():
    @command
    def mend_then_regret(act: Act) -> None:
        mend_fence(act)
        raise FenceIsGone(fence="F-1")

    with pytest.raises(FenceIsGone):
        mend_then_regret(vera())

    assert nothing_happened()


def test_an_inner_command_must_leave_a_fact_of_its_own():
    @command
    def mend_around_nothing(act: Act) -> None:
        act.record(mended())
        do_nothing(act)

    with pytest.raises(NothingRecorded, match="do_nothing"):
        mend_around_nothing(vera())

    assert nothing_happened()


def test_nothing_is_recorded_outside_a_command():
    with pytest.raises(RuntimeError, match="outside a command"):
        vera().record(mended())


def test_a_wrong_value_fails_the_whole_command():
    with pytest.raises(ValueError, match="fence"):
        mend_fence(vera(), "the fence of Anna")

    assert nothing_happened()


def test_place_and_service_of_a_fact_default_to_those_of_the_act():
    @command
    def mend_here_and_there(act: Act) -> None:
        act.record(mended("F-1"))
        act.record(
            mended("F-2"), territory="79701000001", authority="other", service="fences", service_version=3
        )

    mend_here_and_there(vera())

    here, there = (json.loads(body) for body in Fact.objects.order_by("seq").values_list("body", flat=True))
    assert (here["territory"], here["authority"], here["service"]) == ("79701000", "zarechny-council", "")
    assert (there["territory"], there["authority"], there["service"], there["service_version"]) == (
        "79701000001",
        "other",
        "fences",
        3,
    )


def test_the_day_of_an_act_is_that_of_the_authoritys_zone():
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)

    assert vera(late).today == date(2026, 11, 24)
    assert house_act(at=late).today == date(2026, 11, 23)
    assert vera(late).later(datetime(2026, 1, 1, tzinfo=UTC)).today == date(2026, 1, 1)


def test_an_act_needs_an_instant_with_a_zone():
    with pytest.raises(ValueError, match="time zone"):
        Act(actor=str(uuid4()), at=datetime(2026, 11, 23))  # noqa: DTZ001


def test_a_refusal_says_what_happened_and_what_to_do():
    refusal = FenceIsGone(fence="F-1")

    assert (str(refusal), refusal.counsel, refusal.code, refusal.status) == (
        "The fence F-1 is gone.",
        "Build fence F-1 anew.",
        "fence.gone",
        422,
    )
