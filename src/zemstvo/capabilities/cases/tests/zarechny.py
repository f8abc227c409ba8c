"""Zarechny as the tests of cases know it: its places, its people, and a small service of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from zemstvo.capabilities.cases import commands, queries
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.requests import Application, Receipt, RequestKey
from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.commands import publish_document
from zemstvo.ground.journal.acts import Act, NoPowers, house_act
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.models import Fact
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.identity import Identity, OrganisationIdentity
from zemstvo.ground.people.looks import Look, record_look
from zemstvo.ground.people.powers import OfficialPowers, PersonPowers
from zemstvo.ground.people.queries import act_of_token
from zemstvo.ground.territory.calendars import read_bytes
from zemstvo.ground.territory.commands import create_authority, create_territory, import_calendar

FEDERATION, REGION, ZARECHNY, BESSONOVKA = "00000000", "56000000", "56734000", "56613000"
SERVICE = "tree-felling"
ZONE = "Europe/Moscow"

MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)
"""Noon in Zarechny, on a Monday without a holiday near."""

CALENDAR = b"""date,kind,name,moved_from,source
2026-01-01,holiday,,,
2026-11-04,holiday,,,
2027-01-01,holiday,,,
"""

ANSWERS = {"place": {"text": "Заречный, ул. Лесная, 3"}, "condition": "dead", "trees": 2, "truth": True}
LIVING = {**ANSWERS, "condition": "living", "why": "Падает на дом"}

PEOPLE = {
    "vera": Identity(family_name="Климова", given_name="Вера", patronymic="Андреевна"),
    "boris": Identity(family_name="Ефремов", given_name="Борис", patronymic="Львович"),
    "galina": Identity(family_name="Соколова", given_name="Галина", patronymic="Петровна"),
    "oleg": Identity(family_name="Рябов", given_name="Олег", patronymic="Викторович"),
    "anna": Identity(
        family_name="Морозова",
        given_name="Анна",
        patronymic="Сергеевна",
        born_on=date(1991, 6, 21),
        snils="16002051791",
        email="anna@zarechny.example",
    ),
    "pavel": Identity(family_name="Морозов", given_name="Павел", patronymic="Дмитриевич"),
    "stepan": Identity(family_name="Чужаков", given_name="Степан", patronymic="Юрьевич"),
}
ROLES = {"vera": "clerk", "boris": "clerk", "galina": "head", "oleg": "clerk"}
SERVES = {"oleg": "bessonovka"}


@cache
def package_document() -> Mapping[str, Any]:
    """The checked document of the test service."""
    checked = check_package(Path(__file__).parent / "packages" / SERVICE)
    assert checked.document is not None, [str(fault) for fault in checked.faults]
    return checked.document


@dataclass
class Zarechny:
    """The town: its people by name, acts for them, cases, and the journal since the town was built."""

    persons: dict[str, str]
    mandates: dict[str, str]
    token: str
    built: int

    def act(self, who: str, at: datetime = MONDAY, *, channel: Channel | None = None, **more: Any) -> Act:
        """An act of somebody: officials under their mandate, others as private persons."""
        person = self.persons[who]
        if who in self.mandates:
            authority = SERVES.get(who, "zarechny")
            return Act(
                actor=person,
                at=at,
                powers=OfficialPowers(person, self.mandates[who]),
                mandate=self.mandates[who],
                channel=channel or Channel.NONE,
                authority=authority,
                territory=BESSONOVKA if authority == "bessonovka" else ZARECHNY,
                zone=ZONE,
                **more,
            )
        return Act(
            actor=person,
            at=at,
            powers=PersonPowers(person),
            channel=channel or Channel.PORTAL,
            entry=Entry.SELF,
            zone=ZONE,
            **more,
        )

    def machine(self, at: datetime = MONDAY) -> Act:
        """An act of the machine that files applications."""
        return act_of_token(self.token, at)

    def stranger(self, at: datetime = MONDAY) -> Act:
        """Somebody who may do nothing."""
        return Act(actor=self.persons["stepan"], at=at, powers=NoPowers(), channel=Channel.PORTAL, zone=ZONE)

    def house(self, at: datetime = MONDAY) -> Act:
        """The clock."""
        return house_act(at=at, zone=ZONE)

    def application(self, **changes: Any) -> Application:
        """Anna's application to fell a dead tree."""
        wanted = {
            "service": SERVICE,
            "territory": ZARECHNY,
            "applicant": self.persons["anna"],
            "answers": ANSWERS,
        }
        return Application(**{**wanted, **changes})

    def file(self, act: Act | None = None, key: RequestKey | None = None, **changes: Any) -> Receipt:
        """File an application, by default Anna's at the portal."""
        return commands.file_application(act or self.act("anna"), self.application(**changes), key=key)

    def case(self, *actions: str, at: datetime = MONDAY, **changes: Any) -> Case:
        """A case of Anna's after some actions, each by whom it belongs to."""
        number = self.file(self.act("anna", at), **changes).number
        for action in actions:
            self.take(number, action, at)
        return Case.objects.get(number=number)

    def take(self, number: str, action: str, at: datetime = MONDAY, who: str = "", **given: Any) -> int:
        """Take an action as its usual official."""
        case = Case.objects.get(number=number)
        who = who or ("galina" if action in ("sign", "rework") else "vera")
        usual = {"grant": {"form": {"granted_trees": 2}}, "refuse": {"reasons": ["R01"]}}
        usual |= {"return": {"reasons": ["R06"]}}
        given = {**usual.get(action, {}), **given}
        return commands.take_action(self.act(who, at), number, action, version=case.row_version, **given)

    def counter(self, who: str, at: datetime = MONDAY) -> Act:
        """An official who types what somebody brought to the counter."""
        return replace(self.act(who, at, channel=Channel.COUNTER), entry=Entry.TRANSCRIBED)

    def supplement(self, number: str, at: datetime = MONDAY, who: str = "anna", **answers: Any) -> int:
        """Anna corrects a returned case."""
        version = Case.objects.get(number=number).row_version
        return commands.supplement_case(self.act(who, at), number, answers, version=version)

    def withdraw(self, number: str, at: datetime = MONDAY, who: str = "anna") -> int:
        """Anna takes her application back."""
        version = Case.objects.get(number=number).row_version
        return commands.withdraw_case(self.act(who, at), number, version=version)

    def look(self, who: str, case: Case, at: datetime = MONDAY) -> Look:
        """A recorded look of an official at the applicant of a case."""
        return record_look(self.act(who, at), person=str(case.applicant), purpose="case", about=case.number)

    def card(self, number: str, who: str = "vera", at: datetime = MONDAY) -> Any:
        """The card of a case, with its look."""
        case = Case.objects.get(number=number)
        return queries.case_card(self.act(who, at), number, self.look(who, case, at))

    def journal(self) -> list[dict[str, Any]]:
        """The facts since the town was built, oldest first."""
        rows = Fact.objects.filter(seq__gt=self.built).order_by("seq")
        return [json.loads(body) for body in rows.values_list("body", flat=True)]

    def kinds(self) -> list[str]:
        """The kinds of these facts."""
        return [fact["kind"] for fact in self.journal()]


