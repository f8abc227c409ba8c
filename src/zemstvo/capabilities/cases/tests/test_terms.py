"""The clock in an official's hands."""

from __future__ import annotations

from datetime import date

import pytest

from zemstvo.capabilities.cases.commands import (
    extend_case,
    pass_limit,
    recount_case,
    resume_case,
    start_clock,
    suspend_case,
)
from zemstvo.capabilities.cases.matter import Matter, at_place
from zemstvo.capabilities.cases.models import Case, Message
from zemstvo.capabilities.cases.refusals import (
    ClockIsRight,
    ClockRuns,
    DayNotPossible,
    ExtensionNotAllowed,
    LimitNotPassed,
    SuspensionNotAllowed,
)
from zemstvo.capabilities.cases.tests.zarechny import LIVING, on
from zemstvo.capabilities.cases.upkeep import run
from zemstvo.ground.journal.refusals import NoMandate, Stale

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def suspend(town, case: Case, at=None, reason: str = "missing-documents", words: str = "") -> int:
    act = town.act("vera", at or on(11, 10))
    return suspend_case(act, case.number, version=fresh(case).row_version, reason=reason, words=words)


def test_the_term_starts_when_all_documents_are_there(town):
    case = town.case("register")

    start_clock(town.act("vera", on(11, 12)), case.number, version=fresh(case).row_version)

    assert fresh(case).due_on == date(2026, 11, 19)
    assert fresh(case).stands_for == ""
    assert town.journal()[-1]["kind"] == "case.clock_started"
    with pytest.raises(ClockRuns):
        start_clock(town.act("vera", on(11, 12)), case.number, version=fresh(case).row_version)


def test_documents_cannot_have_been_there_before_the_filing_or_after_today(town):
    case = town.case("register")

    for day in (date(2026, 11, 8), date(2026, 11, 13)):
        with pytest.raises(DayNotPossible):
            start_clock(town.act("vera", on(11, 12)), case.number, version=fresh(case).row_version, on=day)


def test_vera_suspends_for_a_reason_of_the_package_and_anna_is_asked(town):
    case = town.case("accept")

    suspend(town, case, words="Пришлите план участка.")

    row = fresh(case)
    assert (row.stands_for, row.stands_until) == ("suspended", date(2026, 12, 11))
    assert row.act_by == row.stands_until
    assert town.kinds()[-2:] == ["case.suspended", "question.sent"]
    assert town.journal()[-2]["interaction"] == "notice"
    assert Message.objects.count() == 1


def test_a_reason_that_suspends_nothing_is_refused(town):
    case = town.case("accept")

    with pytest.raises(SuspensionNotAllowed):
        suspend(town, case, reason="R01")

    assert town.kinds()[-1] == "case.accepted"


def test_what_stands_is_not_suspended_again(town):
    case = town.case("accept")
    suspend(town, case)

    with pytest.raises(SuspensionNotAllowed):
        suspend(town, case)


def test_resuming_spares_only_the_days_that_it_stood(town):
    case = town.case("accept")
    suspend(town, case, on(11, 10))

    resume_case(town.act("vera", on(11, 12)), case.number, version=fresh(case).row_version)

    assert fresh(case).due_on == date(2026, 11, 18)
    assert fresh(case).stands_until is None
    with pytest.raises(ClockRuns):
        resume_case(town.act("vera", on(11, 12)), case.number, version=fresh(case).row_version)


def test_the_clock_resumes_by_itself_when_the_longest_time_is_over(town):
    case = town.case("accept")
    suspend(town, case, on(11, 10))

    assert run(on(12, 10))["suspensions"] == 0
    assert run(on(12, 11))["suspensions"] == 1

    row = fresh(case)
    assert (row.stands_for, row.due_on) == ("", date(2026, 12, 16))
    fact = town.journal()[-1]
    assert (fact["kind"], fact["payload"]["by_clock"], fact["actor"]) == ("case.resumed", True, "house")


def test_vera_extends_once_with_notice(town):
    case = town.case("accept")
    act = town.act("vera", on(11, 12))

    extend_case(
        act, case.number, version=fresh(case).row_version, reason="complicated", words="Нужен осмотр."
    )

    assert fresh(case).due_on == date(2026, 11, 23)
    assert town.kinds()[-2:] == ["case.extended", "message.sent"]
    with pytest.raises(ExtensionNotAllowed):
        extend_case(act, case.number, version=fresh(case).row_version, reason="complicated")


