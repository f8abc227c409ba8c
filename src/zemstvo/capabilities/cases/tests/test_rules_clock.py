"""The clock of a case, by the rules of the housing subsidy: register 1wd, 10wd from complete, suspend 1m."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from zemstvo.capabilities.cases.rules.clock import (
    Event,
    Happening,
    StandsFor,
    Terms,
    events_of,
    reading,
)
from zemstvo.ground.territory.rules import Calendar, DayKind, Term

CALENDAR = Calendar({date(2026, 11, 4): DayKind.HOLIDAY, date(2027, 12, 31): DayKind.DAY_OFF})
SUBSIDY = Terms(Term.parse("1wd"), Term.parse("10wd"), Happening.COMPLETE)
WITH_REGISTERS = replace(SUBSIDY, awaited=(Term.parse("3wd"), Term.parse("5wd"), Term.parse("48h")))
MONDAY = date(2026, 11, 9)


def at(kind: Happening, day: int, *, month: int = 11, term: str = "") -> Event:
    return Event(kind, date(2026, month, day), Term.parse(term) if term else None)


def read(*events: Event, terms: Terms = SUBSIDY):
    return reading(events, terms, CALENDAR)


def test_a_filed_application_is_registered_by_the_next_working_day():
    clock = read(at(Happening.FILED, 6))

    assert clock.register_by == MONDAY
    assert clock.started_on is None


def test_before_the_term_starts_its_end_is_expected_from_the_last_day_of_registering():
    clock = read(at(Happening.FILED, 6))

    assert clock.due_on == date(2026, 11, 23)
    assert clock.is_expected


def test_the_end_is_expected_later_by_the_time_that_other_authorities_have_for_their_answers():
    filed = read(at(Happening.FILED, 6), terms=WITH_REGISTERS)
    registered = read(at(Happening.FILED, 6), at(Happening.REGISTERED, 6), terms=WITH_REGISTERS)
    complete = read(
        at(Happening.FILED, 6), at(Happening.REGISTERED, 6), at(Happening.COMPLETE, 9), terms=WITH_REGISTERS
    )

    assert (filed.due_on, filed.is_expected) == (date(2026, 11, 30), True)
    assert (registered.due_on, registered.is_expected) == (date(2026, 11, 27), True)
    assert (complete.due_on, complete.is_expected) == (date(2026, 11, 23), False)


def test_days_on_which_the_case_stood_move_the_expected_end_and_the_limit_stays():
    asked = [at(Happening.FILED, 6), at(Happening.REGISTERED, 9), at(Happening.SUSPENDED, 11, term="1m")]

    open_still = read(*asked, terms=WITH_REGISTERS)
    resumed = read(*asked, at(Happening.RESUMED, 13), terms=WITH_REGISTERS)

    assert open_still.stands_until == date(2026, 12, 12)
    assert resumed.due_on == date(2026, 12, 2)


def expected(*awaited: str, answer: str = "10wd", happened: tuple[Event, ...] = ()) -> date | None:
    """By when Zarechny is expected to answer what it registered on Monday, 23 November."""
    terms = Terms(
        Term.parse("1wd"), Term.parse(answer), Happening.COMPLETE, tuple(Term.parse(one) for one in awaited)
    )
    return read(at(Happening.FILED, 20), at(Happening.REGISTERED, 23), *happened, terms=terms).due_on


@pytest.mark.parametrize("due", ["5d", "120h"])
def test_a_register_whose_days_end_on_a_saturday_may_answer_until_monday_and_the_term_starts_there(due):
    assert expected(due) == date(2026, 12, 14)


@pytest.mark.parametrize("awaited", list(permutations(["5d", "6d", "3wd"])), ids="-".join)
def test_of_registers_that_may_answer_until_one_monday_their_order_in_the_package_changes_nothing(awaited):
    assert expected(*awaited) == date(2026, 12, 14)


def test_the_days_of_a_register_and_the_days_of_the_answer_are_two_terms():
    assert expected("5d", answer="30d") == date(2026, 12, 30)
    assert expected("5wd", answer="10wd") == date(2026, 12, 14)


@pytest.mark.parametrize(
    ("suspended", "resumed", "due"),
    [
        pytest.param((11, 24), (11, 25), 14, id="the-spared-day-ends-on-sunday"),
        pytest.param((11, 24), (11, 27), 15, id="the-register-answers-on-tuesday"),
        pytest.param((11, 28), (12, 1), 15, id="decided-between-the-saturday-and-the-monday"),
        pytest.param((12, 2), (12, 4), 16, id="after-the-register-answered"),
    ],
)
def test_days_on_which_the_case_stood_move_the_term_that_ran_on_them_and_no_other(suspended, resumed, due):
    happened = (
        at(Happening.SUSPENDED, suspended[1], month=suspended[0], term="1m"),
        at(Happening.RESUMED, resumed[1], month=resumed[0]),
    )

    assert expected("5d", happened=happened) == date(2026, 12, due)


def test_while_the_case_is_with_the_applicant_no_answer_of_a_register_ends_the_waiting():
    assert expected("5d", happened=(at(Happening.RETURNED, 24),)) is None
    assert expected("5d", happened=(at(Happening.RETURNED, 30),)) is None


def test_ten_working_days_count_from_the_day_on_which_all_documents_were_there():
    clock = read(at(Happening.FILED, 6), at(Happening.REGISTERED, 9), at(Happening.COMPLETE, 11))

    assert clock.due_on == date(2026, 11, 25)
    assert not clock.is_expected
    assert clock.stands_for is StandsFor.NOTHING


def test_a_registered_case_without_all_documents_stands_because_it_is_incomplete():
    clock = read(at(Happening.FILED, 6), at(Happening.REGISTERED, 9))

    assert clock.stands_for is StandsFor.INCOMPLETE
    assert clock.stands_since == MONDAY


def test_a_case_returned_before_it_was_registered_has_no_due_day():
    clock = read(at(Happening.FILED, 6), at(Happening.RETURNED, 9))

    assert clock.stands_for is StandsFor.RETURNED
    assert clock.due_on is None
    assert clock.register_by is None


def test_a_supplemented_case_is_registered_the_next_working_day_again():
    clock = read(at(Happening.FILED, 6), at(Happening.RETURNED, 6), at(Happening.SUPPLEMENTED, 16))

    assert clock.register_by == date(2026, 11, 17)
    assert clock.stands_for is StandsFor.NOTHING


def test_working_days_with_the_applicant_do_not_count():
    clock = read(
        at(Happening.FILED, 6),
        at(Happening.REGISTERED, 9),
        at(Happening.COMPLETE, 9),
        at(Happening.RETURNED, 11),
        at(Happening.SUPPLEMENTED, 13),
    )

    assert clock.due_on == date(2026, 11, 25)


def test_a_suspension_ends_by_itself_at_its_limit():
    clock = read(
        at(Happening.FILED, 6),
        at(Happening.REGISTERED, 9),
        at(Happening.COMPLETE, 9),
        at(Happening.SUSPENDED, 10, term="1m"),
    )

    assert clock.stands_for is StandsFor.SUSPENDED
    assert clock.stands_until == date(2026, 12, 11)
    assert clock.due_on == date(2026, 12, 23)


def test_a_suspension_that_was_ended_early_spares_only_its_days():
    clock = read(
        at(Happening.FILED, 6),
        at(Happening.REGISTERED, 9),
        at(Happening.COMPLETE, 9),
        at(Happening.SUSPENDED, 10, term="1m"),
        at(Happening.RESUMED, 17),
    )

    assert clock.due_on == date(2026, 11, 30)
    assert clock.stands_until is None


def test_an_extension_adds_to_the_term():
    clock = read(
        at(Happening.FILED, 6),
        at(Happening.REGISTERED, 9),
        at(Happening.COMPLETE, 9),
        at(Happening.EXTENDED, 20, term="5wd"),
    )

    assert clock.due_on == date(2026, 11, 30)


def test_a_term_from_filing_runs_from_filing():
    clock = read(at(Happening.FILED, 6), terms=Terms(None, Term.parse("5wd"), Happening.FILED))

    assert clock.due_on == date(2026, 11, 13)
    assert clock.started_on == date(2026, 11, 6)
    assert clock.register_by is None


def test_a_term_in_hours_is_counted_in_whole_days():
    clock = read(at(Happening.FILED, 9), terms=Terms(None, Term.parse("48h"), Happening.FILED))

    assert clock.due_on == date(2026, 11, 11)


def test_a_decided_case_has_ended():
    clock = read(at(Happening.FILED, 6), at(Happening.REGISTERED, 9), at(Happening.ENDED, 12))

    assert clock.stands_for is StandsFor.ENDED
    assert clock.ended_on == date(2026, 11, 12)


def test_the_clock_is_recounted_from_the_facts_of_the_journal():
    facts = [
        ("case.filed", {"filed_on": "2026-11-06"}),
        ("case.assigned", {"official": "…"}),
        ("case.accepted", {"marks": ["registered", "complete"], "taken_on": "2026-11-09"}),
        ("case.suspended", {"suspended_on": "2026-11-10", "limit": "1m"}),
        ("case.resumed", {"resumed_on": "2026-11-17"}),
        ("case.extended", {"extended_on": "2026-11-18", "by": "5wd"}),
        ("case.decided", {"marks": ["decided"], "taken_on": "2026-11-20"}),
    ]

    clock = reading(events_of(facts), SUBSIDY, CALENDAR)

    assert (clock.registered_on, clock.started_on, clock.due_on, clock.ended_on) == (
        MONDAY,
        MONDAY,
        date(2026, 12, 7),
        date(2026, 11, 20),
    )
