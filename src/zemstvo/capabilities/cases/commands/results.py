"""Results: registered when they are granted, delivered to the applicant, revoked when they hold no longer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from zemstvo.capabilities.cases import facts, letters
from zemstvo.capabilities.cases.matter import Matter, record, take
from zemstvo.capabilities.cases.models import ResultEntry
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import CaseIsUndecided, ResultIsDelivered, ResultNotHeld
from zemstvo.capabilities.documents import queries as documents
from zemstvo.capabilities.documents.commands import Issued, deliver_document
from zemstvo.capabilities.documents.facts import DeliveryForm
from zemstvo.ground.journal.acts import Act, HousePowers, command
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import vault

ELECTRONIC = (Channel.PORTAL, Channel.APP, Channel.API, Channel.PROACTIVE)
"""Channels whose applicants get the result where they applied, the moment it is decided."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a case grants: the register, the values that stand in it, and until when it holds (exclusive)."""

    register: str
    values: Mapping[str, Any]
    valid_until: date | None


@command
def deliver_result(act: Act, number: str) -> None:
    """Record that the decision was handed over: on paper at the counter or by post, as the act's channel
    says.

    Refuses with CaseIsUndecided, ResultIsDelivered.
    """
    matter = take(act, number)
    matter.must("document.deliver")
    if matter.case.decided_on is None:
        raise CaseIsUndecided(number=number)
    if any(entry.kind == facts.ResultDelivered.kind for entry in matter.history):
        raise ResultIsDelivered(number=number)
    document = _number_of_decision(matter)
    for card in documents.documents_of(matter.act, number):
        if card.number == document and card.state == "signed" and card.delivered_at is None:
            deliver_document(matter.act, card.id, form=DeliveryForm.PAPER)
    matter.record(facts.ResultDelivered(case=number, document=document))


@command
def revoke_result(act: Act, result: str, *, reason: str) -> None:
    """Say that a result holds no longer from today. `reason` is a code of the package.

    Refuses with ResultNotHeld where it was revoked before.
    """
    entry = ResultEntry.objects.select_for_update().filter(pk=_uuid(result)).select_related("case").first()
    if entry is None:
        raise NotFound
    act.must("case.sign", entry.territory, authority=entry.authority)
    if entry.revoked_on is not None:
        raise ResultNotHeld

    entry.revoked_on = act.today
    entry.save(update_fields=["revoked_on"])
    record(
        act,
        entry.case,
        facts.ResultRevoked(case=entry.case.number, result=result, reason=reason, revoked_on=act.today),
    )


def grant_of(matter: Matter, decision: Mapping[str, Any]) -> Grant | None:
    """What a decided case grants; None where it grants nothing that stands in a register."""
    package = matter.package
    if package.result is None or matter.case.outcome != "granted":
        return None
    known = letters.circumstances(matter, decision, is_decided=True)
    calculated = package.calculate(letters.answers_of(matter.case), known)
    until = calculated.get(package.result.valid_until) or None
    return Grant(
        register=package.result.register,
        values={name: calculated[name] for name in package.result.values},
        valid_until=date.fromisoformat(until) if until else None,
    )


def register_result(matter: Matter, granted: Grant, document: Issued | None) -> None:
    """Enter what a case grants into its register, from today."""
    case = matter.case
    entry = ResultEntry.objects.create(
        id=uuid7(),
        register=granted.register,
        case=case,
        holder=case.applicant,
        authority=case.authority,
        territory=case.territory,
        document=document.number if document else "",
        values=vault.seal(str(case.applicant), granted.values, purpose=Purpose.RESULT),
        valid_from=matter.act.today,
        valid_until=granted.valid_until,
    )
    matter.record(
        facts.ResultRegistered(
            case=case.number,
            result=str(entry.id),
            holder=str(case.applicant),
            register=entry.register,
            valid_from=entry.valid_from,
            valid_until=entry.valid_until,
        )
    )


def deliver_electronically(matter: Matter, document: Issued | None) -> None:
    """Where the application came electronically, the decision reaches the applicant there, in this very
    act.
    """
    if Channel(matter.case.channel) not in ELECTRONIC:
        return
    if document is not None:
        hand_over_electronically(matter, document)
    number = document.number if document else None
    matter.record(facts.ResultDelivered(case=matter.case.number, document=number), act=_delivering(matter))


def hand_over_electronically(matter: Matter, document: Issued) -> None:
    """A signed document reaches the applicant where the application came electronically, else not yet."""
    if Channel(matter.case.channel) in ELECTRONIC:
        house = replace(_delivering(matter), powers=HousePowers())
        deliver_document(house, document.id, form=DeliveryForm.ELECTRONIC)


def _delivering(matter: Matter) -> Act:
    """The act in the channel of the applicant: a delivery is an interaction and counts there."""
    return replace(matter.act, channel=Channel(matter.case.channel), entry=Entry.NONE)


def _number_of_decision(matter: Matter) -> str | None:
    decided = [entry for entry in matter.history if entry.kind == facts.CaseDecided.kind]
    found: str | None = decided[-1].payload["document"] if decided else None
    return found


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound from None
