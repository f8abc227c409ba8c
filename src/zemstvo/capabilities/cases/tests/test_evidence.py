"""Asking other authorities instead of the person."""

from __future__ import annotations

from datetime import date

import pytest

from zemstvo.capabilities.cases.commands import answer_evidence, mark_evidence_overdue, request_evidence
from zemstvo.capabilities.cases.models import CaseFile, EvidenceRequest
from zemstvo.capabilities.cases.queries import own_case
from zemstvo.capabilities.cases.refusals import (
    CaseIsDecided,
    EvidenceAwaited,
    EvidenceIsAnswered,
    EvidenceUnknown,
    FileTypeNotAllowed,
)
from zemstvo.capabilities.cases.tests.zarechny import on
from zemstvo.capabilities.cases.upkeep import run
from zemstvo.ground.journal.refusals import NoMandate, NotFound

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_vera_asks_and_the_request_has_a_clock_of_its_own(town):
    case = town.case("accept")

    request = request_evidence(town.act("vera"), case.number, "egrn.rights")

    row = EvidenceRequest.objects.get(pk=request)
    assert row.due_on == date(2026, 11, 16)
    fact = town.journal()[-1]
    assert (fact["kind"], fact["payload"]["evidence"]) == ("evidence.requested", "egrn.rights")
    assert {"id": request, "role": "request", "type": "request"} in fact["objects"]


def test_the_answer_is_kept_sealed_and_shown_to_the_official(town):
    case = town.case("accept")
    request = request_evidence(town.act("vera"), case.number, "egrn.rights")

    answer_evidence(
        town.act("vera", on(11, 12)), request, outcome="received", words="Участок принадлежит А. Морозовой"
    )

    row = EvidenceRequest.objects.get(pk=request)
    assert "Морозовой".encode() not in bytes(row.answer)
    shown = {one.evidence: one for one in town.card(case.number).evidence}
    assert shown["egrn.rights"].answer == "Участок принадлежит А. Морозовой"
    assert shown["forest.register"].state == ""
    assert not town.journal()[-1]["payload"]["was_late"]


def test_an_answer_comes_with_its_file_or_not_at_all(town):
    case = town.case("accept")
    request = request_evidence(town.act("vera"), case.number, "egrn.rights")
    paper, before = ("выписка.pdf", b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"), town.kinds()

    with pytest.raises(FileTypeNotAllowed):
        answer_evidence(town.act("vera"), request, outcome="received", file=("вирус.exe", b"MZ"))
    with pytest.raises(NotFound):
        answer_evidence(town.act("vera"), request, outcome="lost", file=paper)
    with pytest.raises(NoMandate):
        answer_evidence(town.act("anna"), request, outcome="received", file=paper)
    assert (town.kinds(), CaseFile.objects.count()) == (before, 0)

    answer_evidence(town.act("vera"), request, outcome="received", file=paper)
    with pytest.raises(EvidenceIsAnswered):
        answer_evidence(town.act("vera"), request, outcome="received", file=paper)

    assert EvidenceRequest.objects.get(pk=request).file == CaseFile.objects.get()
    assert town.kinds()[len(before) :] == ["case.file_attached", "evidence.answered"]


def test_the_same_evidence_is_awaited_once(town):
    case = town.case("accept")
    request_evidence(town.act("vera"), case.number, "egrn.rights")

    with pytest.raises(EvidenceAwaited):
        request_evidence(town.act("vera"), case.number, "egrn.rights")


def test_evidence_that_the_package_does_not_know_is_refused(town):
    case = town.case("accept")

    with pytest.raises(EvidenceUnknown):
        request_evidence(town.act("vera"), case.number, "fns.income")


def test_an_answered_request_stays_answered(town):
    case = town.case("accept")
    request = request_evidence(town.act("vera"), case.number, "egrn.rights")
    answer_evidence(town.act("vera"), request, outcome="absent")

    with pytest.raises(EvidenceIsAnswered):
        answer_evidence(town.act("vera"), request, outcome="received")


def test_once_overdue_anna_may_bring_it_and_the_case_does_not_wait(town):
    case = town.case("accept")
    request = request_evidence(town.act("vera"), case.number, "egrn.rights")

    assert run(on(11, 16))["evidence"] == 0
    assert run(on(11, 17))["evidence"] == 1

    fact = town.journal()[-1]
    assert (fact["kind"], fact["interaction"]) == ("evidence.released", "notice")
    (wanted,) = own_case(town.act("anna", on(11, 17)), case.number).wanted
    assert "Сведения о правах на участок" in wanted.sentence
    answer_evidence(town.act("vera", on(11, 18)), request, outcome="brought")
    assert town.journal()[-1]["payload"]["was_late"]
    assert own_case(town.act("anna", on(11, 18)), case.number).wanted == ()


def test_where_a_letter_is_the_fallback_nobody_is_asked(town):
    case = town.case("accept")
    request = request_evidence(town.act("vera"), case.number, "forest.register")

    mark_evidence_overdue(town.house(on(11, 12)), request)

    assert town.journal()[-1]["kind"] == "evidence.overdue"
    assert town.journal()[-1]["interaction"] is None
    with pytest.raises(EvidenceIsAnswered):
        mark_evidence_overdue(town.house(on(11, 13)), request)


def test_nothing_is_overdue_before_its_day(town):
    case = town.case("accept")
    request = request_evidence(town.act("vera"), case.number, "egrn.rights")

    with pytest.raises(NotFound):
        mark_evidence_overdue(town.house(on(11, 16)), request)


def test_a_decided_case_asks_nobody(town):
    case = town.case("accept", "refuse")

    with pytest.raises(CaseIsDecided):
        request_evidence(town.act("vera"), case.number, "egrn.rights")


def test_strangers_ask_and_answer_nothing(town):
    case = town.case("accept")
    request = request_evidence(town.act("vera"), case.number, "egrn.rights")
    before = town.kinds()

    for act in (town.act("anna"), town.act("oleg"), town.stranger()):
        with pytest.raises(NoMandate):
            request_evidence(act, case.number, "forest.register")
        with pytest.raises(NoMandate):
            answer_evidence(act, request, outcome="received")

    assert town.kinds() == before
    for id_ in ("", "\0", "nonsense"):
        with pytest.raises(NotFound):
            answer_evidence(town.act("vera"), id_, outcome="received")
