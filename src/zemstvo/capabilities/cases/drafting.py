"""A draft in the hands of a command: its row, its package, its answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from zemstvo.capabilities.cases.applicant import applicant_as_asked, identity_of
from zemstvo.capabilities.cases.matter import package_of
from zemstvo.capabilities.cases.models import Draft
from zemstvo.capabilities.cases.placing import responsible
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import DraftIsSubmitted
from zemstvo.capabilities.services.package import Circumstances, Package
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Fact
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people import vault
from zemstvo.ground.people.identity import AnyIdentity, from_json

DAYS = 30
"""How long a draft is kept after it was last saved."""


@dataclass
class Drafting:
    """A draft with what its commands need."""

    act: Act
    row: Draft

    @classmethod
    def take(cls, act: Act, draft: str, version: int | None) -> Drafting:
        """Lock a draft.

        Refuses with NotFound, NoMandate, DraftIsSubmitted, and Stale where the form is older.
        """
        found = cls(act, draft_row(draft, lock=True))
        found._demand()
        if version is not None and version != found.row.row_version:
            raise Stale
        return found

    @classmethod
    def read(cls, act: Act, draft: str) -> Drafting:
        """A draft, unlocked. Refuses as `take`."""
        found = cls(act, draft_row(draft))
        found._demand()
        return found

    @cached_property
    def package(self) -> Package:
        """The package at the version under which the draft was opened."""
        return package_of(self.row)

    @property
    def applicant(self) -> AnyIdentity | None:
        """Who was named as the applicant of a draft without an account. Raises Erased."""
        return named_applicant(self.row)

    @property
    def answers(self) -> dict[str, Any]:
        """The answers so far. Raises Erased."""
        found: dict[str, Any] = vault.open_sealed(
            str(self.row.owner), bytes(self.row.answers), purpose=Purpose.DRAFT_ANSWERS
        )
        return found

    def keep(self, answers: Mapping[str, Any], *, page: str = "") -> None:
        """Save the answers under the next row version, and keep the draft for its full time again."""
        row = self.row
        row.answers = vault.seal(str(row.owner), dict(answers), purpose=Purpose.DRAFT_ANSWERS)
        if page:
            row.page = page
            row.pages_done = [*(one for one in row.pages_done if one != page), page]
        row.saved_at = self.act.at
        row.expires_on = self.act.today + timedelta(days=DAYS)
        row.row_version += 1
        row.save()

    def record(self, fact: Fact) -> None:
        """Leave a fact at the place and the service of the draft."""
        self.act.record(
            fact,
            territory=self.row.territory,
            service=self.row.service,
            service_version=self.row.service_version,
        )

    def _demand(self) -> None:
        demand_own(self.act, self.row)
        if self.row.submitted_as:
            raise DraftIsSubmitted(number=self.row.submitted_as)


def draft_row(draft: str, *, lock: bool = False) -> Draft:
    """The row of a draft. Refuses with NotFound."""
    rows = Draft.objects.select_for_update() if lock else Draft.objects.all()
    try:
        found = rows.filter(pk=uuid.UUID(draft)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound
    return found


def demand_own(act: Act, row: Draft) -> None:
    """Refuse with NoMandate unless it is one's own draft, its code is held, or one opened it at the counter
    of the authority that answers for its place. What an official began privately is none of the counter's.
    """
    if is_own(act, row):
        return
    if not (act.mandate and row.is_anonymous and row.opened_by == act.actor):
        raise NoMandate(right="draft.own", territory=row.territory)
    authority = responsible(package_of(row), row.territory)
    act.must("case.file", row.territory, authority=authority.code)


def is_own(act: Act, row: Draft) -> bool:
    """Whether one may fill in a draft: one's own, by its code, or that of somebody whom one represents. Who
    may act for somebody but not read (a social worker) opens only what he or she began.
    """
    if not act.may("draft.own", of=of_draft(row)):
        return False
    began = row.is_anonymous or act.actor in (str(row.owner), row.opened_by)
    return began or act.may("case.own.read", of=of_draft(row))


def of_draft(row: Draft) -> tuple[str, ...]:
    """Whose a draft is, as powers are asked: who holds the code of an anonymous one, else the owner."""
    if row.is_anonymous:
        return (str(row.id),)
    return (str(row.owner), f"service:{row.service}")


def circumstances(act: Act, identity: AnyIdentity | None = None) -> Circumstances:
    """What is known while a draft is filled in: the day, the channel, and who applies where that is known."""
    return Circumstances(
        today=act.today,
        filed_on=act.today,
        channel=act.channel.value,
        applicant=applicant_as_asked(identity) if identity else {},
    )


def circumstances_of(act: Act, row: Draft) -> Circumstances:
    """What is known while this draft is filled in; without an account who applies is known once it was
    said.
    """
    return circumstances(act, named_applicant(row) if row.is_anonymous else identity_of(act, str(row.owner)))


def named_applicant(row: Draft) -> AnyIdentity | None:
    """Who was named as the applicant of a draft, None where nobody was. Raises Erased."""
    if not row.applicant:
        return None
    named = vault.open_sealed(str(row.owner), bytes(row.applicant), purpose=Purpose.DRAFT_APPLICANT)
    return from_json(named)


def next_page(package: Package, page: str, answers: Mapping[str, Any], known: Circumstances) -> str:
    """The id of the page that comes after this one (the first for the empty text); empty: check the
    answers.
    """
    shown = [one.id for one in package.shown_pages(answers, known)]
    order = [one.id for one in package.pages]
    place = order.index(page) if page in order else -1
    return next((one for one in shown if order.index(one) > place), "")
