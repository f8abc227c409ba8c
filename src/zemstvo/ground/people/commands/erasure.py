"""Duties to keep a person's data, and the erasure of a person."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.people import erasures, facts, models, search
from zemstvo.ground.people.commands.persons import person_row
from zemstvo.ground.people.finding import in_force
from zemstvo.ground.people.refusals import MatterIsOpen, MustBeKept, StillInOffice


@command
def keep_person(act: Act, person: str, *, about: str, basis: str, until_on: date | None = None) -> None:
    """Lay down a duty to keep a person's data for a matter, until a day (exclusive) or while it is open.

    Called by the capability that owns the duty, when a matter begins and again, with the day, when it ends. A
    new call for the same matter replaces the former one. `basis` is a code of the rule.
    """
    act.must("person.keep")
    models.DutyToKeep.objects.update_or_create(
        person_id=person, about=about, defaults={"basis": basis, "until_on": until_on}
    )
    act.record(facts.PersonKept(person=person, about=about, basis=basis, until_on=until_on))


@command
def erase_person(act: Act, person: str) -> date:
    """Destroy all that says who a pseudonym is; returns the day on which the last backup of the key ends.

    After the commit the person's key is destroyed: identity, answers, files and messages open no more, search
    finds nobody, accounts are gone. The journal keeps the pseudonym. What a killed process or a key
    store that is away leaves undone, `erasures.replay_erasures` finishes.

    Refuses with MatterIsOpen, MustBeKept, StillInOffice, Erased.
    """
    row = person_row(person)
    if not act.may("person.own.erase", of=(person,)):
        act.must("person.erase")
    _demand_no_duty(person, act.today)

    complete_on = act.today + timedelta(days=erasures.KEYS_BACKUP_DAYS)
    erasures.strip_person(row, act.at)
    models.Erasure.objects.create(person=person, ordered_at=act.at, complete_on=complete_on)
    search.forget_person(person)
    act.record(facts.PersonErased(person=person, complete_on=complete_on))
    transaction.on_commit(lambda: erasures.bury(person, act.today), robust=True)
    return complete_on


def _demand_no_duty(person: str, today: date) -> None:
    holds = models.DutyToKeep.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gt=today), person_id=person
    )
    duty = holds.order_by(F("until_on").desc(nulls_first=True)).first()
    if duty is not None and duty.until_on is None:
        raise MatterIsOpen(about=duty.about, basis=duty.basis)
    if duty is not None and duty.until_on is not None:
        raise MustBeKept(about=duty.about, basis=duty.basis, until=duty.until_on)
    office = models.Official.objects.filter(in_force(today), person_id=person).first()
    if office is not None:
        raise StillInOffice(authority=office.authority)
