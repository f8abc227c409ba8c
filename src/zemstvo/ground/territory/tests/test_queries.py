from datetime import date

import pytest
from django.db import transaction

from zemstvo.ground.territory import queries, refusals
from zemstvo.ground.territory.commands import create_territory, rename_territory
from zemstvo.ground.territory.rules import Level
from zemstvo.ground.territory.tests.zarechny import (
    DISTRICT,
    FEDERATION,
    REGION,
    ZARECHNY,
    build_with_authority,
    build_with_calendar,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_town_lies_in_its_region_and_in_the_federation_but_not_in_its_neighbour(house):
    build_with_authority(house)

    assert queries.lineage(ZARECHNY) == (ZARECHNY, REGION, FEDERATION)
    assert queries.is_within(ZARECHNY, ZARECHNY)
    assert queries.is_within(ZARECHNY, FEDERATION)
    assert not queries.is_within(ZARECHNY, DISTRICT)
    assert not queries.is_within(REGION, ZARECHNY)
    assert not queries.is_within("unknown", FEDERATION)
    assert not queries.is_within("", "")
    assert queries.within([DISTRICT, "unknown", FEDERATION, ZARECHNY], REGION) == [DISTRICT, ZARECHNY]


def test_the_tree_is_read_from_the_top(house):
    build_with_authority(house)

    assert [row.code for row in queries.roots()] == [FEDERATION]
    assert [row.code for row in queries.children(REGION)] == [DISTRICT, ZARECHNY]
    assert [row.zone for row in queries.children(REGION)] == ["Europe/Moscow"] * 2
    assert queries.children(ZARECHNY) == []


def test_a_place_is_found_by_its_name_in_any_language_without_regard_to_case_and_yo(house):
    build_with_authority(house)
    create_territory(house, "56613404", names={"ru": "Фёдоровский сельсовет"})

    def found(text, **options):
        return [row.code for row in queries.find_territories(text, **options)]

    assert found("ЗАРЕЧН") == [ZARECHNY]
    assert found("zarechny") == [ZARECHNY]
    assert found("Федоровский") == ["56613404"]
    assert found("5661") == [DISTRICT, "56613404"]
    assert found("район", within=ZARECHNY) == []
    assert found("район", within=REGION) == [DISTRICT]
    assert found("обл", level=Level.REGION) == [REGION]
    assert found("  ") == []
    assert found("%") == found("_") == []
    assert len(found("о", limit=2)) == 2


def test_an_unknown_code_is_refused_and_never_a_crash(house):
    build_with_authority(house)

    for code in ("", "1x", "\x00", "я" * 1000, "' OR 1=1"):
        with pytest.raises(refusals.UnknownTerritory):
            queries.territory(code)
        with pytest.raises(refusals.UnknownAuthority):
            queries.authority(code)
        assert queries.children(code) == queries.periods(code) == queries.find_territories(code) == []
        assert queries.authorities_for(code) == []
    with pytest.raises(refusals.UnknownTerritory):
        queries.territory(ZARECHNY, date(2020, 1, 1))


@pytest.mark.parametrize(
    "question",
    [
        lambda: queries.territory(ZARECHNY),
        lambda: queries.is_within(ZARECHNY, FEDERATION),
        lambda: queries.calendar(ZARECHNY),
        lambda: queries.authorities_for(ZARECHNY),
        lambda: queries.authority("zarechny"),
        lambda: queries.offices("zarechny"),
    ],
)
def test_a_warm_answer_costs_one_statement(house, django_assert_num_queries, question):
    build_with_authority(house)
    answer = question()

    with django_assert_num_queries(1):
        assert question() == answer


def test_all_towns_of_a_country_share_one_calendar(house):
    build_with_calendar(house)

    assert queries.calendar(ZARECHNY) is queries.calendar(DISTRICT)


def test_a_change_that_is_rolled_back_leaves_no_false_answer_behind(house):
    build_with_authority(house)
    queries.territory(ZARECHNY)

    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        rename_territory(house, ZARECHNY, names={"ru": "Никогда"})
        assert queries.territory(ZARECHNY).names["ru"] == "Никогда"
        raise Undone

    assert queries.territory(ZARECHNY).names["ru"] == "Город Заречный"
    rename_territory(house, ZARECHNY, names={"ru": "Однажды"})
    assert queries.territory(ZARECHNY).names["ru"] == "Однажды"
