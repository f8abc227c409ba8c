"""The actions of a package: accept, return, prepare, sign, refuse."""

from __future__ import annotations

import pytest

from zemstvo.capabilities.cases.commands import take_action
from zemstvo.capabilities.cases.facts import NewReason
from zemstvo.capabilities.cases.models import Case, ResultEntry
from zemstvo.capabilities.cases.refusals import (
    ActionNotOffered,
    CaseIsClosed,
    CaseIsDecided,
    DecisionInvalid,
    NewReasonNotAllowed,
    ReasonNeeded,
    ReasonUnknown,
    SecondPersonNeeded,
)
from zemstvo.capabilities.cases.tests.zarechny import LIVING, on
from zemstvo.capabilities.documents.queries import documents_of, text_of
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people.commands import revoke_mandate

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_vera_accepts_and_the_term_runs(town):
    case = town.case()

    town.take(case.number, "accept", on(11, 10))

    case = fresh(case)
    assert (case.state, case.stage) == ("work", "work")
    assert (case.registered_on.isoformat(), case.started_on.isoformat()) == ("2026-11-10", "2026-11-10")
    assert case.due_on.isoformat() == "2026-11-17"
    assert case.act_by == case.due_on
    fact = town.journal()[-1]
    assert fact["kind"] == "case.accepted"
    assert fact["payload"]["marks"] == ["complete", "registered"]
    assert fact["payload"]["due_on"] == "2026-11-17"


def test_registering_without_all_documents_leaves_the_clock_waiting(town):
    case = town.case("register")

    assert fresh(case).stands_for == "incomplete"
    assert fresh(case).started_on is None


def test_vera_returns_a_case_with_a_reason(town):
    case = town.case("return")

    case = fresh(case)
    assert (case.state, case.stage) == ("fix", "waiting")
    assert case.stands_for == "returned"
    assert case.due_on is None
    assert case.limit_on.isoformat() == "2026-12-10"
    fact = town.journal()[-1]
    assert (fact["kind"], fact["interaction"]) == ("case.returned", "notice")
    assert fact["payload"]["reasons"] == ["R06"]
    assert fact["payload"]["answer_by"] == "2026-12-09"


def test_a_return_without_a_reason_is_refused(town):
    case = town.case()

    with pytest.raises(ReasonNeeded):
        town.take(case.number, "return", reasons=[])

    assert town.kinds() == ["case.filed"]


def test_a_reason_that_is_none_for_this_is_refused(town):
    case = town.case()

    with pytest.raises(ReasonUnknown):
        town.take(case.number, "return", reasons=["R01"])

    assert town.kinds() == ["case.filed"]


def test_a_second_return_may_not_invent_a_reason(town):
    case = town.case("return")
    town.supplement(case.number)

    with pytest.raises(NewReasonNotAllowed, match="R07"):
        town.take(case.number, "return", reasons=["R06", "R07"])

    town.take(case.number, "return", reasons=["R06", "R07"], new_reason=NewReason.NEW_ERRORS)
    assert town.journal()[-1]["payload"]["new_reason"] == "new-errors"


def test_a_second_refusal_may_not_invent_a_reason_either(town):
    town.case("accept", "refuse")
    again = town.case("accept", at=on(11, 10))

    with pytest.raises(NewReasonNotAllowed, match="R02"):
        town.take(again.number, "refuse", on(11, 11), reasons=["R02"])

    town.take(again.number, "refuse", on(11, 11), reasons=["R01"])
    assert fresh(again).outcome == "refused"


def test_a_decision_is_prepared_by_one_and_signed_by_another(town):
    case = town.case("accept", "grant", "sign")

    case = fresh(case)
    assert (case.state, case.stage, case.outcome) == ("granted", "decided", "granted")
    assert case.decided_on.isoformat() == "2026-11-09"
    assert not case.is_open
    assert [kind for kind in town.kinds() if kind.startswith(("case.", "result."))] == [
        "case.filed",
        "case.accepted",
        "case.decision_prepared",
        "case.decided",
        "result.registered",
        "result.delivered",
    ]


def test_nobody_signs_what_they_prepared_themselves(town):
    case = town.case("accept")
    town.take(case.number, "grant", who="galina")

    with pytest.raises(SecondPersonNeeded):
        town.take(case.number, "sign", who="galina")

    assert fresh(case).state == "sign"


