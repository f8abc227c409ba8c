"""Whoever applies without an account is kept apart, until an official has seen the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from zemstvo.capabilities.cases.commands import confirm_applicant
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.queries import own_case, own_cases
from zemstvo.capabilities.cases.refusals import ApplicantIsChecked
from zemstvo.capabilities.cases.tests.zarechny import PEOPLE
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.identity import Identity, OrganisationIdentity
from zemstvo.ground.people.queries import looks_at, person, person_by
from zemstvo.ground.people.refusals import AccountNamesAnother, IdentityUnchecked, OwnAccount, PersonDiffers

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DINA = Identity(family_name="Ахметова", given_name="Дина", snils="16002053997")


def typed(town, identity=PEOPLE["anna"]) -> Case:
    """A case of somebody who typed these numbers, and whom nobody checked."""
    receipt = town.file(town.machine(), applicant="", applicant_identity=identity)
    return Case.objects.get(number=receipt.number)


def confirmed(town, case, who="vera", how=IdentityCheck.PASSPORT, **said):
    return confirm_applicant(town.act(who), case.number, how=how, version=case.row_version, **said)


def test_anna_sees_the_case_once_her_passport_was_seen_and_who_joined_it(town):
    case = typed(town)
    with pytest.raises(NotFound):
        own_case(town.act("anna"), case.number)

    confirmed(town, case)

    assert [row.number for row in own_cases(town.act("anna"))] == [case.number]
    assert town.kinds()[-2:] == ["person.joined", "case.applicant_confirmed"]
    assert town.journal()[-2]["payload"]["differing"] == []
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


@pytest.mark.parametrize(
    ("typed_now", "differs", "in_words"),
    [
        ({"family_name": "Чужаков", "given_name": "Степан"}, ["family_name", "given_name"], "фамилия, имя"),
        ({"family_name": "Чужакова"}, ["family_name"], "фамилия"),
        ({"given_name": "Инна"}, ["given_name"], "имя"),
        ({"born_on": date(1991, 6, 12)}, ["born_on"], "дата рождения"),
        ({"born_on": None}, ["born_on"], "дата рождения"),
    ],
)
def test_a_stranger_who_typed_annas_number_does_not_show_her_the_case(town, typed_now, differs, in_words):
    case = typed(town, replace(PEOPLE["anna"], **typed_now))
    before = town.kinds()

    with pytest.raises(PersonDiffers, match=f"Расхождения: {in_words}[.]$"):
        confirmed(town, case)

    assert town.kinds() == before
    assert own_cases(town.act("anna")) == []

    confirmed(town, case, same_person=True)  # she married, or a digit of the day was mistyped

    assert town.journal()[-2]["payload"]["differing"] == differs
    assert [row.number for row in own_cases(town.act("anna"))] == [case.number]


def test_small_letters_and_a_patronymic_left_out_are_no_difference(town):
    case = typed(town, replace(PEOPLE["anna"], family_name="МОРОЗОВА", given_name="анна", patronymic=""))

    confirmed(town, case)

    assert town.journal()[-2]["payload"]["differing"] == []


def test_two_numbers_that_name_two_persons_are_not_joined_unseen(town):
    people.register_person(town.house(), replace(DINA, inn="500100732259"))
    case = typed(town, replace(PEOPLE["anna"], inn="500100732259"))
    before = town.kinds()

    with pytest.raises(PersonDiffers, match="другой номер, который принадлежит иному лицу"):
        confirmed(town, case)
    assert town.kinds() == before

    confirmed(town, case, same_person=True)

    assert town.journal()[-2]["payload"]["differing"] == ["numbers"]
    assert [row.number for row in own_cases(town.act("anna"))] == [case.number]


@pytest.mark.parametrize(("name", "is_same"), [("ооо «теплострой»", True), ("ООО «Холодстрой»", False)])
def test_a_firm_is_joined_under_its_own_name(town, name, is_same):
    typed_now = OrganisationIdentity(name=name, inn="5838000128")
    apart = people.register_organisation(town.house(), typed_now, apart=True)

    if is_same:
        assert people.join_person(town.act("vera"), apart, how="passport") == town.persons["firm"]
    else:
        with pytest.raises(PersonDiffers):
            people.join_person(town.act("vera"), apart, how="passport")


def with_account(town, identity) -> Case:
    """A case that nobody checked, of somebody who has opened an account since."""
    case = typed(town, identity)
    people.open_account(town.house(), "dina@zarechny.example", person=str(case.applicant))
    return case


def test_somebody_with_an_account_is_checked_where_the_numbers_name_nobody_else(town):
    case = with_account(town, DINA)

    confirmed(town, case)

    assert person_by("snils", DINA.snils) == str(case.applicant)
    assert person(str(case.applicant)).checked_by == "passport"
    assert town.kinds()[-2:] == ["person.checked", "case.applicant_confirmed"]


def test_an_account_is_not_given_to_whom_its_numbers_name(town):
    case = with_account(town, PEOPLE["anna"])
    before = town.kinds()

    for same_person in (False, True):
        with pytest.raises(AccountNamesAnother):
            confirmed(town, case, same_person=same_person)
    assert town.kinds() == before
    assert own_cases(town.act("anna")) == []

    corrected = replace(PEOPLE["anna"], snils=DINA.snils)
    people.change_identity(town.house(), str(case.applicant), corrected)
    confirmed(town, case)

    assert person_by("snils", DINA.snils) == str(case.applicant)


def test_a_stranger_joins_nobody(town):
    with pytest.raises(NoMandate):
        people.join_person(town.stranger(), town.persons["pavel"], how="passport")
