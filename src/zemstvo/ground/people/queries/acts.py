"""Who acts: from an account, a token, a code or nobody to the Act with its powers."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import models
from zemstvo.ground.people.commands.tokens import hash_of_secret
from zemstvo.ground.people.finding import found
from zemstvo.ground.people.mandates import MandateRow, mandate_in_force, mandate_row, mandates_in_force
from zemstvo.ground.people.powers import (
    CodePowers,
    OfficialPowers,
    PersonPowers,
    TokenPowers,
    VisitorPowers,
)
from zemstvo.ground.people.refusals import UnknownToken
from zemstvo.ground.territory import queries as territories

VISITOR = "visitor"
"""The actor of acts at the portal by somebody without an account and without a code."""

TOKEN_SECONDS = 30.0
"""How long the door remembers what a token is for; whether it still works is asked in each transaction."""


class SignedIn(Protocol):
    """An account, as far as acts need it."""

    @property
    def person(self) -> object:
        """The pseudonym of the person."""
        ...


@dataclass(frozen=True, slots=True)
class MandateChoice:
    """A mandate under which a person may act on a day: an own one, or that of an absent colleague."""

    mandate: MandateRow
    is_deputy: bool
    on: date


def visitor_act(at: datetime, *, channel: Channel = Channel.PORTAL, zone: str = "UTC") -> Act:
    """The act of somebody of whom nothing is known. No query."""
    return Act(actor=VISITOR, at=at, powers=VisitorPowers(), channel=channel, entry=Entry.SELF, zone=zone)


def act_of_code(
    number: str, at: datetime, *, actor: str = VISITOR, channel: Channel = Channel.PORTAL, zone: str = "UTC"
) -> Act:
    """The act of whoever holds the code of a case or draft, which the capability compared. No query."""
    return Act(actor=actor, at=at, powers=CodePowers(number), channel=channel, entry=Entry.SELF, zone=zone)


def act_of_account(
    account: SignedIn,
    at: datetime,
    channel: Channel = Channel.PORTAL,
    mandate: str | None = None,
    *,
    behalf_of: str = "",
    zone: str = "UTC",
) -> Act:
    """The act of somebody signed in: as a private person, or as an official under one mandate.

    Under a mandate the place is the mandate's, the zone the one of its territory, the entry none (who typed
    what is said by the command that takes it in). Queries: none for a private person, two under a mandate.
    Refuses with NoMandate where the person may not act under this mandate now.
    """
    person = str(account.person)
    if not mandate:
        return Act(
            actor=person,
            at=at,
            powers=PersonPowers(person),
            behalf_of=behalf_of,
            channel=channel,
            entry=Entry.SELF,
            zone=zone,
        )
    row = mandate_row(found(models.Mandate.objects.select_related("official"), mandate))
    act = replace(_under(row, person, at, channel, zone), behalf_of=behalf_of)
    if mandate_in_force(mandate, person, act.today) is None:
        raise NoMandate(right="mandate", territory=act.territory)
    return act


def act_of_official(
    account: SignedIn,
    at: datetime,
    choice: MandateChoice,
    channel: Channel = Channel.NONE,
    *,
    zone: str = "UTC",
) -> Act:
    """The act of somebody signed in under a mandate that `mandates_of_account` found at this very instant.

    As `act_of_account`, but the mandate is not asked for again: no query, and one where the place of the
    mandate has another day than the one for which it was found. Refuses with NoMandate as there.
    """
    person = str(account.person)
    act = _under(choice.mandate, person, at, channel, zone)
    row = choice.mandate
    if act.today != choice.on and mandate_in_force(row.id, person, act.today) is None:
        raise NoMandate(right="mandate", territory=act.territory)
    return replace(act, powers=OfficialPowers.knowing(person, row, at))


def _under(mandate: MandateRow, person: str, at: datetime, channel: Channel, zone: str) -> Act:
    """An act under a mandate, at its place; `zone` where the place has none."""
    authority, territory, own_zone = _place(mandate.authority, mandate.territory)
    return Act(
        actor=person,
        at=at,
        powers=OfficialPowers(person, mandate.id),
        mandate=mandate.id,
        channel=channel,
        authority=authority,
        territory=territory,
        zone=own_zone or zone,
    )


def _place(authority: str, territory: str) -> tuple[str, str, str]:
    """Authority, territory and zone of an act there: those of the authority, else of the territory."""
    if authority:
        row = territories.authority(authority)
        return authority, territory or row.territory, row.zone
    return "", territory, territories.territory(territory).zone if territory else ""


def mandates_of_account(account: SignedIn, at: datetime, *, zone: str = "UTC") -> list[MandateChoice]:
    """The mandates under which somebody signed in may act today, own ones first. One query."""
    person = str(account.person)
    today = Act(actor=person, at=at, zone=zone).today
    rows = mandates_in_force(person, today)
    return [MandateChoice(row, row.person != person, today) for row in rows]


@dataclass(frozen=True, slots=True)
class _Machine:
    id: str
    authority: str
    territory: str
    intermediary: str
    zone: str
    expires_at: datetime | None


def act_of_token(secret: str, at: datetime, *, entry: Entry = Entry.SELF) -> Act:
    """The act of a machine with this token, in the channel `api`. Two queries, none within 30 seconds.

    Each right is asked of the table again by this very request. Refuses with UnknownToken.
    """
    machine = _machine(secret, at)
    return Act(
        actor=machine.id,
        at=at,
        powers=TokenPowers(machine.id),
        channel=Channel.API,
        entry=entry,
        intermediary=machine.intermediary,
        authority=machine.authority,
        territory=machine.territory,
        zone=machine.zone,
    )


_machines: dict[bytes, tuple[float, _Machine]] = {}
_machines_lock = threading.Lock()


def _machine(secret: str, at: datetime) -> _Machine:
    kept = hash_of_secret(secret)
    known = _machines.get(kept)
    if known is not None and known[0] > time.monotonic():
        return _living(known[1], at)
    row = models.ApiToken.objects.filter(hash=kept, revoked_at__isnull=True).first()
    if row is None:
        raise UnknownToken()
    authority, territory, zone = _place(row.authority, row.territory)
    machine = _Machine(str(row.pk), authority, territory, row.intermediary, zone or "UTC", row.expires_at)
    with _machines_lock:
        if len(_machines) > 1000:
            _machines.clear()
        _machines[kept] = (time.monotonic() + TOKEN_SECONDS, machine)
    return _living(machine, at)


def _living(machine: _Machine, at: datetime) -> _Machine:
    """The machine, where its token has not run out. Refuses with UnknownToken."""
    if machine.expires_at is not None and machine.expires_at <= at:
        raise UnknownToken()
    return machine
