"""A password or a letter alone no longer opens an account that has an app."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.urls import reverse

from zemstvo.ground.people.tests.signing_in import ADDRESS, PASSWORD, code_in, current_code, sign_in

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("fresh_attempts"),
]


@pytest.fixture
def app(client, account) -> str:
    """Anna's app, set up on the page for it: its secret."""
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})
    assert answer.status_code == 302
    client.post(reverse("account_logout"))
    cache.clear()  # a code works once, and this test uses the same half minute twice
    return secret


def test_a_password_alone_is_not_enough_once_an_app_is_set_up(client, app, account):
    answer = sign_in(client)
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session

    client.post(answer.url, {"code": current_code(app)})

    assert client.session["_auth_user_id"] == str(account.pk)


def test_codes_of_the_app_cannot_be_tried_out(client, app, account, caplog):
    answer = sign_in(client)

    for guess in range(6):
        client.post(answer.url, {"code": f"{guess:06d}"})
    client.post(answer.url, {"code": current_code(app)})

    assert "_auth_user_id" not in client.session
    assert "wrong code of the app" in caplog.messages


def test_a_code_from_a_letter_needs_the_app_too(client, mailoutbox, app, account):
    mailoutbox.clear()
    answer = client.post(reverse("account_request_login_code"), {"email": ADDRESS})

    answer = client.post(answer.url, {"code": code_in(mailoutbox[0])})

    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_the_secret_of_the_app_is_not_in_the_database(app):
    (stored,) = Authenticator.objects.filter(type="totp").values_list("data", flat=True)

    assert app not in json.dumps(stored)
