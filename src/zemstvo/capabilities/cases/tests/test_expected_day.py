"""The page of a service and the case that follows from it name one day for the answer."""

from __future__ import annotations

from datetime import date

import pytest

from zemstvo.capabilities.cases.queries import own_case, own_cases, work_list
from zemstvo.capabilities.cases.tests.player import PACKAGES, Player, document_of, moment
from zemstvo.capabilities.cases.tests.zarechny import ZARECHNY
from zemstvo.capabilities.services.queries import service_page

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

FILING_DAYS = (
    date(2026, 10, 12),
    date(2026, 10, 30),  # the Friday before the 4th of November
    date(2026, 11, 7),  # a Saturday
    date(2026, 12, 30),  # before the days of New Year
)
HOLIDAYS = ["2026-11-04", *(f"2027-01-0{day}" for day in (1, 4, 5, 6, 7, 8))]


def player_of(town, service, sample):
    found = document_of(PACKAGES / service)
    (example,) = (one for one in found["examples"] if one["id"] == sample)
    return Player(town, PACKAGES / service, {**example, "days_off": HOLIDAYS})


def said_before_and_after(player, day):
    """The day and its word: on the page of the service, and on the page of the case."""
    page = service_page(player.service, ZARECHNY, on=day)
    player.at = moment(day)
    clock = own_case(player.town.act("anna", player.at), player.file()).clock
    return (page.answer_by, page.is_expected), (clock.due_on, clock.is_expected)


@pytest.mark.parametrize("day", FILING_DAYS, ids=str)
def test_the_case_of_a_subsidy_expects_its_answer_on_the_day_that_the_page_of_the_service_named(town, day):
    before, after = said_before_and_after(player_of(town, "housing-subsidy", "granted"), day)

    assert after == before
    assert after[1]


@pytest.mark.parametrize("day", FILING_DAYS, ids=str)
def test_the_case_of_an_address_has_its_day_by_law_as_the_page_of_the_service_named_it(town, day):
    before, after = said_before_and_after(
        player_of(town, "address-assignment", "granted-electronically"), day
    )

    assert after == before
    assert not after[1]


def test_a_registered_case_expects_the_same_day_until_all_documents_are_there(town):
    player = player_of(town, "housing-subsidy", "granted")
    page = service_page(player.service, ZARECHNY, on=date(2026, 11, 9))
    number = player.file()

    town.take(number, "register", moment(page.registered_by))
    registered = own_case(town.act("anna", player.at), number).clock
    town.take(number, "complete", moment(page.registered_by))
    complete = own_case(town.act("anna", player.at), number).clock

    # Registered by 10 November, other authorities answer by the 17th, ten working days from there.
    assert (registered.due_on, registered.is_expected) == (date(2026, 12, 1), True)
    assert registered.due_on == page.answer_by
    assert (complete.due_on, complete.is_expected) == (date(2026, 11, 24), False)


@pytest.mark.parametrize(
    ("service", "sample", "is_expected"),
    [("housing-subsidy", "granted", True), ("address-assignment", "granted-electronically", False)],
)
def test_the_lists_of_anna_and_of_vera_call_a_day_expected_where_the_clock_of_the_case_does(
    town, service, sample, is_expected
):
    player = player_of(town, service, sample)
    player.at = moment(date(2026, 11, 9))
    number = player.file()

    (own,) = own_cases(town.act("anna", player.at))
    (row,) = work_list(town.act("vera", player.at), show="all").rows
    assert own_case(town.act("anna", player.at), number).clock.is_expected is is_expected
    assert own.is_expected is row.is_expected is is_expected
