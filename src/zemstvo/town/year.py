"""A year of the federation, replayed: thousands of cases through the same commands, from one seed.

Every municipality works through both services: people apply by the portal, at the counter, by telephone or by
post, the more by the portal the better the line of the office; clerks register, ask other authorities for
evidence, prepare; heads sign; some cases are returned, refused or withdrawn. What happens is taken in the
order of time, so the journal reads like a year.

One hindrance is planted, for the monitor to find: **in Bessonovka District other authorities answer slowly**
(SLOW_AUTHORITY): evidence comes after 9 to 14 working days instead of 1 to 4, so its decisions come late.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from zemstvo.capabilities.cases import commands as cases
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.requests import Application
from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.powers import PersonPowers
from zemstvo.ground.territory import queries as territories
from zemstvo.town.places import COUNCILS, MOSCOW_TIME, Council
from zemstvo.town.raising import FOUNDED, Town, official_act

SEED = 1864
"""The year of the zemstvo reform."""

SLOW_AUTHORITY = "bessonovka"
"""Where other authorities answer slowly: the planted hindrance."""

WEIGHTS = {"zarechny": 30, "bessonovka": 20, "bessonovka-village": 6, "tambov": 34, "kirsanov": 10}
ONLINE = {"good": 0.74, "weak": 0.45, "bad": 0.22}
"""Share of applications by the portal, by the line of the office."""

BATCH = 40
"""Steps in one transaction: a replay need not be durable step by step."""

FAMILY_NAMES = ("Иванов", "Смирнов", "Кузнецов", "Попов", "Васильев", "Петров", "Соколов", "Волков")
GIVEN_NAMES = ("Александр", "Сергей", "Дмитрий", "Андрей", "Алексей", "Евгений", "Иван", "Николай", "Пётр")
PATRONYMICS = ("Александрович", "Сергеевич", "Дмитриевич", "Андреевич", "Алексеевич", "Иванович")


@dataclass(frozen=True, slots=True)
class Desk:
    """The two officials of a municipality who work through the year."""

    council: Council
    clerk: tuple[str, str]
    head: tuple[str, str]

    def act(self, who: str, at: datetime, *, channel: Channel | None = None) -> Act:
        """An act of the clerk or of the head."""
        person, mandate = self.clerk if who == "clerk" else self.head
        return official_act(person, mandate, self.council, at, channel=channel)


@dataclass(slots=True)
class Matter:
    """A case on its way through the year."""

    desk: Desk
    service: str
    applicant: str
    channel: Channel
    number: str = ""
    version: int = 1
    requests: list[str] = field(default_factory=list)


Next = Callable[[datetime], None]


class Year:
    """The replay: a queue of steps in the order of time."""

    def __init__(self, town: Town, *, cases: int, until: datetime, seed: int = SEED) -> None:
        self.random = Random(seed)  # noqa: S311  a story, no secret
        self.until = until
        self.since = max(until - timedelta(days=365), FOUNDED + timedelta(days=1))
        self.wanted = cases
        self.town = town
        self.numbers: set[str] = set()
        """The first nine digits of every SNILS that was given out."""
        self.desks = {code: self._desk(code) for code in WEIGHTS}
        self.persons: list[str] = []
        self._queue: list[tuple[datetime, int, Next]] = []
        self._order = count()

    def run(self, *, progress: Callable[[int, int], None] = lambda done, all: None) -> int:
        """Replay everything that happens before `until`; returns how many steps were taken."""
        for at in self._filings():
            self._at(at, self._file)
        total, taken = 7 * self.wanted, 0
        while self._queue and self._queue[0][0] < self.until:
            with transaction.atomic(), transaction.atomic(using="keys"):
                for _ in range(BATCH):
                    if not self._queue or self._queue[0][0] >= self.until:
                        break
                    at, _order, step = heapq.heappop(self._queue)
                    step(at)
                    taken += 1
            progress(min(taken, total), total)
        progress(total, total)
        return taken

    # --- when things happen ---

    def _at(self, at: datetime, step: Next) -> None:
        heapq.heappush(self._queue, (at, next(self._order), step))

    def _filings(self) -> Iterator[datetime]:
        length = (self.until - self.since).total_seconds()
        for _ in range(self.wanted):
            yield self.since + timedelta(seconds=self.random.random() * length)

    def _office_hour(self, matter: Matter, after: datetime, days: int) -> datetime:
        """Some moment within office hours, so many working days later."""
        calendar = territories.calendar(matter.desk.council.territory)
        day: date = after.astimezone(ZoneInfo(MOSCOW_TIME)).date()
        if days or not calendar.is_working(day):
            day = calendar.working_day_after(day, max(days, 1))
        clock = time(9 + self.random.randrange(8), self.random.randrange(60), self.random.randrange(60))
        moment = datetime.combine(day, clock, ZoneInfo(MOSCOW_TIME)).astimezone(UTC)
        return max(moment, after + timedelta(minutes=3))

    # --- the steps of a case ---

    def _file(self, at: datetime) -> None:
        desk = self.desks[self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]]
        service = self.random.choices(["housing-subsidy", "address-assignment"], [3, 2])[0]
        online = self.random.random() < ONLINE[desk.council.line]
        others = [Channel.COUNTER, Channel.COUNTER, Channel.COUNTER, Channel.POST, Channel.PHONE]
        channel = Channel.PORTAL if online else self.random.choice(others)
        if channel is Channel.PHONE and service == "address-assignment":
            channel = Channel.COUNTER
        matter = Matter(desk, service, self._person(at), channel)
        if online:
            self._submit(matter, at)
        else:
            self._at(self._office_hour(matter, at, 0), lambda at: self._submit(matter, at))

    def _submit(self, matter: Matter, at: datetime) -> None:
        online = matter.channel is Channel.PORTAL
        receipt = cases.file_application(
            self._filing_act(matter, at),
            Application(
                service=matter.service,
                territory=matter.desk.council.territory,
                applicant=matter.applicant,
                answers=self._answers(matter.service),
                identity=IdentityCheck.ACCOUNT if online else IdentityCheck.PASSPORT,
            ),
        )
        matter.number = receipt.number
        if self.random.random() < 0.04:
            self._at(self._office_hour(matter, at, 1), lambda at: self._withdraw(matter, at))
        else:
            self._at(self._office_hour(matter, at, 1), lambda at: self._register(matter, at))

    def _filing_act(self, matter: Matter, at: datetime) -> Act:
        if matter.channel is Channel.PORTAL:
            return Act(
                actor=matter.applicant,
                at=at,
                powers=PersonPowers(matter.applicant),
                channel=Channel.PORTAL,
                entry=Entry.SELF,
                zone=MOSCOW_TIME,
            )
        act = matter.desk.act("clerk", at, channel=matter.channel)
        entry = Entry.ASSISTED if matter.channel is Channel.COUNTER else Entry.TRANSCRIBED
        return replace(act, entry=entry)

    def _withdraw(self, matter: Matter, at: datetime) -> None:
        matter.version = cases.withdraw_case(
            self._filing_act(matter, at), matter.number, version=matter.version
        )

    def _register(self, matter: Matter, at: datetime) -> None:
        self._take(matter, "clerk", "register", at)
        if matter.service == "housing-subsidy":
            self._at(at + timedelta(minutes=20), lambda at: self._ask(matter, at))
        else:
            self._at(
                self._office_hour(matter, at, self.random.randint(1, 3)), lambda at: self._prepare(matter, at)
            )

    def _ask(self, matter: Matter, at: datetime) -> None:
        wanted = "fns.income" if self.random.random() < 0.7 else "sfr.payments"
        request = cases.request_evidence(matter.desk.act("clerk", at), matter.number, wanted)
        matter.requests.append(request)
        is_slow = matter.desk.council.code == SLOW_AUTHORITY
        days = self.random.randint(9, 14) if is_slow else self.random.randint(1, 4)
        self._at(self._office_hour(matter, at, days), lambda at: self._answer(matter, at))

    def _answer(self, matter: Matter, at: datetime) -> None:
        act = matter.desk.act("clerk", at)
        cases.answer_evidence(act, matter.requests[-1], outcome="received")
        self._at(at + timedelta(minutes=15), lambda at: self._complete(matter, at))

    def _complete(self, matter: Matter, at: datetime) -> None:
        self._take(matter, "clerk", "complete", at)
        self._at(
            self._office_hour(matter, at, self.random.randint(1, 6)), lambda at: self._prepare(matter, at)
        )

    def _prepare(self, matter: Matter, at: datetime) -> None:
        if self.random.random() < 0.13:
            reason = "R02" if matter.service == "housing-subsidy" else "R01"
            self._take(matter, "clerk", "refuse", at, reasons=[reason])
            step = "sign_refusal"
        else:
            self._take(matter, "clerk", "grant", at, form=self._decision(matter))
            step = "sign"
        self._at(self._office_hour(matter, at, 1), lambda at: self._take(matter, "head", step, at))

    def _take(self, matter: Matter, who: str, action: str, at: datetime, **given: Any) -> None:
        act = matter.desk.act(who, at)
        matter.version = cases.take_action(act, matter.number, action, version=matter.version, **given)

    # --- who and what ---

    def _desk(self, code: str) -> Desk:
        """The officials of a municipality: of the cast where it has them, else two who begin to serve."""
        council = next(council for council in COUNCILS if council.code == code)
        known = {"zarechny": ("vera", "galina"), "bessonovka": ("oleg", "")}.get(code, ("", ""))
        return Desk(
            council, self._official(council, "clerk", known[0]), self._official(council, "head", known[1])
        )

    def _official(self, council: Council, role: str, key: str) -> tuple[str, str]:
        if key:
            return self.town.people[key], self.town.mandates[key]
        act = house_act(at=self.since, zone=MOSCOW_TIME)
        person = people.register_person(act, self._identity())
        position = {"ru": "глава" if role == "head" else "специалист", "en": role}
        official = people.appoint_official(act, person, authority=council.code, position=position)
        return person, people.grant_mandate(act, official, role=role, authority=council.code)

    def _person(self, at: datetime) -> str:
        if self.persons and self.random.random() < 0.35:
            return self.random.choice(self.persons)
        person = people.register_person(house_act(at=at, zone=MOSCOW_TIME), self._identity())
        self.persons.append(person)
        return person

    def _identity(self) -> Identity:
        return Identity(
            family_name=self.random.choice(FAMILY_NAMES),
            given_name=self.random.choice(GIVEN_NAMES),
            patronymic=self.random.choice(PATRONYMICS),
            born_on=date(1940, 1, 1) + timedelta(days=self.random.randrange(24_000)),
            snils=self._snils(),
        )

    def _snils(self) -> str:
        """A number that nobody has, with the right check digits; never three equal digits in a row."""
        digits = "000"
        while digits in self.numbers or re.search(r"(\d)\1\1", digits):
            digits = str(150_000_000 + self.random.randrange(9_000_000))
        self.numbers.add(digits)
        rest = sum(int(digit) * (9 - place) for place, digit in enumerate(digits)) % 101
        return f"{digits}{0 if rest == 100 else rest:02d}"

    def _answers(self, service: str) -> dict[str, Any]:
        street = self.random.choice(["Садовая", "Ленина", "Лесная", "Школьная", "Мира"])
        house = f"ул. {street}, д. {self.random.randint(1, 90)}"
        if service == "housing-subsidy":
            return {
                "address": {"text": f"{house}, кв. {self.random.randint(1, 80)}"},
                "tenure": "owner",
                "registered_here": True,
                "lives_alone": True,
                "income_kinds": ["pension"],
                "own_income": self.random.randint(90, 160) * 100_000,
                "monthly_cost": self.random.randint(45, 80) * 10_000,
                "court_debt": False,
                "pay_to": "post",
                "truth": True,
            }
        return {
            "deed": "annul",
            "object": "building",
            "cadastral_number": f"58:34:0010{self.random.randint(100, 999)}:{self.random.randint(1, 999)}",
            "location": {"text": house},
            "end_ground": "gone",
            "old_address": house,
            "right": "owner",
            "right_registered": True,
            "phone": "+70000000000",
            "truth": True,
        }

    def _decision(self, matter: Matter) -> dict[str, Any]:
        if matter.service == "housing-subsidy":
            return {"amount": 100_000, "why": "Доход уточнён по ответу другого органа."}
        return {"address_text": "Город Заречный, улица Садовая, дом 1"}
