"""Whom the card of a case names: the applicant, who acts for the applicant, the officials."""

from __future__ import annotations

import pytest

from zemstvo.capabilities.cases.models import Case
from zemstvo.ground.people import queries as people
from zemstvo.ground.people import vault

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def number(town) -> str:
    """An application that Pavel filed for Anna, taken up by Vera."""
    filed = town.file(town.act("pavel"), representative=town.persons["pavel"])
    town.take(filed.number, "accept")
    return filed.number


def name_of(town, key: str) -> str:
    person = town.persons[key]
    return people.identity(town.house(), person).name


def test_the_card_names_anna_and_pavel_who_acts_for_her(town, number):
    card = town.card(number)

    assert (card.applicant_name, card.representative_name) == (name_of(town, "anna"), name_of(town, "pavel"))


def test_the_card_names_vera_in_its_history_and_as_who_has_the_case(town, number):
    Case.objects.filter(number=number).update(assigned_to=town.persons["vera"])

    card = town.card(number)

    by_vera = {line.by for line in card.history if line.kind == "case.accepted"}
    assert by_vera == {card.assigned_name}
    assert card.assigned_name.split()[0] in name_of(town, "vera")


def test_a_case_without_a_representative_names_none(town):
    assert town.card(town.case().number).representative_name == ""


def test_a_representative_who_was_erased_has_no_name_and_the_card_stands(town, number):
    vault.destroy_key(town.persons["pavel"])

    with pytest.raises(vault.Erased):
        people.identity(town.house(), town.persons["pavel"])
    card = town.card(number)
    assert (card.is_erased, card.representative_name) == (False, "")
