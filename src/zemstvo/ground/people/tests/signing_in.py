"""How people sign in: their address, their codes, and what a view then sees."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from zemstvo.ground.people import middleware
from zemstvo.ground.people.models import Account

ADDRESS = "anna@example.org"
PASSWORD = "лесная-улица-4"


def code_in(letter) -> str:
    """The code of a letter: capital letters and digits on a line of their own."""
    return re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,}|\d{6})$", letter.body, re.MULTILINE).group(1)


def visited(client: Client, path: str = "/") -> Any:
    """The request as a view would see it, in the session of this client."""
    seen: list[HttpRequest] = []
    request = RequestFactory().get(path)
    request.session = client.session
    request.user = Account.objects.filter(pk=client.session.get("_auth_user_id")).first() or _Nobody()
    middleware.visits(lambda one: seen.append(one) or one)(request)
    return seen[0]


class _Nobody:
    is_authenticated = False
    is_active = False


def sign_in(client: Client, address: str = ADDRESS, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": address, "password": password})


def current_code(secret: str) -> str:
    """What the app shows now."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
