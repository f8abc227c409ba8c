"""Statements that are written once still ask the database each time, for the values of each call."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db.models import Value

from zemstvo.ground.people.models import Official, Person
from zemstvo.ground.statements import batches, written_once

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

DAY = date(2026, 11, 24)


@written_once
def serving(person, on):
    return Official.objects.filter(person=person, from_on__lte=on)


@written_once
def places(authority, person):
    rows = Official.objects.filter(person=person, authority=authority)
    return rows.values_list("id", "person_id", "from_on", "person__registered_at", "position")


@pytest.fixture
def employ():
    def employed(authority: str) -> Official:
        person = Person.objects.create(
            pseudonym=uuid4(),
            kind="person",
            sealed=b"-",
            registered_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        )
        return Official.objects.create(
            id=uuid4(), person=person, authority=authority, position={"ru": "Специалист"}, from_on=DAY
        )

    return employed


def test_each_call_asks_for_its_own_values(employ, django_assert_num_queries):
    vera, oleg = employ("zarechny"), employ("sosnovka")
    serving(str(vera.person_id), DAY)

    with django_assert_num_queries(3):
        assert serving(str(vera.person_id), DAY) == [vera]
        assert serving(str(oleg.person_id), DAY) == [oleg]
        assert serving(str(oleg.person_id), date(2026, 11, 23)) == []


def test_a_row_comes_back_as_the_orm_makes_it(employ):
    vera = employ("zarechny")

    (row,) = serving(str(vera.person_id), DAY)

    assert {field.attname: getattr(row, field.attname) for field in Official._meta.concrete_fields} == {
        field.attname: getattr(Official.objects.get(), field.attname)
        for field in Official._meta.concrete_fields
    }
    assert not row._state.adding


def test_listed_values_come_back_in_their_types(employ):
    vera = employ("zarechny")

    (row,) = places("zarechny", str(vera.person_id))

    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    assert row == (vera.id, vera.person_id, DAY, moment, {"ru": "Специалист"})
    assert isinstance(row[0], UUID)


def test_what_changed_is_seen_at_once(employ):
    vera = employ("zarechny")
    serving(str(vera.person_id), DAY)

    Official.objects.update(position={"ru": "Глава"})

    assert serving(str(vera.person_id), DAY)[0].position == {"ru": "Глава"}


def test_signs_of_the_database_in_a_text_are_only_text(employ):
    vera = employ("100 % 'zarechny' %s")

    assert len(places("100 % 'zarechny' %s", str(vera.person_id))) == 1
    assert places("100 %", str(vera.person_id)) == []


def test_a_value_that_stands_in_no_condition_is_refused():
    @written_once
    def half_asked(authority, on):
        return Official.objects.filter(authority=authority, from_on__lte=DAY)

    with pytest.raises(TypeError, match="half_asked"):
        half_asked("zarechny", DAY)


def test_a_value_inside_of_another_text_is_refused():
    @written_once
    def beginning(authority, person):
        return Official.objects.filter(person=person, authority__startswith=authority)

    with pytest.raises(TypeError, match="alone"):
        beginning("zarechny", str(uuid4()))


def test_a_truth_value_of_the_question_is_no_value_of_a_call(employ):
    @written_once
    def persons(version):
        known = Person.objects.annotate(is_known=Value(True)).filter(is_known=True, version=version)
        return known.values_list("version")

    employ("zarechny")

    assert [len(persons(1)), len(persons(0))] == [1, 0]
    assert [len(persons(0)), len(persons(1))] == [0, 1]


def test_a_text_that_is_no_id_is_refused():
    with pytest.raises(ValueError, match="UUID"):
        serving("Вера", DAY)


def test_whole_numbers_are_values_too(employ):
    @written_once
    def of_version(version):
        return Person.objects.filter(version=version)

    vera = employ("zarechny").person

    assert of_version(vera.version) == [vera]
    assert of_version(vera.version + 1) == []


def test_any_number_of_texts_is_asked_in_few_sizes():
    names = [f"Житель {number}" for number in range(66)]

    first, second = batches([*names, *names])

    assert [*first, *second[:2]] == names
    assert second[2:] == (names[-1], names[-1])
    assert list(batches([])) == []


def test_each_number_of_persons_has_its_own_statement(employ):
    @written_once
    def among(*persons):
        return Person.objects.filter(pk__in=persons).values_list("pk", flat=False)

    people = [employ("zarechny").person_id for _ in range(3)]

    assert among(str(people[0])) == [(people[0],)]
    assert {one for (one,) in among(*map(str, people))} == set(people)


def test_an_instant_is_a_value_too(employ):
    @written_once
    def registered_before(at):
        return Person.objects.filter(registered_at__lt=at)

    vera = employ("zarechny").person

    assert registered_before(datetime(2026, 1, 2, 3, 5, tzinfo=UTC)) == [vera]
    assert registered_before(datetime(2026, 1, 2, 3, 4, tzinfo=UTC)) == []
