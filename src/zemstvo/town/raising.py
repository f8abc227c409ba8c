"""Raising the town: places, authorities, calendar, people, each through the command that all use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.people import commands as people
from zemstvo.ground.people import queries as known_people
from zemstvo.ground.people.identity import Identity, OrganisationIdentity
from zemstvo.ground.people.powers import OfficialPowers, PersonPowers
from zemstvo.ground.territory import calendars
from zemstvo.ground.territory import commands as territory
from zemstvo.town.cast import CAST, FIRM, PASSWORD, Player
from zemstvo.town.places import CENTRE, COUNCILS, MOSCOW_TIME, PLACES, Council

FOUNDED = datetime(2025, 1, 9, 6, 0, tzinfo=UTC)
"""The federation begins on the first working day of the calendar that comes with it."""

CALENDAR = Path(__file__).with_name("calendar_2025_2027.csv")
WEEK = {
    "mon": ["09:00-13:00", "14:00-18:00"],
    "tue": ["09:00-13:00", "14:00-18:00"],
    "wed": ["09:00-13:00", "14:00-18:00"],
    "thu": ["09:00-13:00", "14:00-18:00"],
    "fri": ["09:00-13:00", "14:00-17:00"],
}


@dataclass(frozen=True, slots=True)
class Town:
    """The town as it stands: pseudonyms of its people and mandates of its officials, by short name."""

    people: Mapping[str, str] = field(default_factory=dict)
    mandates: Mapping[str, str] = field(default_factory=dict)

    def act(self, key: str, at: datetime, *, channel: Channel | None = None, behalf_of: str = "") -> Act:
        """An act of one of the cast: of an official under the mandate, else of a private person."""
        player = next(player for player in CAST if player.key == key)
        pseudonym = self.people[key]
        if player.role:
            council = next(council for council in COUNCILS if council.code == player.authority)
            return official_act(pseudonym, self.mandates[key], council, at, channel=channel)
        return Act(
            actor=pseudonym,
            at=at,
            powers=PersonPowers(pseudonym),
            behalf_of=self.people[behalf_of] if behalf_of else "",
            channel=channel or Channel.PORTAL,
            entry=Entry.SELF,
            zone=MOSCOW_TIME,
        )


def official_act(
    person: str, mandate: str, council: Council, at: datetime, *, channel: Channel | None = None
) -> Act:
    """The act of an official of the demo under a mandate."""
    return Act(
        actor=person,
        at=at,
        powers=OfficialPowers(person, mandate),
        mandate=mandate,
        channel=channel or Channel.NONE,
        authority=council.code,
        territory=council.territory,
        zone=MOSCOW_TIME,
    )


def raise_town(*, at: datetime = FOUNDED, with_accounts: bool = True) -> Town:
    """Build the federation of the demo on an empty installation; takes a second or two.

    Without accounts nobody can sign in (password hashing is slow on purpose, and most tests need none).
    """
    act = house_act(at=at, zone=MOSCOW_TIME)
    for place in PLACES:
        territory.create_territory(
            act,
            place.code,
            names={"ru": place.ru, "en": place.en},
            level=place.level,
            parent=place.parent,
            zone=MOSCOW_TIME if place.code == CENTRE else "",
            scheme="oktmo",
        )
    territory.import_calendar(act, CENTRE, calendars.read(CALENDAR))
    for council in COUNCILS:
        _raise_council(act, council)
    return _settle(act, with_accounts=with_accounts)


def _raise_council(act: Act, council: Council) -> None:
    names = {"ru": council.ru, "en": council.en}
    territory.create_authority(act, council.code, names=names, territory=council.territory)
    territory.create_office(
        act,
        council.code,
        "main",
        names={"ru": "Приёмная", "en": "Reception"},
        address={"ru": council.address_ru, "en": council.address_en},
        phone=council.phone,
        hours=WEEK,
        line=council.line,
    )


def _settle(act: Act, *, with_accounts: bool) -> Town:
    pseudonyms: dict[str, str] = {}
    mandates: dict[str, str] = {}
    for player in CAST:
        pseudonyms[player.key] = _register(act, player)
        if with_accounts:
            people.open_account(
                act, player.address, person=pseudonyms[player.key], password=PASSWORD, demo=True
            )
        if player.role:
            mandates[player.key] = _appoint(act, player, pseudonyms[player.key])
    firm = OrganisationIdentity(name=FIRM.ru, short_name=FIRM.ru, inn=FIRM.inn, ogrn=FIRM.ogrn)
    pseudonyms[FIRM.key] = people.register_organisation(act, firm)
    for player in CAST:
        own = pseudonyms[player.key]
        if player.acts_for:
            people.represent(act, person=pseudonyms[player.acts_for], representative=own, ground="attorney")
        if player.employer:
            people.employ(act, organisation=pseudonyms[player.employer], person=own)
    return Town(pseudonyms, mandates)


def _register(act: Act, player: Player) -> str:
    person = people.register_person(
        act,
        Identity(
            family_name=player.surname,
            given_name=player.given_name,
            patronymic=player.patronymic,
            born_on=player.born_on,
            snils=player.snils,
            email=player.address,
        ),
    )
    people.check_identity(act, person, how="passport")
    return person


def _appoint(act: Act, player: Player, person: str) -> str:
    position = {"ru": player.part_ru, "en": player.part_en}
    official = people.appoint_official(act, person, authority=player.authority, position=position)
    if player.role == "administrator":
        return people.grant_mandate(act, official, role=player.role)
    return people.grant_mandate(act, official, role=player.role, authority=player.authority)


def standing_town() -> Town:
    """The town that was raised on this installation, found again by the people's numbers."""
    pseudonyms = {player.key: known_people.person_by("snils", player.snils) for player in CAST}
    pseudonyms[FIRM.key] = known_people.person_by("ogrn", FIRM.ogrn)
    act = house_act(at=datetime.now(UTC), zone=MOSCOW_TIME)
    mandates: dict[str, str] = {}
    for player in CAST:
        if player.role:
            serving = known_people.officials(act, authority=player.authority)
            official = next(row.id for row in serving if row.person == pseudonyms[player.key])
            mandates[player.key] = known_people.mandates(act, official=official, role=player.role)[0].id
    return Town(pseudonyms, mandates)
