"""A person is registered once, however often they come."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest
from django.db import connections
from django.utils import translation

from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands, intake, models, queries, search, vault
from zemstvo.ground.people.identifiers import WrongCheckDigit
from zemstvo.ground.people.identity import Identity, LineTooLong, NotABirthday, NotAnAddress, NotAName
from zemstvo.ground.people.refusals import NumberDoesNotAgree
from zemstvo.ground.people.tests.conftest import ANNA, AT, FIRM, PAVEL

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_anna_is_registered_and_the_journal_says_so(house, journal):
    anna = commands.register_person(house, ANNA)

    (fact,) = journal()
    assert fact["kind"] == "person.registered"
    assert fact["payload"] == {"person": anna, "shape": "natural", "known_by": ["snils"]}
    assert fact["objects"] == [{"id": anna, "role": "person", "type": "person"}]


def test_the_same_snils_is_the_same_person_and_her_data_stay(house, kinds):
    anna = commands.register_person(house, ANNA)

    again = commands.register_person(house, replace(ANNA, patronymic="Ивановна", snils="11223344595"))

    assert again == anna
    assert queries.identity(house, anna).patronymic == "Петровна"
    assert kinds() == ["person.registered", "person.recognised"]


@pytest.mark.parametrize(
    "typed",
    [
        {"family_name": "Королёв", "given_name": "Павел"},
        {"family_name": "Соколова-Королёва"},
        {"given_name": "Алла"},
        {"born_on": date(1988, 4, 18)},
        {"born_on": None},
    ],
)
def test_who_mistypes_a_number_and_hits_annas_is_not_taken_for_her_nor_told_about_her(house, journal, typed):
    commands.register_person(house, ANNA)
    before = journal()

    with pytest.raises(NumberDoesNotAgree) as refused:
        commands.register_person(house, replace(ANNA, **typed))

    assert journal() == before
    assert refused.value.errors[0]["field"] == "applicant.snils"
    with translation.override("ru"):
        assert str(refused.value) == "СНИЛС не сходится с указанными данными: имя и дата рождения."


def test_letters_of_another_size_and_a_birthday_that_nobody_knew_are_no_difference(house):
    pavel = commands.register_person(house, PAVEL)

    assert commands.register_person(house, replace(PAVEL, family_name="КОРОЛЕВ", patronymic="")) == pavel
    assert commands.register_person(house, replace(PAVEL, born_on=date(1990, 1, 2))) == pavel


def test_a_firm_writes_its_legal_form_as_it_likes_but_not_the_number_of_another(house, journal):
    firm = commands.register_organisation(house, FIRM)

    for name in ("Общество с ограниченной ответственностью «Заречный хлеб»", "заречный хлеб"):
        assert commands.register_organisation(house, replace(FIRM, name=name)) == firm
    before = journal()
    with pytest.raises(NumberDoesNotAgree):
        commands.register_organisation(house, replace(FIRM, name="ООО «Заречные окна»"))
    assert journal() == before


def test_somebody_without_a_number_is_a_new_person_each_time(house):
    nameless = Identity(family_name="Иванова")

    assert commands.register_person(house, nameless) != commands.register_person(house, nameless)


def test_a_firm_is_known_by_its_numbers(house):
    firm = commands.register_organisation(house, FIRM)

    assert commands.register_organisation(house, replace(FIRM, inn="")) == firm
    assert commands.register_organisation(house, replace(FIRM, ogrn="")) == firm
    assert queries.person(firm).kind == "organisation"


def test_where_two_numbers_name_two_persons_the_fact_is_doubtful(house, journal):
    anna = commands.register_person(house, ANNA)
    commands.register_person(house, Identity(family_name="Чужая", inn="500100732259"))

    mixed = commands.register_person(house, replace(ANNA, inn="500100732259"))

    assert mixed == anna
    assert journal()[-1]["payload"] == {"person": anna, "known_by": "snils", "doubtful": True}


def test_a_stranger_registers_nobody(stranger, journal):
    with pytest.raises(NoMandate):
        commands.register_person(stranger, ANNA)

    assert journal() == []
    assert not models.Person.objects.exists()


@pytest.mark.parametrize(
    ("identity", "refusal"),
    [
        (replace(ANNA, snils="112-233-445 96"), WrongCheckDigit),
        (replace(ANNA, family_name="Соколова7"), NotAName),
        (replace(ANNA, family_name="Я" * 121), NotAName),
        (replace(ANNA, given_name="Ан\x00на"), NotAName),
        (replace(ANNA, email="anna at example"), NotAnAddress),
        (replace(ANNA, email="anna@example.org\nBcc: all@example.org"), NotAnAddress),
        (replace(ANNA, born_on=ANNA.born_on.replace(year=1700)), NotABirthday),
        (replace(ANNA, address="д" * 501), LineTooLong),
    ],
)
def test_what_cannot_be_right_is_refused(house, journal, identity, refusal):
    with pytest.raises(refusal):
        commands.register_person(house, identity)

    assert journal() == []
    assert not models.Person.objects.exists()


def test_registering_is_cheap(house, django_assert_max_num_queries):
    commands.register_person(house, PAVEL)

    with django_assert_max_num_queries(8):  # 3 of persons, the journal's own, and the savepoint of a test
        commands.register_person(house, ANNA)


def test_what_is_inserted_by_hand_is_what_the_models_say(house):
    for identity in (ANNA, Identity(family_name="Иванова")):
        row = models.Person.objects.get(pk=commands.register_person(house, identity))

        row.full_clean()
        assert (row.kind, row.version, row.checked_by, row.erased_at) == ("natural", 1, "", None)
        assert row.registered_at == AT
    columns = {field.column for field in models.Person._meta.concrete_fields}
    assert columns == {"pseudonym", "kind", "sealed", "version", "checked_by", "registered_at", "erased_at"}
    columns = {field.column for field in models.KeyedHash._meta.concrete_fields}
    assert columns == {"id", "kind", "hash", "person", "about"}
    assert models.KeyedHash.objects.get(kind="snils").about == ""


def test_who_was_slower_takes_everything_back(house, anna):
    hashes = search.identifying_hashes(ANNA.checked())
    late = vault.new_pseudonym()

    assert not intake.insert_person(late, kind="natural", sealed=b"", at=AT, hashes=hashes)

    assert not models.Person.objects.filter(pk=late).exists()
    assert queries.person_by("snils", ANNA.snils) == anna


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_counters_that_register_anna_at_once_register_one_anna(kinds):
    found: list[str] = []
    gate = threading.Barrier(4)

    def register():
        gate.wait()
        found.append(commands.register_person(house_act(at=AT), ANNA))
        connections.close_all()

    counters = [threading.Thread(target=register) for _ in range(4)]
    for counter in counters:
        counter.start()
    for counter in counters:
        counter.join()

    assert len(found) == 4
    assert len(set(found)) == 1
    assert models.Person.objects.count() == 1
    assert sorted(kinds()) == ["person.recognised"] * 3 + ["person.registered"]
