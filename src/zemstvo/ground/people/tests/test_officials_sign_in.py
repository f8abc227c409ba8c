"""Officials sign in: where they arrive, what they may do, under which mandate."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands, middleware, queries
from zemstvo.ground.people.models import Account
from zemstvo.ground.people.tests.signing_in import ADDRESS, PASSWORD, sign_in, visited

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("fresh_attempts"),
]


@pytest.fixture
def vera(client, house, official) -> tuple[str, str]:
    """Vera, signed in: (pseudonym, mandate)."""
    person, _made, mandate = official("Климова", "clerk", "zarechny")
    commands.open_account(house, ADDRESS, person=person, password=PASSWORD)
    EmailAddress.objects.update(verified=True)
    sign_in(client)
    return person, mandate


def with_app(person: str) -> None:
    """Give the account an app."""
    totp.TOTP.activate(Account.objects.get(person=person), totp.generate_totp_secret())


def test_an_official_without_a_second_factor_has_no_powers(client, vera):
    request = visited(client, "/desk/")

    assert request.wants_second_factor
    assert request.official is None
    assert request.mandates == []
    assert request.act.mandate == ""
    assert not request.act.may("case.read", authority="zarechny")


def test_an_official_with_a_second_factor_works_at_the_desk_and_is_a_citizen_elsewhere(client, vera):
    person, mandate = vera
    with_app(person)

    desk, portal = visited(client, "/desk/cases/"), visited(client, "/")

    assert desk.act.mandate == mandate
    assert desk.act.may("case.read", authority="zarechny")
    assert portal.act.mandate == ""
    assert not portal.act.may("case.read", authority="zarechny")
    assert portal.act.channel == "portal"


@pytest.mark.parametrize(("wanted", "where"), [("", "/desk/"), ("/services/", "/services/")])
def test_vera_arrives_at_the_desk_unless_she_was_on_the_way_to_another_page(client, vera, wanted, where):
    client.logout()

    form = {"login": ADDRESS, "password": PASSWORD, "next": wanted}
    assert client.post(reverse("account_login"), form).url == where


@pytest.mark.parametrize(
    ("installation", "account", "strong"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_only_the_demo_lets_its_officials_work_with_a_password(
    client, vera, settings, installation, account, strong
):
    settings.DEMO = installation
    Account.objects.update(demo=account)

    assert (visited(client, "/desk/").official is not None) is strong


def test_an_official_with_two_mandates_chooses_one(client, vera, house):
    person, first = vera
    with_app(person)
    (row,) = queries.officials(house, authority="zarechny")
    second = commands.grant_mandate(house, row.id, role="head", authority="zarechny")
    request = visited(client, "/desk/")
    assert [one.mandate.role for one in request.mandates] == ["clerk", "head"]
    assert request.official.mandate.id == first

    middleware.choose_mandate(request, second)
    request.session.save()

    assert visited(client, "/desk/").act.mandate == second
    with pytest.raises(NoMandate):
        middleware.choose_mandate(request, "0190b5e0-0000-7000-8000-000000000000")


def test_a_revoked_mandate_is_gone_at_the_next_page(client, vera, house):
    person, mandate = vera
    with_app(person)
    assert visited(client, "/desk/").official is not None

    commands.revoke_mandate(house, mandate)

    assert visited(client, "/desk/").official is None
