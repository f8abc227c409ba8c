"""The desk with its officials signed in, and the first matters of the demo on it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from zemstvo.ground.people.models import Account
from zemstvo.town.matters import tell_matters
from zemstvo.town.testing import TownForTests


class Official:
    """One of the cast at the desk."""

    def __init__(self, town: TownForTests, key: str) -> None:
        self.client = Client()
        account = Account.objects.get(person=town.people[key])
        self.client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, form: dict[str, Any] | None = None) -> Any:
        """Post a form with the version that its page shows."""
        return self.client.post(path, {"version": self.version(path), **(form or {})})

    def version(self, path: str) -> str:
        found = re.search(r'name="version" value="(\d+)"', self.get(path).content.decode())
        return found[1] if found else ""

    def links(self, path: str) -> set[str]:
        return links_of(self.get(path))


def links_of(answer: Any) -> set[str]:
    """The addresses of the desk on a page."""
    if not answer.get("Content-Type", "").startswith("text/html"):
        return set()
    found = re.findall(r'href="(/desk/[^"#]*)"', answer.content.decode())
    return {link.replace("&amp;", "&") for link in found}


@pytest.fixture
def town(db, settings):
    settings.DEMO = True
    made = TownForTests(with_accounts=True)
    made.publish()
    return made


@pytest.fixture
def numbers(town):
    told = tell_matters(town.standing, now=datetime.now(UTC))
    town.forget()
    return told


@pytest.fixture
def sign_in(town):
    return lambda key: Official(town, key)