def test_no_extension_for_another_reason_before_the_start_or_after_the_end(town):
    waiting, late = town.case(), town.case("accept")

    with pytest.raises(ExtensionNotAllowed):
        extend_case(town.act("vera"), late.number, version=fresh(late).row_version, reason="R01")
    with pytest.raises(ExtensionNotAllowed):
        extend_case(town.act("vera"), waiting.number, version=1, reason="complicated")
    with pytest.raises(ExtensionNotAllowed):
        extend_case(
            town.act("vera", on(11, 20)), late.number, version=fresh(late).row_version, reason="complicated"
        )


def test_strangers_do_nothing_to_the_clock(town):
    case = town.case("accept")
    before, version = town.kinds(), fresh(case).row_version

    for act in (town.act("anna"), town.act("oleg"), town.stranger()):
        with pytest.raises(NoMandate):
            suspend_case(act, case.number, version=version, reason="missing-documents")
        with pytest.raises(NoMandate):
            resume_case(act, case.number, version=version)
        with pytest.raises(NoMandate):
            extend_case(act, case.number, version=version, reason="complicated")
        with pytest.raises(NoMandate):
            start_clock(act, case.number, version=version)
        with pytest.raises(NoMandate):
            pass_limit(act, case.number)
        with pytest.raises(NoMandate):
            recount_case(act, case.number)

    assert town.kinds() == before


def test_a_stale_form_moves_no_clock(town):
    case = town.case("accept")

    with pytest.raises(Stale):
        suspend_case(town.act("vera"), case.number, version=1, reason="missing-documents")


def test_what_nobody_answered_in_thirty_days_is_closed(town):
    case = town.case("return")

    assert run(on(12, 9))["limits"] == 0
    assert run(on(12, 10))["limits"] == 1

    row = fresh(case)
    assert (row.state, row.stage, row.outcome) == ("closed", "closed", "closed")
    fact = town.journal()[-1]
    assert (fact["kind"], fact["payload"]["reason"], fact["payload"]["by_clock"]) == (
        "case.closed",
        "R09",
        True,
    )
    assert run(on(12, 11))["limits"] == 0


def test_a_limit_may_also_move_a_case_on(town):
    case = town.case("accept", "survey", answers=LIVING)

    run(on(11, 20))

    assert fresh(case).state == "work"
    assert town.journal()[-1]["payload"]["action"] == "limit"


def test_no_limit_passes_before_its_time(town):
    case = town.case("return")

    with pytest.raises(LimitNotPassed):
        pass_limit(town.house(on(12, 9)), case.number)


def test_a_clock_that_is_right_needs_no_recount(town):
    case = town.case("accept")

    with pytest.raises(ClockIsRight):
        recount_case(town.house(), case.number)


@pytest.mark.parametrize(
    "deeds",
    [
        ("accept",),
        ("register", "start"),
        ("return", "supplement", "accept"),
        ("accept", "suspend", "resume"),
        ("accept", "suspend"),
        ("accept", "extend", "grant", "rework", "grant", "sign"),
        ("accept", "extend", "suspend", "resume", "refuse"),
        ("return", "withdraw"),
    ],
    ids="-".join,
)
def test_the_row_shows_what_the_journal_alone_says(town, deeds):
    case = town.case(at=on(11, 2))
    for day, deed in enumerate(deeds, start=3):
        version, vera = fresh(case).row_version, town.act("vera", on(11, day))
        match deed:
            case "start":
                start_clock(vera, case.number, version=version)
            case "suspend":
                suspend_case(vera, case.number, version=version, reason="missing-documents")
            case "resume":
                resume_case(vera, case.number, version=version)
            case "extend":
                extend_case(vera, case.number, version=version, reason="complicated")
            case "supplement":
                town.supplement(case.number, on(11, day))
            case "withdraw":
                town.withdraw(case.number, on(11, day))
            case action:
                town.take(case.number, action, on(11, day))

    row = fresh(case)
    read = Matter(at_place(town.house(), row.territory, row.authority), row).reading()
    shown = (row.register_by, row.registered_on, row.started_on, row.due_on, row.stands_for)
    assert shown == (read.register_by, read.registered_on, read.started_on, read.due_on, read.stands_for)
