"""People are found by what an official remembers of them, though nobody's name is written down."""

from __future__ import annotations

import pytest

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands, models, queries, search
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.tests.conftest import ANNA, FIRM, PAVEL

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def indexed(anna, pavel, firm):
    """All three, made findable."""
    for person, identity in ((anna, ANNA), (pavel, PAVEL), (firm, FIRM)):
        search.index_person(person, identity.checked())


@pytest.mark.parametrize(
    "text",
    [
        "Соколова",
        "соко",
        "АННА соколова",
        "анна петр",
        "112-233-445 95",
        "anna@example.org",
        "соколова 17.04.1988",
    ],
)
def test_anna_is_found(house, anna, indexed, text):
    assert queries.matching_persons(house, text) == [anna]


@pytest.mark.parametrize(
    "text", ["", "   ", "Со", "Сокольская", "соколова павел", "соколова 18.04.1988", "%", "'"]
)
def test_anna_is_not_found(house, indexed, text):
    assert queries.matching_persons(house, text) == []


@pytest.mark.parametrize("text", ["королев", "Королёв", "КОРОЛЕВ павел"])
def test_yo_and_ye_are_the_same(house, pavel, indexed, text):
    assert queries.matching_persons(house, text) == [pavel]


@pytest.mark.parametrize("text", ["хлеб", "заречный хлеб", "7707083893", "1027700132195"])
def test_the_bakery_is_found(house, firm, indexed, text):
    assert queries.matching_persons(house, text) == [firm]


def test_a_stranger_searches_nobody(stranger, indexed):
    with pytest.raises(NoMandate):
        queries.matching_persons(stranger, "соколова")


def test_an_identifier_is_looked_up_bare_or_printed(anna):
    assert queries.person_by("snils", "112-233-445 95") == anna
    assert queries.person_by("snils", "11223344595") == anna


def test_indexing_twice_changes_nothing(anna):
    search.index_person(anna, ANNA.checked())
    before = models.KeyedHash.objects.count()

    search.index_person(anna, ANNA.checked())

    assert models.KeyedHash.objects.count() == before


def test_words_of_a_matter_are_found_for_that_matter_alone(anna):
    search.index_words(anna, "ЗР-1", ["Лесная", "дом"])
    search.index_words(anna, "ЗР-1", ["Лесная"])

    assert list(search.matters_with(["лесная"])) == ["ЗР-1"]
    assert list(search.matters_with(["дом"])) == []


def test_one_search_is_one_query(house, indexed, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.matching_persons(house, "соколова анна")


def test_a_name_of_two_letters_is_found_whole(house):
    person = commands.register_person(house, Identity(family_name="Ли", given_name="Ян"))
    search.index_person(person, Identity(family_name="Ли", given_name="Ян"))

    assert queries.matching_persons(house, "ли ян") == [person]
