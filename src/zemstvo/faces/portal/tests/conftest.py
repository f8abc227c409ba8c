"""Zarechny with its services, on a Monday morning, and people who visit the portal."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches

from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.commands import publish_document
from zemstvo.faces.portal.tests.visitor import Visitor
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.middleware import Visited
from zemstvo.town.places import ZARECHNY
from zemstvo.town.testing import MORNING

PACKAGES = Path(__file__).parents[5] / "packages"


@cache
def document_of(service: str):
    """The document of a package, checked once."""
    return check_package(PACKAGES / service).document


@pytest.fixture
def monday(monkeypatch):
    """It is Monday, 23 November 2026, ten in the morning, for everybody who opens a page."""
    monkeypatch.setattr(Visited, "at", MORNING)


@pytest.fixture
def zarechny(town, monday):
    """The town, with its two services published."""
    caches["memory"].clear()
    for service in ("housing-subsidy", "address-assignment"):
        publish_document(house_act(at=MORNING), document_of(service))
    town.forget()
    return town


@pytest.fixture
def visitor(zarechny):
    """Somebody without an account, who chose Zarechny."""
    found = Visitor()
    found.client.cookies["place"] = ZARECHNY
    return found


@pytest.fixture
def sign_in(zarechny):
    """Sign somebody of the town in."""

    def signed_in(key: str) -> Visitor:
        act = house_act(at=MORNING)
        address = f"{key}@zarechny.example"
        account = people.open_account(act, address, person=zarechny.people[key], demo=True)
        zarechny.forget()
        found = Visitor(get_user_model().objects.get(pk=account))
        found.client.cookies["place"] = ZARECHNY
        return found

    return signed_in
