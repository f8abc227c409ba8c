"""Whoever applies without an account is kept apart, until an official has seen the document."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zemstvo.capabilities.cases.commands import confirm_applicant
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.queries import own_case, own_cases
from zemstvo.capabilities.cases.refusals import ApplicantIsChecked
from zemstvo.capabilities.cases.tests.zarechny import PEOPLE
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.queries import looks_at, person, person_by
from zemstvo.ground.people.refusals import AccountExists, IdentityUnchecked, OwnAccount

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DINA = Identity(family_name="Ахметова", given_name="Дина", snils="16002053997")


def typed(town, identity=PEOPLE["anna"]) -> Case:
    """A case of somebody who typed these numbers, and whom nobody checked."""
    receipt = town.file(town.machine(), applicant="", applicant_identity=identity)
    return Case.objects.get(number=receipt.number)


def confirmed(town, case, who="vera", how=IdentityCheck.PASSPORT):
    return confirm_applicant(town.act(who), case.number, how=how, version=case.row_version)


def test_anna_sees_the_case_once_her_passport_was_seen_and_who_joined_it(town):
    case = typed(town)
    with pytest.raises(NotFound):
        own_case(town.act("anna"), case.number)

    confirmed(town, case)

    assert [row.number for row in own_cases(town.act("anna"))] == [case.number]
    assert town.kinds()[-2:] == ["person.joined", "case.applicant_confirmed"]
    assert [look.purpose for look in looks_at(town.act("anna"), town.persons["anna"])] == ["account"]
    assert town.card(case.number).identity == "passport"


def test_the_numbers_of_somebody_new_name_the_person_from_then_on(town):
    case = typed(town, DINA)
    assert person_by("snils", DINA.snils) == ""

    confirmed(town, case, how=IdentityCheck.KNOWN)

    assert person_by("snils", DINA.snils) == str(case.applicant)
    assert person(str(case.applicant)).checked_by == "known"
    assert town.kinds()[-2:] == ["person.checked", "case.applicant_confirmed"]


def test_it_is_done_once_and_by_an_official_of_the_place(town):
    case = typed(town)
    before = town.kinds()

    for act in (town.stranger(), town.act("anna"), town.act("oleg")):
        with pytest.raises(NoMandate):
            confirm_applicant(act, case.number, how=IdentityCheck.PASSPORT, version=1)
    with pytest.raises(Stale):
        confirm_applicant(town.act("vera"), case.number, how=IdentityCheck.PASSPORT, version=7)
    with pytest.raises(IdentityUnchecked):
        confirmed(town, case, how=IdentityCheck.NONE)
    assert town.kinds() == before

    confirmed(town, case)
    with pytest.raises(ApplicantIsChecked):
        confirmed(town, Case.objects.get())


def test_vera_confirms_nobody_with_her_own_numbers(town):
    own = replace(PEOPLE["vera"], snils="08765430300")
    people.change_identity(town.house(), town.persons["vera"], own)
    case = typed(town, own)
    before = town.kinds()

    with pytest.raises(OwnAccount):
        confirmed(town, case)

    assert town.kinds() == before


def test_an_account_is_joined_otherwise(town):
    people.open_account(town.house(), "anna@zarechny.example", person=town.persons["anna"])

    with pytest.raises(AccountExists):
        people.join_person(town.act("vera"), town.persons["anna"], how="passport")
    with pytest.raises(NoMandate):
        people.join_person(town.stranger(), town.persons["pavel"], how="passport")