def test_a_clerk_does_not_sign(town):
    case = town.case("accept", "grant")

    with pytest.raises(NoMandate):
        town.take(case.number, "sign", who="boris")


def test_what_the_head_sends_back_is_decided_anew(town):
    case = town.case("accept", "grant", "rework", "grant", "sign")

    assert fresh(case).outcome == "granted"


def test_the_form_of_a_decision_is_checked(town):
    case = town.case("accept")

    with pytest.raises(DecisionInvalid) as refused:
        town.take(case.number, "grant", form={"granted_trees": 0})

    assert [error.field for error in refused.value.errors] == ["granted_trees"]
    assert fresh(case).state == "work"


def test_signing_issues_the_document_and_registers_the_result(town):
    case = town.case("accept", "grant", "sign", answers=LIVING)

    (document,) = documents_of(town.house(), case.number)
    entry = ResultEntry.objects.get()
    assert document.state == "signed"
    assert document.delivered_at is not None
    assert (entry.register, entry.document) == ("tree-permits", document.number)
    assert (entry.valid_from.isoformat(), entry.valid_until.isoformat()) == ("2026-11-09", "2027-05-09")
    assert document.valid_until == entry.valid_until
    text = "\n".join(block.text for block in text_of(town.act("anna"), document.id).text.blocks)
    assert "Морозова Анна Сергеевна" in text
    assert "Падает на дом" in text


def test_a_refusal_names_its_reason_in_the_letter(town):
    case = town.case("accept", "refuse")

    (document,) = documents_of(town.house(), case.number)
    sheet = text_of(town.act("anna"), document.id)
    assert "Дерево здоровое" in "\n".join(block.text for block in sheet.text.blocks)
    assert document.kind == "refusal"
    assert not ResultEntry.objects.exists()


def test_the_decision_of_a_paper_application_is_not_delivered_yet(town):
    act = town.counter("vera")
    number = town.file(act).number
    for action in ("accept", "grant", "sign"):
        town.take(number, action)

    assert "result.delivered" not in town.kinds()


def test_a_decided_case_stays_decided(town):
    case = town.case("accept", "refuse")
    before = town.kinds()

    with pytest.raises(CaseIsDecided):
        town.take(case.number, "accept")

    assert town.kinds() == before


def test_a_withdrawn_case_takes_no_actions(town):
    case = town.case()
    town.withdraw(case.number)

    with pytest.raises(CaseIsClosed):
        town.take(case.number, "accept")


def test_an_action_of_another_state_is_refused(town):
    case = town.case()

    with pytest.raises(ActionNotOffered, match="Поступило"):
        town.take(case.number, "grant", form={"granted_trees": 1})


def test_an_action_whose_condition_does_not_hold_is_refused(town):
    dead, living = town.case("accept"), town.case("accept", answers=LIVING)

    with pytest.raises(ActionNotOffered):
        town.take(dead.number, "survey")

    town.take(living.number, "survey")
    assert fresh(living).state == "survey"


def test_the_applicants_own_actions_are_no_officials_actions(town):
    case = town.case("return")

    with pytest.raises(ActionNotOffered):
        town.take(case.number, "correct")


def test_a_stale_form_is_refused(town):
    case = town.case("accept")

    with pytest.raises(Stale):
        take_action(town.act("vera"), case.number, "refuse", version=1, reasons=["R01"])

    assert fresh(case).state == "work"


def test_a_stranger_a_clerk_of_the_next_district_and_the_applicant_are_refused(town):
    case = town.case()
    before = town.kinds()

    for act in (town.stranger(), town.act("oleg"), town.act("anna")):
        with pytest.raises(NoMandate):
            take_action(act, case.number, "accept", version=case.row_version)

    assert town.kinds() == before


def test_a_revoked_mandate_ends_at_once(town):
    case = town.case()
    revoke_mandate(town.house(), town.mandates["vera"])

    with pytest.raises(NoMandate):
        town.take(case.number, "accept")


def test_an_unknown_number_is_not_found(town):
    for number in ("ZAR-2026-999999-0", "", "\0", "x" * 500):
        with pytest.raises(NotFound):
            take_action(town.act("vera"), number, "accept", version=1)
