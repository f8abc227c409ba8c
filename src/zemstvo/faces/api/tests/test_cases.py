"""A machine asks where a case stands: its own, or one of its place, which the applicant sees."""

import pytest

from zemstvo.capabilities.cases.models import Case
from zemstvo.faces.api.tests.conftest import Machine
from zemstvo.ground.people import models
from zemstvo.ground.people.queries import act_of_account, looks_at
from zemstvo.ground.people.tests.conftest import Account
from zemstvo.town.places import ZARECHNY
from zemstvo.town.testing import MORNING

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def number(machine, application):
    return machine.file(application).json()["number"]


def test_the_machine_that_filed_asks_without_a_look(machine, number):
    told = machine.get(f"cases/{number}").json()

    assert (told["number"], told["state"], told["documents"]) == (number, "filed", [])
    assert not models.Look.objects.exists()


@pytest.mark.parametrize("place", [{"authority": "zarechny"}, {"territory": ZARECHNY}])
def test_a_machine_of_the_authority_asks_and_the_applicant_sees_it(number, place):
    reader = Machine("cases:read", **place)

    told = reader.get(f"cases/{number}").json()

    assert told["state"] == "filed"
    applicant = str(Case.objects.get().applicant)
    (look,) = looks_at(act_of_account(Account(applicant), MORNING), applicant)
    assert (look.purpose, look.about) == ("machine", number)
    assert look.official.startswith("machine-")


@pytest.mark.parametrize(
    ("scopes", "place"),
    [
        (["cases:read"], {}),
        (["cases:read"], {"territory": "56613000"}),
        (["applications:write"], {"authority": "zarechny"}),
    ],
    ids=["without a place", "of the next district", "that may only file"],
)
def test_another_machine_learns_nothing_not_even_that_there_is_a_case(number, scopes, place):
    answer = Machine(*scopes, **place).get(f"cases/{number}")

    assert answer.status_code == 404
    assert not models.Look.objects.exists()


@pytest.mark.parametrize("wrong", ["1", "ZARECHNY-2026-000001-0", "х" * 300])
def test_what_is_no_number_is_not_found(machine, wrong):
    assert machine.get(f"cases/{wrong}").status_code == 404
