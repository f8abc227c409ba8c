"""Who looked at my data, when and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.people import commands, models, queries
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.looks import record_look
from zemstvo.ground.people.refusals import LookNotRecorded
from zemstvo.ground.people.tests.conftest import AT

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOBODY = "0190b5e0-0000-7000-8000-000000000000"


@pytest.fixture
def clerk(official, act_of):
    """The act of a clerk in Zarechny."""
    person, _made, mandate = official("Климова", "clerk", "zarechny")
    return act_of(person, mandate)


def test_vera_sees_anna_after_the_look_is_recorded_and_anna_sees_that(clerk, anna, act_of):
    look = record_look(clerk, person=anna, purpose="case", about="ЗР-1")

    assert queries.identity(clerk, anna, look).name == "Соколова Анна Петровна"
    (seen,) = queries.looks_at(act_of(anna), anna)
    assert (seen.official, seen.authority, seen.purpose, seen.about) == (
        "Климова",
        "zarechny",
        "case",
        "ЗР-1",
    )
    assert seen.at == AT


def test_without_a_look_nothing_is_seen(clerk, anna, pavel):
    with pytest.raises(LookNotRecorded):
        queries.identity(clerk, anna)
    with pytest.raises(LookNotRecorded):
        queries.identity(clerk, pavel, record_look(clerk, person=anna, purpose="case"))


def test_the_look_of_another_does_not_count(clerk, anna, official, act_of):
    oleg, _made, mandate = official("Рябов", "clerk", "bessonovka")
    look = record_look(clerk, person=anna, purpose="case")

    with pytest.raises(LookNotRecorded):
        queries.identity(act_of(oleg, mandate), anna, look)


def test_a_look_gives_a_stranger_nothing(stranger, anna):
    look = record_look(stranger, person=anna, purpose="curiosity")

    with pytest.raises(NoMandate):
        queries.identity(stranger, anna, look)


def test_a_list_is_one_look(clerk, anna, pavel, act_of):
    look = record_look(clerk, person=[anna, pavel, anna], purpose="search")

    assert set(queries.identities(clerk, [anna, pavel], look)) == {anna, pavel}
    assert models.Look.objects.count() == 1
    assert len(queries.looks_at(act_of(anna), anna)) == 1


def test_anna_sees_herself_without_a_look_and_nobody_else(anna, pavel, act_of):
    assert queries.own_identity(act_of(anna)).given_name == "Анна"
    with pytest.raises(LookNotRecorded):
        queries.identity(act_of(anna), pavel)
    with pytest.raises(NoMandate):
        queries.looks_at(act_of(anna), pavel)


def test_an_attorney_sees_who_looked(clerk, house, anna, pavel, act_of):
    record_look(clerk, person=anna, purpose="case")
    commands.represent(house, person=anna, representative=pavel, ground="attorney")

    assert len(queries.looks_at(act_of(pavel), anna)) == 1


def test_the_latest_look_comes_first(clerk, anna, act_of):
    for days, purpose in ((0, "case"), (1, "print")):
        record_look(clerk.later(AT + timedelta(days=days)), person=anna, purpose=purpose)

    assert [row.purpose for row in queries.looks_at(act_of(anna), anna)] == ["print", "case"]


def test_a_list_of_identities_costs_two_queries(house, django_assert_num_queries):
    persons = [commands.register_person(house, Identity(family_name="Иванова")) for _ in range(20)]

    with django_assert_num_queries(1):  # and one in the key store, where a key is not open
        assert len(queries.identities(house, persons)) == 20


def test_nobody_is_not_found(house):
    with pytest.raises(NotFound):
        queries.identity(house, NOBODY)
    assert queries.identities(house, [NOBODY]) == {}
    with pytest.raises(NotFound):
        queries.person(NOBODY)
