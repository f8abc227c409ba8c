"""Results: registered when they are granted, delivered to the applicant, revoked when they hold no longer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from zemstvo.capabilities.cases import facts, letters
from zemstvo.capabilities.cases.matter import Matter, record, take
from zemstvo.capabilities.cases.models import ResultEntry
from zemstvo.capabilities.cases.refusals import CaseIsUndecided, ResultIsDelivered, ResultNotHeld
from zemstvo.capabilities.documents import queries as documents
from zemstvo.capabilities.documents.commands import deliver_document
from zemstvo.capabilities.documents.facts import DeliveryForm
from zemstvo.capabilities.services.package import State
from zemstvo.ground.journal.acts import Act, HousePowers, command
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people import vault

VALUES = "case result"
"""The purpose under which the values of a result are sealed."""

ELECTRONIC = (Channel.PORTAL, Channel.APP, Channel.API, Channel.PROACTIVE)
"""Channels whose applicants get the result where they applied, the moment it is decided."""


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
    _deliver(matter, matter.act, _number_of_decision(matter), DeliveryForm.PAPER)


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


def register_result(matter: Matter, target: State, decision: Mapping[str, Any], document: str | None) -> None:
    """Enter what a case grants into the register that the package names; nothing where it grants nothing."""
    package, case = matter.package, matter.case
    if package.result is None or target.final != "granted":
        return
    known = letters.circumstances(matter, decision, is_decided=True)
    calculated = package.calculate(letters.answers_of(case), known)
    until = calculated.get(package.result.valid_until) or None
    entry = ResultEntry.objects.create(
        id=uuid.uuid4(),
        register=package.result.register,
        case=case,
        holder=case.applicant,
        authority=case.authority,
        territory=case.territory,
        document=document or "",
        values=vault.seal(
            str(case.applicant), {name: calculated[name] for name in package.result.values}, purpose=VALUES
        ),
        valid_from=matter.act.today,
        valid_until=date.fromisoformat(until) if until else None,
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


def deliver_electronically(matter: Matter, document: str | None) -> None:
    """Where the application came electronically, the decision reaches the applicant there, in this very
    act.
    """
    channel = Channel(matter.case.channel)
    if channel in ELECTRONIC:
        delivering = replace(matter.act, channel=channel, entry=Entry.NONE)
        _deliver(matter, delivering, document, DeliveryForm.ELECTRONIC)


def _deliver(matter: Matter, act: Act, document: str | None, form: DeliveryForm) -> None:
    number = matter.case.number
    house = replace(act, powers=HousePowers())
    for card in documents.documents_of(house, number):
        if card.number == document and card.state == "signed" and card.delivered_at is None:
            deliver_document(house, card.id, form=form)
    matter.record(facts.ResultDelivered(case=number, document=document), act=act)


def _number_of_decision(matter: Matter) -> str | None:
    decided = [entry for entry in matter.history if entry.kind == facts.CaseDecided.kind]
    found: str | None = decided[-1].payload["document"] if decided else None
    return found


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound from None
