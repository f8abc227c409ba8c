"""Somebody begins to serve: one form, one command, all or nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands, models, queries
from zemstvo.ground.people.refusals import AccountExists, AlreadyInOffice, IdentityUnchecked, UnknownRole
from zemstvo.ground.people.tests.conftest import ANNA, PAVEL, PENZA, Account

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

OFFICE = {"authority": "zarechny", "position": {"ru": "специалист"}, "role": "clerk", "how": "passport"}


@pytest.fixture
def administrator(official, act_of):
    """The act of an administrator of the region of Penza."""
    person, _made, mandate = official("Белов", "administrator", "penza", at="", territory=PENZA)
    return act_of(person, mandate)


def test_anna_becomes_a_clerk_and_the_journal_says_so(administrator, kinds):
    made = commands.engage_official(administrator, ANNA, **OFFICE)

    row = queries.official(made)
    (choice,) = queries.mandates_of_account(Account(row.person), administrator.at)
    assert choice.mandate.role == "clerk"
    assert kinds()[-4:] == ["person.registered", "account.opened", "official.appointed", "mandate.granted"]


def test_who_has_an_account_goes_on_with_it(administrator, house, anna):
    commands.open_account(house, "private@example.org", person=anna)

    commands.engage_official(administrator, ANNA, **OFFICE)

    assert models.Account.objects.filter(person=anna).count() == 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [({"role": "tsar"}, UnknownRole), ({"authority": "tambov"}, NoMandate), ({"how": ""}, IdentityUnchecked)],
)
def test_what_is_refused_leaves_nothing_behind(administrator, journal, given, refusal):
    before, people = journal(), models.Person.objects.count()

    with pytest.raises(refusal):
        commands.engage_official(administrator, ANNA, **{**OFFICE, **given})

    assert journal() == before
    assert models.Person.objects.count() == people
    assert not models.Account.objects.exists()


def test_a_stranger_engages_nobody(stranger, places, journal):
    before = journal()

    with pytest.raises(NoMandate):
        commands.engage_official(stranger, ANNA, **OFFICE)

    assert journal() == before


def test_twice_is_refused_and_so_is_the_address_of_another(administrator, house, pavel, journal):
    commands.engage_official(administrator, ANNA, **OFFICE)
    before = journal()

    with pytest.raises(AlreadyInOffice):
        commands.engage_official(administrator, ANNA, **OFFICE)
    with pytest.raises(AccountExists):
        commands.engage_official(administrator, replace(PAVEL, email="anna@example.org"), **OFFICE)

    assert journal() == before
