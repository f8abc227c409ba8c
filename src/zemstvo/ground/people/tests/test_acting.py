"""Some act for others: by a paper, by a law, by their work."""

from __future__ import annotations

from datetime import date

import pytest

from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.people import commands, queries
from zemstvo.ground.people.refusals import (
    AlreadyEnded,
    DaysInDisorder,
    NotAnOrganisation,
    RepresentsItself,
    UnknownCode,
)
from zemstvo.ground.people.tests.conftest import AT
from zemstvo.ground.people.vault import Erased

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOBODY = "0190b5e0-0000-7000-8000-000000000000"


@pytest.fixture
def clerk(official, act_of):
    """The act of a clerk in Zarechny."""
    person, _made, mandate = official("Климова", "clerk", "zarechny")
    return act_of(person, mandate)


def test_a_clerk_records_that_pavel_acts_for_anna(clerk, anna, pavel, act_of, journal):
    commands.represent(clerk, person=anna, representative=pavel, ground="guardian", services=["a", "b", "a"])

    fact = journal()[-1]
    assert fact["kind"] == "representation.begun"
    assert {touched["role"] for touched in fact["objects"]} >= {"person", "representative"}
    (principal,) = queries.principals(act_of(pavel))
    assert (principal.pseudonym, principal.ground, principal.services) == (anna, "guardian", ("a", "b"))


def test_anna_names_her_own_attorney_and_nobody_elses(anna, pavel, act_of, journal):
    commands.represent(act_of(anna), person=anna, representative=pavel, ground="attorney")
    before = journal()

    with pytest.raises(NoMandate):
        commands.represent(act_of(pavel), person=anna, representative=pavel, ground="attorney")
    with pytest.raises(NoMandate):
        commands.represent(act_of(anna), person=anna, representative=pavel, ground="parent")

    assert journal() == before


def test_a_stranger_records_nothing(stranger, anna, pavel, firm):
    with pytest.raises(NoMandate):
        commands.represent(stranger, person=anna, representative=pavel, ground="attorney")
    with pytest.raises(NoMandate):
        commands.employ(stranger, organisation=firm, person=pavel)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"ground": "friendship"}, UnknownCode),
        ({"ground": "parent", "until_on": AT.date()}, DaysInDisorder),
        ({"ground": "parent", "representative": NOBODY}, NotFound),
    ],
)
def test_what_cannot_be_a_representation_is_refused(house, anna, pavel, given, refusal, journal):
    before = journal()

    with pytest.raises(refusal):
        commands.represent(house, **{"person": anna, "representative": pavel, **given})

    assert journal() == before


def test_nobody_represents_themselves(house, anna):
    with pytest.raises(RepresentsItself):
        commands.represent(house, person=anna, representative=anna, ground="parent")


def test_an_erased_person_represents_nobody(house, anna, pavel):
    commands.erase_person(house, pavel)

    with pytest.raises(Erased):
        commands.represent(house, person=anna, representative=pavel, ground="parent")


@pytest.mark.parametrize("side", ["anna", "pavel"])
def test_either_side_ends_a_representation(request, house, anna, pavel, act_of, kinds, side):
    representation = commands.represent(house, person=anna, representative=pavel, ground="parent")
    act = act_of(request.getfixturevalue(side))

    commands.end_representation(act, representation)

    assert kinds()[-1] == "representation.ended"
    with pytest.raises(AlreadyEnded):
        commands.end_representation(act, representation)


def test_a_stranger_ends_nothing(stranger, house, anna, pavel, firm):
    representation = commands.represent(house, person=anna, representative=pavel, ground="parent")
    employment = commands.employ(house, organisation=firm, person=pavel)

    with pytest.raises(NoMandate):
        commands.end_representation(stranger, representation)
    with pytest.raises(NoMandate):
        commands.end_employment(stranger, employment)
    with pytest.raises(NotFound):
        commands.end_employment(stranger, NOBODY)


def test_the_bakery_names_its_employee(clerk, firm, pavel, act_of, kinds):
    commands.employ(clerk, organisation=firm, person=pavel, services=["address-assignment"])

    assert kinds()[-1] == "employment.begun"
    (principal,) = queries.principals(act_of(pavel))
    assert (principal.pseudonym, principal.ground, principal.leads) == (firm, "employee", False)
    assert act_of(pavel).may("case.own.submit", of=(firm, "service:address-assignment"))
    assert not act_of(pavel).may("case.own.submit", of=(firm, "service:housing-subsidy"))


def test_who_leads_a_firm_is_for_an_official_to_record(house, firm, anna, pavel, act_of):
    commands.employ(house, organisation=firm, person=anna, leads=True)

    with pytest.raises(NoMandate):
        commands.employ(act_of(anna), organisation=firm, person=pavel, leads=True)


def test_an_employment_ends_once(house, firm, pavel, act_of, kinds):
    employment = commands.employ(house, organisation=firm, person=pavel, until_on=date(2027, 1, 1))

    commands.end_employment(house, employment)

    assert kinds()[-1] == "employment.ended"
    assert queries.principals(act_of(pavel)) == []
    with pytest.raises(AlreadyEnded):
        commands.end_employment(house, employment)


def test_anna_employs_nobody(house, anna, pavel, journal):
    before = journal()

    with pytest.raises(NotAnOrganisation):
        commands.employ(house, organisation=anna, person=pavel)

    assert journal() == before
