"""One page is answered from one edition of the territories, and the next page from the next one."""

import pytest

from zemstvo.ground.territory import queries
from zemstvo.ground.territory.commands import rename_territory
from zemstvo.ground.territory.tests.zarechny import ZARECHNY, build_with_authority

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def test_a_page_asks_once_whether_its_answers_still_hold(house, django_assert_num_queries):
    build_with_authority(house)
    queries.territory(ZARECHNY), queries.authority("zarechny")

    with django_assert_num_queries(1), queries.one_edition():
        queries.territory(ZARECHNY)
        queries.authority("zarechny")
        queries.territory(ZARECHNY)


def test_the_next_page_sees_what_was_renamed(house):
    build_with_authority(house)
    with queries.one_edition():
        queries.territory(ZARECHNY)

    rename_territory(house, ZARECHNY, names={"ru": "Новозаречный"})

    with queries.one_edition():
        assert queries.territory(ZARECHNY).names["ru"] == "Новозаречный"


def test_a_page_that_renames_sees_its_own_change(house):
    build_with_authority(house)

    with queries.one_edition():
        queries.territory(ZARECHNY)
        rename_territory(house, ZARECHNY, names={"ru": "Новозаречный"})

        assert queries.territory(ZARECHNY).names["ru"] == "Новозаречный"
