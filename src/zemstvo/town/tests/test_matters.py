"""The first matters of the demo stand at every stage, and the journal knows each step."""

import pytest

from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.services.catalogue import sheet
from zemstvo.capabilities.services.commands import import_register
from zemstvo.ground.journal.acts import house_act
from zemstvo.town.demo import REGISTER
from zemstvo.town.matters import STORIES, tell_matters
from zemstvo.town.testing import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def told(town):
    town.publish()
    return tell_matters(town.standing, now=MORNING)


def test_every_story_becomes_a_case(told):
    assert len(told) == len(STORIES)


def test_vera_finds_open_cases_ordered_by_their_legal_day(town, told):
    rows = cases.work_list(town.act("vera"), show="all").rows

    assert rows
    assert [row.act_by for row in rows] == sorted(row.act_by for row in rows)


def test_anna_holds_a_granted_subsidy(town, told):
    outcomes = [case.outcome for case in cases.own_cases(town.act("anna"))]

    assert "granted" in outcomes


def test_oleg_of_the_next_district_sees_none_of_them(town, told):
    assert cases.work_list(town.act("oleg"), show="all").rows == ()


def test_the_registers_of_the_authorities_are_sound(town):
    town.publish()

    import_register(house_act(at=MORNING), sheet.read(REGISTER))

    assert "service_register.imported" in town.kinds()
