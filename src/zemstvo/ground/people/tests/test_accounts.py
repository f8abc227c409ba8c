"""Accounts are opened, joined, and one link makes the first administrator."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.people import addresses, commands, models, queries
from zemstvo.ground.people.identity import Identity, NotAnAddress
from zemstvo.ground.people.refusals import (
    AccountExists,
    IdentityUnchecked,
    LinkHasEnded,
    OwnAccount,
    WeakPassword,
)
from zemstvo.ground.people.tests.conftest import ANNA, AT

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ADMINISTRATOR = Identity(family_name="Белов", given_name="Артём", email="admin@example.org")
PASSWORD = "лесная-улица-4"


def test_a_visitor_opens_an_own_account(journal):
    commands.open_account(queries.visitor_act(AT), "Anna@Example.org")

    account = models.Account.objects.get()
    assert addresses.of_account(account) == "anna@example.org"
    assert not account.has_usable_password()
    assert [fact["kind"] for fact in journal()] == ["person.registered", "account.opened"]


def test_a_visitor_opens_no_account_for_another(anna, stranger, journal):
    before = journal()

    for act in (queries.visitor_act(AT), stranger):
        with pytest.raises(NoMandate):
            commands.open_account(act, "mallory@example.org", person=anna)
    with pytest.raises(NoMandate):
        commands.open_account(stranger, "mallory@example.org")

    assert journal() == before
    assert not models.Account.objects.exists()


def test_one_address_and_one_person_have_one_account(house, anna, journal):
    commands.open_account(house, "anna@example.org", person=anna)
    before = journal()

    with pytest.raises(AccountExists):
        commands.open_account(house, "ANNA@example.org ")
    with pytest.raises(AccountExists):
        commands.open_account(house, "other@example.org", person=anna)

    assert journal() == before
    assert models.Person.objects.count() == 1


def test_what_is_no_address_is_refused(house, journal):
    with pytest.raises(NotAnAddress):
        commands.open_account(house, "anna")

    assert journal() == []


def test_anna_at_the_counter_gets_her_account_joined(house, anna, act_of, kinds):
    commands.open_account(queries.visitor_act(AT), "anna@example.org")
    former = str(models.Account.objects.get().person)

    commands.join_account(house, email="anna@example.org", person=anna)

    account = models.Account.objects.get()
    assert str(account.person) == anna
    assert addresses.of_account(account) == "anna@example.org"
    assert act_of(anna).may("case.own.read", of=(former,))
    assert kinds()[-1] == "account.joined"


def test_an_account_is_joined_by_an_official_to_who_has_none(house, stranger, anna, pavel, journal):
    commands.open_account(house, "anna@example.org", person=anna)
    commands.open_account(house, "pavel@example.org", person=pavel)
    before = journal()

    with pytest.raises(NoMandate):
        commands.join_account(stranger, email="anna@example.org", person=pavel)
    with pytest.raises(AccountExists):
        commands.join_account(house, email="anna@example.org", person=pavel)
    with pytest.raises(NotFound):
        commands.join_account(house, email="nobody@example.org", person=pavel)

    assert journal() == before


@pytest.fixture
def administrator(official, act_of):
    """The act of an administrator of the whole installation."""
    person, _made, mandate = official("Белов", "administrator", "zarechny", at="")
    return act_of(person, mandate)


@pytest.fixture
def vera(official, act_of):
    """The act of a clerk of Zarechny, who changes what is known of persons."""
    person, _made, mandate = official("Ежова", "clerk", "zarechny")
    return act_of(person, mandate)


def test_anna_sees_who_opened_an_account_for_her_and_how_she_was_made_sure_of(
    administrator, anna, act_of, journal
):
    commands.open_account(administrator, "anna@example.org", person=anna, how="passport")

    (look,) = queries.looks_at(act_of(anna), anna)
    assert (look.purpose, look.official) == ("account", "Белов")
    assert journal()[-1]["payload"] == {"person": anna, "how": "passport"}


@pytest.mark.parametrize("how", ["", "trust-me"])
def test_no_account_is_opened_for_somebody_whose_document_nobody_saw(administrator, anna, journal, how):
    before = journal()

    with pytest.raises(IdentityUnchecked):
        commands.open_account(administrator, "mallory@example.org", person=anna, how=how)

    assert journal() == before
    assert not models.Account.objects.exists()


def test_an_administrator_opens_no_account_for_himself(administrator, journal):
    before = journal()

    with pytest.raises(OwnAccount):
        commands.open_account(administrator, "b@example.org", person=administrator.actor, how="known")

    assert journal() == before


def test_vera_joins_annas_account_and_anna_sees_it(vera, anna, act_of, kinds):
    commands.open_account(queries.visitor_act(AT), "anna@example.org")

    commands.join_account(vera, email="anna@example.org", person=anna, how="passport")

    assert [look.purpose for look in queries.looks_at(act_of(anna), anna)] == ["account"]
    assert queries.person(anna).checked_by == "passport"
    assert kinds()[-2:] == ["person.checked", "account.joined"]


def test_vera_joins_neither_her_own_account_nor_an_account_to_herself(house, vera, anna, journal):
    commands.open_account(house, "vera@example.org", person=vera.actor)
    commands.open_account(queries.visitor_act(AT), "second@example.org")
    before = journal()

    with pytest.raises(OwnAccount):
        commands.join_account(vera, email="vera@example.org", person=anna, how="passport")
    with pytest.raises(OwnAccount):
        commands.join_account(vera, email="second@example.org", person=vera.actor, how="passport")
    with pytest.raises(IdentityUnchecked):
        commands.join_account(vera, email="second@example.org", person=anna)

    assert journal() == before


def test_the_link_makes_the_first_administrator_once(house, act_of, kinds):
    secret = commands.invite_administrator(house)
    assert queries.invitation_is_open(secret, AT)

    person = commands.accept_invitation(
        queries.visitor_act(AT), secret, identity=ADMINISTRATOR, password=PASSWORD
    )

    (choice,) = queries.mandates_of_account(models.Account.objects.get(), AT)
    act = act_of(person, choice.mandate.id)
    assert act.may("territory.change")
    assert act.may("mandate.change")
    assert not act.may("case.read")
    assert kinds()[-1] == "invitation.used"
    assert not queries.invitation_is_open(secret, AT)
    with pytest.raises(LinkHasEnded):
        commands.accept_invitation(
            queries.visitor_act(AT),
            secret,
            identity=replace(ADMINISTRATOR, email="b@example.org"),
            password="x",
        )


@pytest.mark.parametrize("password", ["лес", "1234567890123", "password123"])
def test_a_weak_password_is_refused_and_the_link_stays(house, journal, password):
    secret = commands.invite_administrator(house)
    before = journal()

    with pytest.raises(WeakPassword):
        commands.accept_invitation(queries.visitor_act(AT), secret, identity=ADMINISTRATOR, password=password)

    assert journal() == before
    assert queries.invitation_is_open(secret, AT)


def test_the_link_ends_after_a_day_and_with_the_next_link(house, journal):
    first = commands.invite_administrator(house)
    second = commands.invite_administrator(house)
    before = journal()

    for secret, at in ((first, AT), (second, AT + timedelta(hours=24)), ("guess", AT)):
        assert not queries.invitation_is_open(secret, at)
        with pytest.raises(LinkHasEnded):
            commands.accept_invitation(
                queries.visitor_act(at), secret, identity=ADMINISTRATOR, password=PASSWORD
            )

    assert journal() == before
    assert secret not in str(list(models.Invitation.objects.values()))


def test_a_stranger_makes_no_link(stranger, journal):
    with pytest.raises(NoMandate):
        commands.invite_administrator(stranger)

    assert journal() == []
    assert ANNA
