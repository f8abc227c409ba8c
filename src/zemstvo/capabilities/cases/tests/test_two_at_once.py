"""Two people press the button in the same second: one wins, the other is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from zemstvo.capabilities.cases.commands import (
    answer_evidence,
    assign_case,
    deliver_result,
    edit_letter,
    open_draft,
    read_notice,
    request_evidence,
    save_page,
    submit_draft,
    supplement_case,
    suspend_case,
    take_action,
    withdraw_case,
)
from zemstvo.capabilities.cases.models import Case, EvidenceRequest, IdempotencyKey, Notice, ResultEntry
from zemstvo.capabilities.cases.requests import Receipt, RequestKey
from zemstvo.capabilities.cases.tests.zarechny import ANSWERS, SERVICE, ZARECHNY
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.journal.queries import history
from zemstvo.ground.journal.refusals import Refusal

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed answered: its result, or the code of its refusal."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return deed()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def twice(deed: Callable[[], Any]) -> list[Any]:
    return at_once(deed, deed)


def test_two_officials_decide_at_once_and_one_decision_stands(town):
    case = town.case("accept")
    version = Case.objects.get(pk=case.pk).row_version

    answers = at_once(
        lambda: take_action(town.act("vera"), case.number, "refuse", version=version, reasons=["R01"]),
        lambda: take_action(town.act("boris"), case.number, "refuse", version=version, reasons=["R02"]),
    )

    assert Counter(type(answer) for answer in answers) == {int: 1, str: 1}
    assert {answer for answer in answers if isinstance(answer, str)} <= {"stale", "case.decided"}
    assert town.kinds().count("case.decided") == 1


def test_two_heads_sign_at_once_and_one_result_is_granted(town):
    case = town.case("accept", "grant")
    version = Case.objects.get(pk=case.pk).row_version

    answers = twice(lambda: take_action(town.act("galina"), case.number, "sign", version=version))

    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert ResultEntry.objects.count() == 1
    assert town.kinds().count("document.registered") == 1


def test_one_accepts_while_the_other_returns(town):
    case = town.case()

    at_once(
        lambda: take_action(town.act("vera"), case.number, "accept", version=1),
        lambda: take_action(town.act("boris"), case.number, "return", version=1, reasons=["R06"]),
    )

    kinds = town.kinds()
    assert ("case.accepted" in kinds) != ("case.returned" in kinds)


def test_anna_withdraws_while_vera_decides(town):
    case = town.case("accept")
    version = Case.objects.get(pk=case.pk).row_version

    answers = at_once(
        lambda: withdraw_case(town.act("anna"), case.number, version=version),
        lambda: take_action(town.act("vera"), case.number, "refuse", version=version, reasons=["R01"]),
    )

    assert sum(isinstance(answer, int) for answer in answers) == 1


@pytest.mark.parametrize("before", [("return",)])
def test_a_supplement_sent_twice_by_a_bad_line_counts_once(town, before):
    case = town.case(*before)
    version = Case.objects.get(pk=case.pk).row_version

    answers = twice(lambda: supplement_case(town.act("anna"), case.number, {"trees": 3}, version=version))

    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert town.kinds().count("case.supplemented") == 1


def test_a_term_is_suspended_once(town):
    case = town.case("accept")
    version = Case.objects.get(pk=case.pk).row_version

    twice(lambda: suspend_case(town.act("vera"), case.number, version=version, reason="missing-documents"))

    assert town.kinds().count("case.suspended") == 1


def test_the_same_evidence_is_requested_and_answered_once(town):
    case = town.case("accept")
    twice(lambda: request_evidence(town.act("vera"), case.number, "egrn.rights"))
    request = str(EvidenceRequest.objects.get().id)

    answers = twice(lambda: answer_evidence(town.act("vera"), request, outcome="received"))

    assert sorted(map(str, answers)) == ["None", "evidence.answered"]


def test_two_editors_of_a_letter_and_two_assignments(town):
    case = town.case("accept", "grant")
    version = Case.objects.get(pk=case.pk).row_version

    letters = twice(
        lambda: edit_letter(
            town.act("vera"), case.number, "permit", {"title": "А", "paragraphs": ["Б"]}, version=0
        )
    )
    assignments = twice(
        lambda: assign_case(town.act("vera"), case.number, town.persons["boris"], version=version)
    )

    assert sorted(map(str, letters)) == ["1", "stale"]
    assert sum(isinstance(answer, int) for answer in assignments) == 1


def test_a_paper_decision_is_handed_over_once(town):
    number = town.file(town.counter("vera")).number
    for action in ("accept", "grant", "sign"):
        town.take(number, action)

    twice(lambda: deliver_result(town.act("vera", channel=Channel.COUNTER), number))

    assert town.kinds().count("result.delivered") == 1


def test_concurrent_twins_with_one_key_get_one_case_and_the_same_answer(town):
    key = RequestKey("token", "key", sha256(b"body").digest())

    answers = at_once(*[lambda: town.file(key=key)] * 6)

    assert all(isinstance(answer, Receipt) for answer in answers)
    assert len({(answer.number, answer.tracking_code) for answer in answers}) == 1
    assert sum(not answer.is_repeat for answer in answers) == 1
    assert (Case.objects.count(), IdempotencyKey.objects.count()) == (1, 1)
    assert town.kinds() == ["case.filed"]


def test_forty_applications_at_once_get_forty_numbers(town):
    def five() -> list[str]:
        return [town.file().number for _ in range(5)]

    answers = at_once(*[five] * 8)

    numbers = [number for answer in answers for number in answer]
    assert len(set(numbers)) == 40
    assert all(len(history("case", number)) == 1 for number in numbers)


def test_a_draft_submitted_twice_at_once_becomes_one_case(town):
    act = town.act("anna")
    opened = open_draft(act, service=SERVICE, territory=ZARECHNY)
    tree = {name: value for name, value in ANSWERS.items() if name != "truth"}
    version = save_page(act, opened.id, "tree", tree, version=1).version
    version = save_page(act, opened.id, "confirm", {"truth": True}, version=version).version

    answers = twice(lambda: submit_draft(act, opened.id, version=version))

    assert {answer.number for answer in answers} == {Case.objects.get().number}
    assert town.kinds().count("case.filed") == 1


def test_a_notice_is_read_once(town):
    case = town.case()
    notice = Notice.objects.create(
        id="6f0f5b6e-0000-5000-8000-000000000001",
        person=town.persons["anna"],
        case_number=case.number,
        kind="case.filed",
        created_at=case.filed_at,
    )

    twice(lambda: read_notice(town.act("anna"), str(notice.id)))

    assert town.kinds().count("notice.read") == 1
