"""A name is found soon after its person is registered, changed, and never after an erasure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django_tasks_db.models import DBTaskResult

from zemstvo.ground.journal.models import Fact
from zemstvo.ground.people import commands, models, queries
from zemstvo.ground.people.reactions import make_findable, warn
from zemstvo.ground.people.tasks import mail_account
from zemstvo.ground.people.tests.conftest import ANNA

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def follow(house, journal):
    """Let the reaction follow all facts about persons, once more each time."""

    def run() -> None:
        for fact in journal():
            if fact["kind"] in ("person.registered", "person.changed"):
                make_findable(house, fact)

    return run


def test_a_new_person_is_found_by_name(house, anna, follow):
    assert queries.matching_persons(house, "соколова") == []

    follow()

    assert queries.matching_persons(house, "соколова") == [anna]


@pytest.mark.parametrize(
    ("address", "how", "told"),
    [("mallory@example.org", "passport", 1), ("anna@example.org", "passport", 0), ("a@example.org", "", 0)],
    ids=["another address", "her own", "the house"],
)
def test_anna_hears_at_her_own_address_of_an_account_under_another(
    house, anna, journal, mailoutbox, address, how, told
):
    commands.open_account(house, address, person=anna, how=how)

    warn(house, journal()[-1])
    for queued in DBTaskResult.objects.all():
        mail_account.func(*queued.args_kwargs["args"])

    assert [one.to for one in mailoutbox] == [["anna@example.org"]] * told
    assert not any(word in one.body for one in mailoutbox for word in ("Анна", "Соколова", "mallory"))


def test_a_married_person_is_found_by_the_new_name_only(house, anna, follow):
    commands.change_identity(house, anna, replace(ANNA, family_name="Королёва"))

    follow()
    follow()

    assert queries.matching_persons(house, "королева") == [anna]
    assert queries.matching_persons(house, "соколова") == []
    assert queries.person_by("snils", ANNA.snils) == anna


def test_an_erased_person_stays_unfindable(house, anna, follow):
    commands.erase_person(house, anna)

    follow()

    assert not models.KeyedHash.objects.filter(person=anna).exists()
    assert Fact.objects.exists()
