"""People of Zarechny, as the room of people knows them, and the acts they do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from zemstvo.ground.journal.acts import Act, NoPowers, house_act
from zemstvo.ground.journal.models import Fact
from zemstvo.ground.people import commands, models, queries
from zemstvo.ground.people.identity import Identity, OrganisationIdentity
from zemstvo.ground.people.tests.signing_in import ADDRESS, PASSWORD
from zemstvo.ground.territory import commands as territory_commands

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

ANNA = Identity(
    family_name="Соколова",
    given_name="Анна",
    patronymic="Петровна",
    born_on=date(1988, 4, 17),
    snils="112-233-445 95",
    email="anna@example.org",
    phone="+7 912 000-00-01",
    address="Заречный, ул. Лесная, д. 4",
)
PAVEL = Identity(family_name="Королёв", given_name="Павел", patronymic="Ильич", snils="087-654-303 00")
FIRM = OrganisationIdentity(name="ООО «Заречный хлеб»", ogrn="1027700132195", inn="7707083893")


@pytest.fixture
def house() -> Act:
    """The installation itself acts."""
    return house_act(at=AT)


@pytest.fixture
def stranger() -> Act:
    """Somebody who may do nothing."""
    return Act(actor="stranger", at=AT, powers=NoPowers())


@pytest.fixture
def journal() -> Callable[[], list[dict[str, Any]]]:
    """All facts so far, oldest first."""
    return lambda: [json.loads(body) for body in Fact.objects.order_by("seq").values_list("body", flat=True)]


@pytest.fixture
def kinds(journal) -> Callable[[], list[str]]:
    """The kinds of all facts so far."""
    return lambda: [fact["kind"] for fact in journal()]


CENTRE, PENZA, ZARECHNY, BESSONOVKA, TAMBOV = "rf", "56000000", "56734000", "56613000", "68000000"


@pytest.fixture
def places(house) -> None:
    """Zarechny and Bessonovka in one region, another region beside it; each with a council."""
    territory_commands.create_territory(
        house, CENTRE, names={"ru": "Федерация"}, level="federation", zone="Europe/Moscow"
    )
    for code, level, parent in (
        (PENZA, "region", CENTRE),
        (TAMBOV, "region", CENTRE),
        (ZARECHNY, "municipality", PENZA),
        (BESSONOVKA, "municipality", PENZA),
    ):
        territory_commands.create_territory(house, code, names={"ru": code}, level=level, parent=parent)
    for code, territory in (
        ("zarechny", ZARECHNY),
        ("bessonovka", BESSONOVKA),
        ("penza", PENZA),
        ("tambov", TAMBOV),
    ):
        territory_commands.create_authority(
            house, code, names={"ru": code}, territory=territory, prefix=code[:3].upper()
        )


@dataclass(frozen=True)
class Account:
    """Somebody signed in."""

    person: str


@pytest.fixture
def official(house, places) -> Callable[..., tuple[str, str, str]]:
    """Make an official with a mandate: (pseudonym, official, mandate)."""

    def make(
        name: str, role: str, authority: str, *, at: str | None = None, territory: str = ""
    ) -> tuple[str, str, str]:
        person = commands.register_person(house, Identity(family_name=name))
        made = commands.appoint_official(house, person, authority=authority, position={"ru": role})
        mandate = commands.grant_mandate(
            house, made, role=role, authority=authority if at is None else at, territory=territory
        )
        return person, made, mandate

    return make


@pytest.fixture
def act_of() -> Callable[..., Act]:
    """The act of a pseudonym, under a mandate or as a private person."""
    return lambda person, mandate=None, at=AT: queries.act_of_account(Account(person), at, mandate=mandate)


@pytest.fixture
def anna(house) -> str:
    """Anna's pseudonym."""
    return commands.register_person(house, ANNA)


@pytest.fixture
def pavel(house) -> str:
    """Pavel's pseudonym."""
    return commands.register_person(house, PAVEL)


@pytest.fixture
def firm(house) -> str:
    """The pseudonym of the bakery."""
    return commands.register_organisation(house, FIRM)


@pytest.fixture
def fresh_attempts():
    """Attempts are counted in the shared cache, which a test begins empty."""
    cache.clear()


@pytest.fixture
def account(house) -> models.Account:
    """Anna's account with a password, its address confirmed."""
    made = commands.open_account(house, ADDRESS, password=PASSWORD)
    EmailAddress.objects.update(verified=True)
    return models.Account.objects.get(pk=made)
