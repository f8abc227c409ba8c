"""What follows a fact about a case: notices, the index of search, the duty to keep, the first assignment.

Effects in the database happen once, with the cursor of the reaction. Mail goes out through the task queue
under the id of its notice, so that a repeat is the same mail.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.commands.assigning import assign_first, loads
from zemstvo.capabilities.cases.letters import answers_of
from zemstvo.capabilities.cases.matter import package_of
from zemstvo.capabilities.cases.models import Case, Notice
from zemstvo.capabilities.cases.notices import WORDINGS, particulars_of
from zemstvo.capabilities.cases.refusals import OfficialNotHere
from zemstvo.capabilities.cases.rules.stems import stems
from zemstvo.capabilities.cases.rules.text import words_in
from zemstvo.capabilities.cases.tasks import mail_notice, recount_cases
from zemstvo.capabilities.services import queries as services
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.journal.reacting import message_id, reaction
from zemstvo.ground.people.commands import keep_person
from zemstvo.ground.people.powers import represents
from zemstvo.ground.people.search import index_words
from zemstvo.ground.people.vault import Erased
from zemstvo.ground.territory import queries as territories
from zemstvo.ground.territory.facts import CalendarImported, HolidayDeclared, HolidayRevoked
from zemstvo.ground.territory.rules import due_on

OPEN, RETENTION = "case.open", "case.retention"
"""The bases of the duty to keep: while a case is open, and as long as the package says afterwards."""


@reaction(
    "cases.notices",
    facts.CaseFiled,
    facts.CaseAccepted,
    facts.CaseReturned,
    facts.CaseSuspended,
    facts.CaseResumed,
    facts.CaseExtended,
    facts.CaseDecided,
    facts.CaseClosed,
    facts.CaseWithdrawn,
    facts.MessageSent,
    facts.QuestionSent,
    facts.EvidenceReleased,
    facts.ResultRevoked,
)
def notify(act: Act, fact: Mapping[str, Any]) -> None:
    """Tell the applicant, and whoever filed for the applicant and still may, in the portal and by mail."""
    number, kind = fact["payload"]["case"], fact["kind"]
    told = [
        Notice(
            id=uuid.UUID(message_id(fact["id"], f"cases.notice:{person}")),
            person=person,
            case_number=number,
            kind=kind,
            particulars=particulars_of(fact["payload"]),
            asks=WORDINGS[kind].asks,
            created_at=datetime.fromisoformat(fact["occurred_at"]),
        )
        for person in _concerned(act, fact)
    ]
    Notice.objects.bulk_create(told)
    if not _is_told_by_the_machine(fact):
        for notice in told:
            mail_notice.enqueue(str(notice.id))


@reaction("cases.search", facts.CaseFiled, facts.CaseSupplemented)
def make_findable(act: Act, fact: Mapping[str, Any]) -> None:
    """Make the answers of fields that the package marks `search: true` findable by their words."""
    if not services.package(fact["service"], fact["service_version"]).search_fields:
        return
    case = Case.objects.filter(number=fact["payload"]["case"]).first()
    if case is None:
        return
    try:
        answers = answers_of(case)
    except Erased:
        return
    fields = package_of(case).search_fields
    wanted = [word for name in fields for text in words_in(answers, name) for word in stems(text)]
    index_words(str(case.applicant), case.number, wanted)


@reaction("cases.duty", facts.CaseFiled, facts.CaseDecided, facts.CaseClosed, facts.CaseWithdrawn)
def keep_while_needed(act: Act, fact: Mapping[str, Any]) -> None:
    """Lay down how long the applicant's data must be kept: while the case is open, then its retention."""
    number = fact["payload"]["case"]
    if fact["kind"] == facts.CaseFiled.kind:
        for person in _sides(fact["payload"]["applicant"], fact["payload"]["representative"]):
            keep_person(act, person, about=number, basis=OPEN)
        return
    case = Case.objects.filter(number=number, is_open=False).first()
    if case is None:
        return
    for person in _sides(str(case.applicant), str(case.representative or "")):
        keep_person(act, person, about=number, basis=RETENTION, until_on=_kept_until(case))


@reaction("cases.first_assignment", facts.CaseFiled)
def hand_out(act: Act, fact: Mapping[str, Any]) -> None:
    """Give a new case to the official of its authority who has the fewest open ones; none where nobody is."""
    official = loads.least_busy(act, act.authority)
    if official:
        with suppress(OfficialNotHere):
            assign_first(act, fact["payload"]["case"], official)


@reaction("cases.recount", CalendarImported, HolidayDeclared, HolidayRevoked, from_now=True)
def recount_terms(act: Act, fact: Mapping[str, Any]) -> None:
    """Read the clocks of a territory anew once its calendar has changed: many cases, so a task does it."""
    recount_cases.enqueue(fact["payload"]["territory"])


def _concerned(act: Act, fact: Mapping[str, Any]) -> list[str]:
    """Who is told of a fact: the applicant, and the representative as long as the representation holds."""
    known = fact["payload"]
    if "applicant" in known:
        applicant, representative = known["applicant"], known["representative"]
    else:
        row = Case.objects.filter(number=known["case"]).values_list("applicant", "representative").first()
        applicant, representative = (str(one or "") for one in row) if row else ("", "")
    found = [applicant] if applicant else []
    of = (applicant, f"service:{fact['service']}")
    if representative and represents(representative, of, on=act.today, acting=False):
        found.append(representative)
    return found


def _is_told_by_the_machine(fact: Mapping[str, Any]) -> bool:
    """Whether the receipt went to a machine, which has its own way of telling the applicant."""
    return bool(fact["kind"] == facts.CaseFiled.kind and fact["channel"] == Channel.API)


def _sides(applicant: str, representative: str | None) -> list[str]:
    return [applicant, representative] if representative else [applicant]


def _kept_until(case: Case) -> date:
    """The first day after the retention of a case that has ended."""
    zone = ZoneInfo(territories.authority(case.authority).zone)
    closed_on = case.closed_at.astimezone(zone).date() if case.closed_at else case.filed_on
    ended_on = case.decided_on or closed_on
    calendar = territories.calendar(case.territory)  # years need none, and it does not reach that far
    last = due_on(ended_on, package_of(case).legal.retention, calendar, roll="none")
    return date.fromordinal(last.toordinal() + 1)
