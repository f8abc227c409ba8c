"""Who a person is may change; whom a number names changes only when somebody looked at the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people import commands, queries
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.refusals import IdentifierIsTaken, UnknownCode
from zemstvo.ground.people.tests.conftest import ANNA, AT, PAVEL

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Account:
    """Somebody signed in."""

    def __init__(self, person: str) -> None:
        self.person = person


def own_act(person: str):
    return queries.act_of_account(Account(person), AT)


def test_anna_marries_and_the_journal_says_which_fields_changed(house, anna, journal):
    commands.change_identity(house, anna, replace(ANNA, family_name="Королёва"))

    assert queries.identity(house, anna).family_name == "Королёва"
    assert journal()[-1]["payload"] == {"person": anna, "fields": ["family_name"]}


def test_anna_changes_her_own_address(anna):
    commands.change_identity(own_act(anna), anna, replace(ANNA, address="Заречный, ул. Новая, д. 1"))

    assert queries.own_identity(own_act(anna)).address == "Заречный, ул. Новая, д. 1"


def test_anna_does_not_change_pavel(anna, pavel, journal):
    before = journal()

    with pytest.raises(NoMandate):
        commands.change_identity(own_act(anna), pavel, PAVEL)

    assert journal() == before


def test_a_stranger_changes_nobody(stranger, anna):
    with pytest.raises(NoMandate):
        commands.change_identity(stranger, anna, ANNA)


def test_a_form_opened_before_another_change_is_stale(house, anna):
    version = queries.person(anna).version
    commands.change_identity(house, anna, replace(ANNA, phone="1"), version=version)

    with pytest.raises(Stale):
        commands.change_identity(house, anna, replace(ANNA, phone="2"), version=version)


def test_typing_the_number_of_another_does_not_take_her_place(house, pavel):
    mallory = commands.register_person(house, Identity(family_name="Чужой"))

    commands.change_identity(own_act(mallory), mallory, Identity(family_name="Чужой", snils=ANNA.snils))
    anna = commands.register_person(house, ANNA)

    assert anna != mallory
    assert queries.person_by("snils", ANNA.snils) == anna


def test_an_official_who_saw_the_paper_makes_the_number_name_the_person(house, kinds):
    person = commands.register_person(house, Identity(family_name="Соколова"))
    commands.change_identity(own_act(person), person, ANNA)
    assert queries.person_by("snils", ANNA.snils) == ""

    commands.check_identity(house, person, how="passport")

    assert queries.person_by("snils", ANNA.snils) == person
    assert queries.person(person).checked_by == "passport"
    assert kinds()[-1] == "person.checked"


def test_a_number_that_names_another_is_refused(house, anna, pavel, journal):
    before = journal()

    with pytest.raises(IdentifierIsTaken):
        commands.change_identity(house, pavel, replace(PAVEL, snils=ANNA.snils))

    assert journal() == before
    assert queries.identity(house, pavel).snils == "08765430300"


def test_a_check_that_nobody_knows_is_refused(house, anna):
    with pytest.raises(UnknownCode):
        commands.check_identity(house, anna, how="horoscope")


def test_her_own_change_of_a_number_ends_the_check(house, anna):
    commands.check_identity(house, anna, how="passport")

    commands.change_identity(own_act(anna), anna, replace(ANNA, snils=""))

    assert queries.person(anna).checked_by == ""


def test_nobody_is_changed_who_is_not_here(house):
    with pytest.raises(NotFound):
        commands.change_identity(house, "0190b5e0-0000-7000-8000-000000000000", ANNA)
