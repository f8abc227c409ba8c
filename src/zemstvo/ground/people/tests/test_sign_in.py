"""People sign in by a code from a letter or by a password."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from zemstvo.ground.people import addresses, commands, middleware, queries
from zemstvo.ground.people.models import Account
from zemstvo.ground.people.tests.conftest import ANNA
from zemstvo.ground.people.tests.signing_in import ADDRESS, PASSWORD, code_in, sign_in, visited

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("fresh_attempts"),
]


def test_anna_opens_an_account_with_a_code(client, mailoutbox, kinds):
    answer = client.post(reverse("account_signup"), {"email": "Anna@Example.org"})
    assert answer.url == reverse("account_email_verification_sent")
    (letter,) = mailoutbox
    assert letter.to == [ADDRESS]

    client.post(answer.url, {"code": code_in(letter)})

    account = Account.objects.get()
    assert client.session["_auth_user_id"] == str(account.pk)
    assert addresses.of_account(account) == ADDRESS
    assert queries.own_identity(visited(client).act).email == ADDRESS
    assert kinds() == ["person.registered", "account.opened"]


def test_anna_signs_in_with_a_code(client, mailoutbox, account):
    answer = client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    assert answer.url == reverse("account_confirm_login_code")
    (letter,) = mailoutbox
    assert letter.to == [ADDRESS]
    page = client.get(answer.url).content.decode()
    assert ADDRESS in page
    assert addresses.DOMAIN not in page

    client.post(answer.url, {"code": code_in(letter)})

    assert client.session["_auth_user_id"] == str(account.pk)
    assert visited(client).person == str(account.person)


def test_another_code_is_sent_to_the_same_address(client, mailoutbox, account):
    answer = client.post(reverse("account_request_login_code"), {"email": ADDRESS})

    client.post(answer.url, {"action": "resend"})

    assert [letter.to for letter in mailoutbox] == [[ADDRESS], [ADDRESS]]
    client.post(answer.url, {"code": code_in(mailoutbox[1])})
    assert "_auth_user_id" in client.session


def test_an_account_made_by_an_administrator_needs_one_code_only(client, mailoutbox, house, anna):
    commands.open_account(house, ADDRESS, person=anna)

    answer = client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    client.post(answer.url, {"code": code_in(mailoutbox[0])})

    assert "_auth_user_id" in client.session
    assert len(mailoutbox) == 1


def test_whoever_has_no_account_learns_it_from_a_letter_alone(client, mailoutbox, account):
    known = client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    unknown = Client().post(reverse("account_request_login_code"), {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mailoutbox] == [[ADDRESS], ["nobody@example.org"]]


def test_a_wrong_code_is_refused_and_the_third_ends_the_attempt(client, mailoutbox, account):
    answer = client.post(reverse("account_request_login_code"), {"email": ADDRESS})
    right = code_in(mailoutbox[0])

    for _attempt in range(3):
        client.post(answer.url, {"code": "AAA-AAA"})
    client.post(answer.url, {"code": right})

    assert "_auth_user_id" not in client.session


def test_anna_signs_in_with_a_password(client, account):
    sign_in(client)

    assert client.session["_auth_user_id"] == str(account.pk)


def test_attempts_with_a_password_are_limited(client, account):
    for _attempt in range(5):
        sign_in(client, password="wrong")

    answer = sign_in(client)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_attempts_from_elsewhere_count_too(account):
    for number in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(
            reverse("account_login"), {"login": ADDRESS, "password": "wrong"}
        )

    client = Client(REMOTE_ADDR="192.0.2.99")
    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_an_address_that_nobody_confirmed_needs_a_code_beside_the_password(client, mailoutbox, house):
    commands.open_account(house, ADDRESS, password=PASSWORD)

    answer = sign_in(client)

    assert "_auth_user_id" not in client.session
    client.post(answer.url, {"code": code_in(mailoutbox[0])})
    assert "_auth_user_id" in client.session


def test_a_forgotten_password_is_replaced_by_a_code(client, mailoutbox, account):
    answer = client.post(reverse("account_reset_password"), {"email": ADDRESS})
    assert mailoutbox[0].to == [ADDRESS]

    answer = client.post(answer.url, {"code": code_in(mailoutbox[0])})
    client.post(answer.url, {"password1": "новая-лесная-5", "password2": "новая-лесная-5"})
    sign_in(client, password="новая-лесная-5")

    assert client.session["_auth_user_id"] == str(account.pk)


def test_anna_changes_her_address_once_it_is_confirmed(client, mailoutbox, account):
    sign_in(client)
    assert ADDRESS in client.get(reverse("account_email")).content.decode()

    client.post(reverse("account_email"), {"action_add": "", "email": "new@example.org"})
    assert [letter.to for letter in mailoutbox] == [["new@example.org"]]
    assert addresses.of_account(Account.objects.get()) == ADDRESS
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[0])})

    changed = Account.objects.get()
    assert addresses.of_account(changed) == "new@example.org"
    assert changed.email == addresses.keyed("new@example.org")
    assert [row.email for row in EmailAddress.objects.all()] == [changed.email]


def test_anna_arrives_at_the_first_page(client, account):
    assert sign_in(client).url == "/"


def test_pavel_acts_for_anna_as_long_as_he_may(client, account, house, anna):
    pavel = str(account.person)
    representation = commands.represent(house, person=anna, representative=pavel, ground="attorney")
    sign_in(client)
    session = client.session
    session[middleware.ACTING_FOR] = anna
    session.save()
    assert visited(client).act.behalf_of == anna

    commands.end_representation(house, representation)

    assert visited(client).act.behalf_of == ""


def test_a_page_that_asks_nobody_who_they_are_costs_no_query(client, rf, django_assert_num_queries):
    request = rf.get("/")

    with django_assert_num_queries(0):
        middleware.visits(lambda one: one)(request)


def test_a_closed_account_signs_in_no_more(client, account):
    Account.objects.update(is_active=False)

    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_sign_in_is_logged_by_number_and_never_by_address(client, account, caplog):
    caplog.set_level("INFO", logger="zemstvo.signin")
    sign_in(client, password="wrong")
    sign_in(client)
    client.post(reverse("account_logout"))

    lines = [record for record in caplog.records if record.name == "zemstvo.signin"]

    assert [record.getMessage() for record in lines] == ["wrong password", "signed in", "signed out"]
    assert lines[1].fields == {"account": account.pk}
    assert not [record for record in caplog.records if ADDRESS in str(vars(record))]


def test_an_address_is_stored_nowhere_in_clear(client, account, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": ADDRESS})

    assert ADDRESS not in json.dumps(dict(client.session))
    assert all(addresses.is_keyed(row.email) for row in EmailAddress.objects.all())
    assert addresses.is_keyed(Account.objects.get().email)


def test_the_same_address_opens_one_account(house, account):
    with pytest.raises(commands.accounts.AccountExists):
        commands.open_account(house, ADDRESS.upper())
    assert queries.identity(house, str(account.person)).email == ADDRESS
    assert ANNA.email == ADDRESS