def build() -> Zarechny:
    """Build the town with everybody's own commands."""
    house = house_act(at=datetime(2026, 1, 12, 9, 0, tzinfo=UTC), zone=ZONE)
    create_territory(
        house, FEDERATION, names={"ru": "Федерация"}, level="federation", zone=ZONE, scheme="oktmo"
    )
    create_territory(house, REGION, names={"ru": "Пензенская область", "en": "Penza Region"})
    create_territory(house, ZARECHNY, names={"ru": "Город Заречный", "en": "Zarechny"})
    create_territory(house, BESSONOVKA, names={"ru": "Бессоновский район", "en": "Bessonovka"})
    import_calendar(house, FEDERATION, read_bytes(CALENDAR))
    names = {"ru": "Администрация города Заречного", "en": "Zarechny Town Administration"}
    create_authority(house, "zarechny", names=names, territory=ZARECHNY, prefix="ZAR")
    create_authority(
        house, "bessonovka", names={"ru": "Администрация района"}, territory=BESSONOVKA, prefix="BES"
    )
    persons = {who: people.register_person(house, identity) for who, identity in PEOPLE.items()}
    firm = OrganisationIdentity(name="ООО «Теплострой»", inn="5838000128", email="firm@zarechny.example")
    persons["firm"] = people.register_organisation(house, firm)
    mandates = {}
    for who, role in ROLES.items():
        authority = SERVES.get(who, "zarechny")
        official = people.appoint_official(
            house, persons[who], authority=authority, position={"ru": "Специалист", "en": "Officer"}
        )
        mandates[who] = people.grant_mandate(house, official, role=role, authority=authority)
    people.represent(house, person=persons["anna"], representative=persons["pavel"], ground="attorney")
    token = people.create_token(house, name="tests", scopes=["applications:write", "cases:read"])
    publish_document(house, package_document())
    last = Fact.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    return Zarechny(persons, mandates, token.secret, last)


def on(month: int, day: int, *, year: int = 2026, hour: int = 9) -> datetime:
    """A moment on a day of 2026."""
    return datetime(year, month, day, hour, 0, tzinfo=UTC)


def behalf(act: Act, person: str) -> Act:
    """The same act for somebody else."""
    return replace(act, behalf_of=person)
