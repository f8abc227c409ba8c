"""The list of an official's day."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zemstvo.capabilities.cases.commands import assign_case, suspend_case
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.queries import work_list
from zemstvo.capabilities.cases.tests.zarechny import on
from zemstvo.ground.journal.refusals import NoMandate, NotFound

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def numbers(rows) -> list[str]:
    return [row.number for row in rows]


def test_the_nearest_legal_day_comes_first(town):
    accepted = town.case("accept", at=on(11, 9))
    fresh = town.case(at=on(11, 10))
    late = town.case("accept", at=on(11, 2))

    rows = work_list(town.act("vera", on(11, 11))).rows

    assert numbers(rows) == [late.number, fresh.number, accepted.number]
    assert [row.days_left for row in rows] == [-1, 0, 5]


def test_each_row_says_the_single_next_step_and_whose_it_is(town):
    town.case(at=on(11, 2))
    town.case("accept", "grant", at=on(11, 9))

    first, second = work_list(town.act("vera")).rows

    assert (first.next_step, first.next_by) == ("Принять", "clerk")
    assert (second.next_step, second.next_by) == ("Подписать", "head")


def test_what_waits_for_the_applicant_stands_apart(town):
    town.case()
    returned = town.case("return")
    suspended = town.case("accept")
    version = Case.objects.get(pk=suspended.pk).row_version
    suspend_case(town.act("vera"), suspended.number, version=version, reason="missing-documents")

    todo = work_list(town.act("vera"))
    waiting = work_list(town.act("vera"), show="waiting")

    assert len(todo.rows) == 1
    assert numbers(waiting.rows) == [returned.number, suspended.number]
    assert [row.next_by for row in waiting.rows] == ["applicant", "other"]
    assert "9 декабря 2026 г." in waiting.rows[0].next_step
    assert len(work_list(town.act("vera"), show="all").rows) == 3


def test_ended_cases_are_not_listed(town):
    town.case("accept", "refuse")

    assert work_list(town.act("vera"), show="all").rows == ()


def test_a_clerk_of_the_next_district_sees_nothing_of_zarechny(town):
    town.case()

    assert work_list(town.act("oleg")).rows == ()


def test_strangers_and_applicants_have_no_list(town):
    for act in (town.stranger(), town.act("anna")):
        with pytest.raises(NoMandate):
            work_list(act)


def test_vera_sees_what_is_assigned_to_her(town):
    case, _other = town.case(), town.case()
    assign_case(town.act("vera"), case.number, town.persons["vera"])

    rows = work_list(town.act("vera"), mine=True).rows

    assert numbers(rows) == [case.number]
    assert rows[0].is_mine


def test_pages_of_fifty_follow_each_other_without_gap_or_repeat(town):
    for _ in range(53):
        town.file()

    first = work_list(town.act("vera"))
    second = work_list(town.act("vera"), cursor=first.next_cursor)

    assert (len(first.rows), len(second.rows)) == (50, 3)
    assert second.next_cursor == ""
    assert len({*numbers(first.rows), *numbers(second.rows)}) == 53


def test_a_forged_cursor_is_refused(town):
    for cursor in ("nonsense", "\0", '["2026-01-01", ""]'):
        with pytest.raises(NotFound):
            work_list(town.act("vera"), cursor=cursor)


def test_the_list_costs_the_same_however_long_it_is(town):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            work_list(town.act("vera"))
        return len(caught)

    town.file()
    work_list(town.act("vera"))
    one = statements()
    for _ in range(10):
        town.file()

    assert statements() == one
    assert one <= 6
