"""What follows a fact about a case: notices, the index of search, the duty to keep, the first assignment.

Effects in the database happen once, with the cursor of the reaction. Mail goes out through the task queue
under the id of its notice, so that a repeat is the same mail.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.commands.assigning import assign_case, deciders
from zemstvo.capabilities.cases.letters import answers_of
from zemstvo.capabilities.cases.matter import package_of
from zemstvo.capabilities.cases.models import Case, Notice
from zemstvo.capabilities.cases.notices import WORDINGS, particulars_of
from zemstvo.capabilities.cases.rules.stems import stems
from zemstvo.capabilities.cases.rules.text import words_in
from zemstvo.capabilities.cases.tasks import mail_notice, recount_cases
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.reacting import message_id, reaction
from zemstvo.ground.people.commands import keep_person
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
    """Tell the applicant, and whoever filed for the applicant, in the portal and by mail."""
    case = _case(fact)
    if case is None:
        return
    for person in {str(case.applicant), str(case.representative or case.applicant)}:
        notice, is_new = Notice.objects.get_or_create(
            id=uuid.UUID(message_id(fact["id"], f"cases.notice:{person}")),
            defaults={
                "person": person,
                "case_number": case.number,
                "kind": fact["kind"],
                "particulars": particulars_of(fact["payload"]),
                "asks": WORDINGS[fact["kind"]].asks,
                "created_at": datetime.fromisoformat(fact["occurred_at"]),
            },
        )
        if is_new:
            mail_notice.enqueue(str(notice.id))


@reaction("cases.search", facts.CaseFiled, facts.CaseSupplemented)
def make_findable(act: Act, fact: Mapping[str, Any]) -> None:
    """Make the answers of fields that the package marks `search: true` findable by their words."""
    case = _case(fact)
    if case is None:
        return
    package = package_of(case)
    if not package.search_fields:
        return
    try:
        answers = answers_of(case)
    except Erased:
        return
    wanted = [
        word for name in package.search_fields for text in words_in(answers, name) for word in stems(text)
    ]
    index_words(str(case.applicant), case.number, wanted)


@reaction("cases.duty", facts.CaseFiled, facts.CaseDecided, facts.CaseClosed, facts.CaseWithdrawn)
def keep_while_needed(act: Act, fact: Mapping[str, Any]) -> None:
    """Lay down how long the applicant's data must be kept: while the case is open, then its retention."""
    case = _case(fact)
    if case is None:
        return
    until = None if case.is_open else _kept_until(case)
    basis = OPEN if until is None else RETENTION
    for person in {str(case.applicant), str(case.representative or case.applicant)}:
        keep_person(act, person, about=case.number, basis=basis, until_on=until)


@reaction("cases.first_assignment", facts.CaseFiled)
def assign_first(act: Act, fact: Mapping[str, Any]) -> None:
    """Give a new case to the official of its authority who has the fewest open ones; none where nobody is."""
    case = _case(fact)
    if case is None or not case.is_open or case.assigned_to is not None:
        return
    officials = deciders(act, case.authority, present=True)
    if officials:
        assign_case(act, case.number, least_busy(officials, case.authority))


@reaction("cases.recount", CalendarImported, HolidayDeclared, HolidayRevoked, from_now=True)
def recount_terms(act: Act, fact: Mapping[str, Any]) -> None:
    """Read the clocks of a territory anew once its calendar has changed: many cases, so a task does it."""
    recount_cases.enqueue(fact["payload"]["territory"])


def least_busy(officials: list[str], authority: str) -> str:
    """Of these officials the one with the fewest open cases; of equals the first."""
    rows = Case.objects.filter(authority=authority, is_open=True, assigned_to__in=officials)
    load = dict.fromkeys(officials, 0)
    for official in rows.values_list("assigned_to", flat=True):
        load[str(official)] += 1
    return min(officials, key=lambda official: load[official])


def _case(fact: Mapping[str, Any]) -> Case | None:
    return Case.objects.filter(number=fact["payload"]["case"]).first()


def _kept_until(case: Case) -> date:
    """The first day after the retention of a case that has ended."""
    ended_on = case.decided_on or (case.closed_at.date() if case.closed_at else case.filed_on)
    calendar = territories.calendar(case.territory)  # years need none, and it does not reach that far
    last = due_on(ended_on, package_of(case).legal.retention, calendar, roll="none")
    return date.fromordinal(last.toordinal() + 1)
