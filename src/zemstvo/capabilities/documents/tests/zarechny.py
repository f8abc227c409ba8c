"""The people of Zarechny who deal with documents, and a decision that they write.

Their powers are told by hand here, so that this room is tested without the rooms that hand powers out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.models import Fact

AUTHORITY = "zarechny-social"
TERRITORY = "65737000"
ZONE = "Asia/Yekaterinburg"
MORNING = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)

RIGHTS = {
    "vera": {"document.read", "document.issue", "document.deliver"},
    "head": {"document.read", "document.issue", "document.deliver", "document.sign"},
    "oleg": {"document.read", "document.issue", "document.deliver", "document.sign"},
}
PSEUDONYMS = {
    name: f"00000000-0000-4000-8000-00000000000{place}" for place, name in enumerate(["vera", "head", "oleg"])
}


@dataclass(frozen=True)
class Mandated:
    """What an official may do, at one authority."""

    rights: frozenset[str]
    authority: str

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        return right in self.rights and authority == self.authority


@dataclass(frozen=True)
class Own:
    """What an applicant may do: everything of their own."""

    person: str

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        return right.startswith("case.own.") and self.person in of


def official(name: str, *, at: datetime = MORNING) -> Act:
    """An act of Vera, of the head of Zarechny, or of Oleg from the next district."""
    authority = "verkhny-social" if name == "oleg" else AUTHORITY
    return Act(
        actor=PSEUDONYMS[name],
        at=at,
        powers=Mandated(frozenset(RIGHTS[name]), authority),
        zone=ZONE,
        authority=authority,
        territory=TERRITORY,
    )


def applicant(person: str, *, at: datetime = MORNING) -> Act:
    """An act of an applicant, in the portal."""
    return Act(actor=person, at=at, powers=Own(person), channel=Channel.PORTAL, entry=Entry.SELF, zone=ZONE)


def stranger(*, at: datetime = MORNING) -> Act:
    """An act of somebody who may do nothing."""
    return Act(actor="00000000-0000-4000-8000-000000000009", at=at)


def later(**by: int) -> datetime:
    """A moment after the morning of 23 November 2026."""
    return MORNING + timedelta(**by)


DECISION: dict[str, Any] = {
    "title": "Решение о предоставлении субсидии на оплату жилого помещения и коммунальных услуг",
    "header": ["Управление социальной защиты населения города Заречного", "ул. Ленина, 1"],
    "place": "г. Заречный",
    "addressee": ["Ивановой Анне Петровне", "ул. Садовая, 5, кв. 12"],
    "reference": "По заявлению от 9 ноября 2026 г. № ЗАР-2026-000123-4",
    "paragraphs": ["Предоставить субсидию с 1 декабря 2026 г. на шесть месяцев."],
    "table": {"title": "Расчёт", "rows": [{"label": "Размер в месяц", "value": "2 450,00 руб."}]},
    "signatory": {"post": "Глава города Заречного", "name": "И. И. Петров"},
    "data": {"subsidy_minor": 245000, "currency": "RUB"},
}


def kinds_of_journal() -> list[str]:
    """The kinds of all facts in the journal, in order."""
    return [fact["kind"] for fact in journal()]


def journal() -> list[dict[str, Any]]:
    """All facts in the journal, in order, as they were written."""
    return [json.loads(body) for body in Fact.objects.order_by("seq").values_list("body", flat=True)]
