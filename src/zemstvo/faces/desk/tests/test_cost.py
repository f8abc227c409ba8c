"""What the two pages cost that an official opens all day, and that nothing is remembered that may not be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zemstvo.capabilities.cases.models import Case
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.models import LookAt, Mandate

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

LIST = "/desk/work/?show=all"


def cost(official, path: str) -> int:
    """How many statements a page asks of the database once it was opened before."""
    assert official.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        assert official.get(path).status_code == 200
    return len(asked)


def test_the_list_of_the_day_asks_the_database_eight_times(numbers, sign_in):
    assert cost(sign_in("vera"), LIST) <= 8


def test_every_case_asks_the_database_twenty_times_at_most(numbers, sign_in):
    vera = sign_in("vera")

    costs = {number: cost(vera, f"/desk/cases/{number}/") for number in numbers}

    assert max(costs.values()) <= 20, costs


def test_every_opening_of_a_case_is_a_look_at_its_applicant(numbers, sign_in):
    vera, number = sign_in("vera"), numbers[-1]
    looks = LookAt.objects.filter(person=Case.objects.get(number=number).applicant)
    before = looks.count()

    vera.get(f"/desk/cases/{number}/")
    vera.get(f"/desk/cases/{number}/")

    assert looks.count() == before + 2


def test_a_revoked_mandate_closes_the_very_next_page(numbers, sign_in, town):
    vera, number = sign_in("vera"), numbers[-1]
    assert vera.get(LIST).status_code == vera.get(f"/desk/cases/{number}/").status_code == 200

    for mandate in Mandate.objects.filter(official__person=town.people["vera"]):
        people.revoke_mandate(house_act(at=datetime.now(UTC)), str(mandate.pk))

    assert vera.get(LIST).status_code == 403
    assert vera.get(f"/desk/cases/{number}/").status_code == 403


def test_who_signed_out_elsewhere_is_asked_to_sign_in_at_the_next_page(numbers, sign_in):
    vera = sign_in("vera")
    assert vera.get(LIST).status_code == 200

    vera.client.session.flush()

    assert vera.get(LIST).status_code == 302
