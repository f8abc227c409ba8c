"""The town of the demo is raised by the commands that everybody uses."""

from datetime import UTC, datetime

import pytest

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.commands import employ, represent
from zemstvo.ground.people.refusals import OwnMandate
from zemstvo.ground.territory import queries as territory
from zemstvo.town.cast import CAST
from zemstvo.town.places import BESSONOVKA, PENZA_REGION, ZARECHNY
from zemstvo.town.raising import raise_town, standing_town

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_zarechny_lies_in_its_region_and_has_a_reception():
    raise_town(with_accounts=False)

    assert territory.is_within(ZARECHNY, PENZA_REGION)
    assert territory.authority("zarechny").offices[0].phone
    assert not territory.calendar(ZARECHNY).is_working(datetime(2026, 5, 1, tzinfo=UTC).date())


def test_vera_accepts_in_zarechny_and_oleg_does_not():
    town = raise_town(with_accounts=False)

    town.act("vera", NOW).must("case.accept", ZARECHNY, authority="zarechny")
    with pytest.raises(NoMandate):
        town.act("oleg", NOW).must("case.accept", ZARECHNY, authority="zarechny")
    town.act("oleg", NOW).must("case.accept", BESSONOVKA, authority="bessonovka")


def test_pavel_acts_for_anna_and_dina_for_the_firm_and_a_stranger_for_nobody():
    town = raise_town(with_accounts=False)
    anna, firm = town.people["anna"], town.people["teplostroy"]

    assert town.act("pavel", NOW).may("case.own.submit", of=(anna,))
    assert town.act("dina", NOW).may("case.own.submit", of=(firm,))
    assert not town.act("stepan", NOW).may("case.own.submit", of=(anna,))


def test_the_town_is_found_again_as_it_was_raised():
    raised = raise_town(with_accounts=False)

    assert standing_town() == raised


def test_everybody_in_the_cast_has_a_number_that_no_one_else_has():
    raise_town(with_accounts=False)

    assert len({people.person_by("snils", player.snils) for player in CAST}) == len(CAST)


def test_the_journal_of_a_test_begins_after_the_town_was_raised(town):
    assert town.journal() == []
    assert town.act("vera").today.isoformat() == "2026-11-23"


def test_vera_makes_herself_nobodys_representative(town):
    anna, vera = town.people["anna"], town.people["vera"]

    with pytest.raises(OwnMandate):
        represent(town.act("vera"), person=anna, representative=vera, ground="guardian")
    with pytest.raises(OwnMandate):
        employ(town.act("vera"), organisation=town.people["teplostroy"], person=vera)

    assert town.journal() == []
