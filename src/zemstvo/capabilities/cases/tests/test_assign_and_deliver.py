"""Who works on a case, and how its result reaches the applicant."""

from __future__ import annotations

import pytest

from zemstvo.capabilities.cases import upkeep
from zemstvo.capabilities.cases.commands import (
    assign_case,
    deliver_result,
    revoke_result,
    sweep_leftovers,
    sweeping,
)
from zemstvo.capabilities.cases.models import Case, IdempotencyKey, ResultEntry
from zemstvo.capabilities.cases.queries import own_results
from zemstvo.capabilities.cases.refusals import (
    CaseIsDecided,
    CaseIsUndecided,
    OfficialNotHere,
    ResultIsDelivered,
    ResultNotHeld,
)
from zemstvo.capabilities.cases.requests import RequestKey
from zemstvo.capabilities.cases.tests.zarechny import on
from zemstvo.capabilities.cases.upkeep import run
from zemstvo.capabilities.documents.queries import documents_of
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.journal.refusals import NoMandate, NotFound

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def paper_case(town) -> Case:
    number = town.file(town.counter("vera")).number
    for action in ("accept", "grant", "sign"):
        town.take(number, action)
    return Case.objects.get(number=number)


def test_vera_gives_a_case_to_boris(town):
    case = town.case()

    assign_case(town.act("vera"), case.number, town.persons["boris"], version=case.row_version)

    assert str(Case.objects.get(pk=case.pk).assigned_to) == town.persons["boris"]
    assert town.journal()[-1]["payload"]["official"] == town.persons["boris"]
    assert town.card(case.number).assigned_name == "Ефремов Б. Л."


def test_nobody_gets_a_case_who_cannot_decide_it_here(town):
    case = town.case()

    for who in ("oleg", "anna"):
        with pytest.raises(OfficialNotHere):
            assign_case(town.act("vera"), case.number, town.persons[who], version=case.row_version)

    assert town.kinds() == ["case.filed"]


def test_a_decided_case_is_given_to_nobody(town):
    case = town.case("accept", "refuse")

    with pytest.raises(CaseIsDecided):
        assign_case(town.act("vera"), case.number, town.persons["boris"])


def test_strangers_assign_nothing(town):
    case = town.case()

    for act in (town.act("anna"), town.act("oleg"), town.stranger()):
        with pytest.raises(NoMandate):
            assign_case(act, case.number, town.persons["boris"])


def test_a_decision_is_handed_over_at_the_counter_once(town):
    case = paper_case(town)

    deliver_result(town.act("vera", on(11, 12), channel=Channel.COUNTER), case.number)

    fact = town.journal()[-1]
    assert (fact["kind"], fact["interaction"], fact["channel"]) == ("result.delivered", "delivery", "counter")
    (document,) = documents_of(town.house(), case.number)
    assert document.delivery_form == "paper"
    with pytest.raises(ResultIsDelivered):
        deliver_result(town.act("vera", on(11, 12), channel=Channel.COUNTER), case.number)


def test_there_is_nothing_to_hand_over_before_the_decision(town):
    case = town.case("accept")

    with pytest.raises(CaseIsUndecided):
        deliver_result(town.act("vera"), case.number)


def test_an_electronic_decision_is_delivered_with_the_signature(town):
    case = town.case("accept", "grant", "sign")

    (fact,) = [fact for fact in town.journal() if fact["kind"] == "result.delivered"]
    assert fact["channel"] == "portal"
    with pytest.raises(ResultIsDelivered):
        deliver_result(town.act("vera"), case.number)


def test_strangers_deliver_nothing(town):
    case = paper_case(town)

    for act in (town.act("anna"), town.act("oleg"), town.stranger()):
        with pytest.raises(NoMandate):
            deliver_result(act, case.number)


def test_the_head_revokes_a_result(town):
    town.case("accept", "grant", "sign")
    result = str(ResultEntry.objects.get().id)

    revoke_result(town.act("galina", on(12, 1)), result, reason="R01")

    (row,) = own_results(town.act("anna", on(12, 1)))
    assert not row.is_in_force
    assert town.journal()[-1]["kind"] == "result.revoked"
    with pytest.raises(ResultNotHeld):
        revoke_result(town.act("galina", on(12, 2)), result, reason="R01")


def test_a_clerk_or_a_stranger_revokes_nothing(town):
    town.case("accept", "grant", "sign")
    result = str(ResultEntry.objects.get().id)

    for act in (town.act("vera"), town.act("anna"), town.stranger()):
        with pytest.raises(NoMandate):
            revoke_result(act, result, reason="R01")
    with pytest.raises(NotFound):
        revoke_result(town.act("galina"), "nonsense", reason="R01")


def test_kept_answers_are_swept_after_seven_days(town):
    town.file(key=RequestKey("token", "key", b"x" * 32))

    assert run(on(11, 16, hour=8))["leftovers"] == 0
    assert run(on(11, 16))["leftovers"] == 1

    assert not IdempotencyKey.objects.exists()
    with pytest.raises(NoMandate):
        sweep_leftovers(town.act("vera"))


def test_a_year_of_kept_answers_goes_by_batches_the_oldest_first_and_others_write_in_between(
    town, monkeypatch
):
    for n in range(5):
        town.file(key=RequestKey("token", f"key {n}", b"x" * 32))
    IdempotencyKey.objects.filter(key="key 4").update(stored_at=on(11, 8, hour=8))
    monkeypatch.setattr(sweeping, "MOST", 2)
    monkeypatch.setattr(upkeep, "SWEEPS", 2)

    assert run(on(11, 16))["leftovers"] == 4
    assert [fact["payload"]["keys"] for fact in town.journal()[-2:]] == [2, 2]
    assert IdempotencyKey.objects.get().key == "key 3"
    assert run(on(11, 16))["leftovers"] == 1
    assert run(on(11, 16))["leftovers"] == 0
