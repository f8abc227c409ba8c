"""What applicants see: their cases, where each stands, what is wanted of them and until when by law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from zemstvo.capabilities.cases import letters
from zemstvo.capabilities.cases.attempts import allow_attempt, count_failure
from zemstvo.capabilities.cases.matter import Matter, Packages, at_place, last_day_to_answer, whose
from zemstvo.capabilities.cases.models import Case, EvidenceState
from zemstvo.capabilities.cases.queries.parts import (
    AnsweredPage,
    FileRow,
    MessageRow,
    answered_pages,
    file_rows,
    message_rows,
)
from zemstvo.capabilities.cases.queries.telling import ClockView, HistoryLine, clock_view, history_lines
from zemstvo.capabilities.cases.refusals import CodeUnknown
from zemstvo.capabilities.cases.rules.clock import Reading
from zemstvo.capabilities.cases.rules.codes import LENGTH, code_hash, tidy_code
from zemstvo.capabilities.cases.rules.numbers import is_case_number, tidy_number
from zemstvo.capabilities.documents import queries as documents
from zemstvo.capabilities.services.package import Package
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.queries import LookRow
from zemstvo.ground.territory import queries as territories

MOST = 200
"""How many of a person's cases are listed, the newest first."""


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One of the person's cases in a list. `wants` says that something is wanted of the applicant.

    `due_on` `is_expected` as long as the term of the answer has not started; then it is the legal day.
    """

    number: str
    service: str
    service_title: str
    authority_name: str
    status: str
    stage: str
    outcome: str
    filed_at: datetime
    due_on: date | None
    is_expected: bool
    wants: bool
    answer_by: date | None
    applicant: str


@dataclass(frozen=True, slots=True)
class TrackStep:
    """A step of the status tracker: done with its day, the present one, or still to come."""

    title: str
    on: date | None
    is_done: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that is wanted of the applicant: a sentence, what to do about it, the field it is about."""

    sentence: str
    advice: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStory:
    """A case as its applicant sees it. `may`: supplement, withdraw, message."""

    number: str
    version: int
    service: str
    service_version: int
    service_title: str
    territory: str
    authority: str
    authority_name: str
    phone: str
    official: str
    applicant: str
    representative: str
    language: str
    channel: str
    status: str
    state: str
    stage: str
    outcome: str
    is_open: bool
    filed_at: datetime
    steps: tuple[TrackStep, ...]
    clock: ClockView
    wanted: tuple[Wanted, ...]
    answer_by: date | None
    may: frozenset[str]
    pages: tuple[AnsweredPage, ...]
    files: tuple[FileRow, ...]
    messages: tuple[MessageRow, ...]
    history: tuple[HistoryLine, ...]
    documents: tuple[documents.Card, ...]
    appeal: str


def own_cases(act: Act) -> list[OwnCase]:
    """The cases of the person and of those for whom the person acts, the newest first, at most 200.

    Three statements; the packages are in memory. Refuses a stranger with NoMandate.
    """
    act.must("case.own.read", of=[act.actor])
    persons = [act.actor, *(one.pseudonym for one in people.principals(act) if one.may_read)]
    rows = (
        Case.objects.filter(applicant__in=persons).defer("answers", "decision").order_by("-filed_at", "-id")
    )
    packages = Packages()
    own = [case for case in rows[:MOST] if act.may("case.own.read", of=whose(case))]
    names = {code: territories.authority(code).name for code in {case.authority for case in own}}
    return [_own_case(case, packages.of(case), names[case.authority]) for case in own]


def own_case(act: Act, number: str) -> CaseStory:
    """A case as its applicant sees it. Some twelve statements.

    NotFound for whoever may not know that it exists. Raises people.vault.Erased.
    """
    return _story(act, _readable(act, number))


def tracked_case(
    code: str, *, at: datetime, asker: str, channel: Channel = Channel.PORTAL
) -> tuple[Act, CaseStory]:
    """The case of a tracking code, and the act of its holder, with which the holder may answer.

    `asker` says where the request came from; attempts are limited by it. Refuses with CodeUnknown (a wrong
    guess is counted) and TooManyAttempts.
    """
    act, case = act_of_tracking_code(code, at=at, asker=asker, channel=channel)
    return act, _story(act, case)


def act_of_tracking_code(
    code: str, *, at: datetime, asker: str, channel: Channel = Channel.PORTAL
) -> tuple[Act, Case]:
    """The act of whoever holds a tracking code, and the case. Two statements, three for a wrong code."""
    allow_attempt(asker, at)
    tidy = tidy_code(code)
    case = Case.objects.filter(tracking_hash=code_hash(tidy)).first() if tidy else None
    if case is None:
        count_failure(asker, at)
        raise CodeUnknown(length=LENGTH)
    act = people.act_of_code(case.number, at, channel=channel)
    return at_place(act, case.territory, case.authority), case


def who_looked(act: Act, number: str) -> list[LookRow]:
    """Who looked at the applicant's data because of this case, when and why. Refuses as `own_case`."""
    case = _readable(act, number)
    return [look for look in people.looks_at(act, str(case.applicant)) if look.about in ("", case.number)]


def _readable(act: Act, number: str) -> Case:
    tidy = tidy_number(number)
    case = Case.objects.filter(number=tidy).first() if is_case_number(tidy) else None
    if case is None or not act.may("case.own.read", of=whose(case)):
        raise NotFound
    return case


def _own_case(case: Case, package: Package, authority_name: str) -> OwnCase:
    state = package.state(case.state)
    wants = case.is_open and state.waits_for == "applicant"
    return OwnCase(
        number=case.number,
        service=case.service,
        service_title=package.text(package.title),
        authority_name=authority_name,
        status=package.text(state.status),
        stage=case.stage,
        outcome=case.outcome,
        filed_at=case.filed_at,
        due_on=case.due_on,
        is_expected=case.is_expected,
        wants=wants,
        answer_by=last_day_to_answer(case) if wants else None,
        applicant=str(case.applicant),
    )


def _story(act: Act, case: Case) -> CaseStory:
    matter = Matter(at_place(act, case.territory, case.authority), case)
    package = matter.package
    authority = territories.authority(case.authority)
    messages = message_rows(case)
    read = matter.reading()
    answers = letters.answers_of(case)
    known = letters.circumstances(matter, letters.decision_of(case))
    appeal = package.legal.appeal_text
    return CaseStory(
        number=case.number,
        version=case.row_version,
        service=case.service,
        service_version=case.service_version,
        service_title=package.text(package.title),
        territory=case.territory,
        authority=case.authority,
        authority_name=authority.name,
        phone=next((office.phone for office in authority.offices if office.phone), ""),
        official=matter.official_name,
        applicant=str(case.applicant),
        representative=str(case.representative or ""),
        language=case.language,
        channel=case.channel,
        status=package.text(matter.state.status),
        state=case.state,
        stage=case.stage,
        outcome=case.outcome,
        is_open=case.is_open,
        filed_at=case.filed_at,
        steps=_steps(case, read),
        clock=clock_view(read, package, case.channel, matter.calendar, matter.act.today),
        wanted=wanted_of(matter),
        answer_by=matter.answer_by if matter.state.waits_for == "applicant" else None,
        may=_may(matter),
        pages=answered_pages(package, answers, known),
        files=file_rows(case),
        messages=messages,
        history=tuple(
            line
            for line in history_lines(package, matter.history, str(case.applicant), matter.official_names)
            if line.kind not in INNER
        ),
        documents=tuple(card for card in documents.documents_of(matter.act, case.number) if card.signed_at),
        appeal=package.text(appeal) if appeal and case.decided_on else "",
    )


INNER = frozenset({"case.assigned", "letter.edited", "case.decision_prepared", "case.moved"})
"""Facts of the authority's inner work, which the applicant's history leaves out (they may ask for them)."""


def _steps(case: Case, read: Reading) -> tuple[TrackStep, ...]:
    """Received, registered, considered, decided: with days where they are done.

    The current step is the one in which the case is, not the one that it waits for.
    """
    ended_on, register_by = read.ended_on, read.register_by
    is_begun = case.registered_on is not None or (case.started_on is not None and register_by is None)
    begun = [day for day in (case.started_on, case.registered_on) if day] if is_begun else []
    considered_on = max(begun) if case.started_on and begun else None
    end = {"withdrawn": _("Withdrawn"), "closed": _("Closed")}.get(case.stage, _("Decision"))
    steps = [
        (_("Received"), case.filed_on, True),
        (_("Registered"), case.registered_on, case.registered_on is not None),
        (_("Under consideration"), considered_on, considered_on is not None or ended_on is not None),
        (end, ended_on, ended_on is not None),
    ]
    current = 2 if is_begun else 0
    if ended_on is not None:
        steps = [step for step in steps if step[1] is not None]
        current = len(steps) - 1
    return tuple(
        TrackStep(title, on, is_done, place == current) for place, (title, on, is_done) in enumerate(steps)
    )


def wanted_of(matter: Matter) -> tuple[Wanted, ...]:
    """What is wanted of the applicant now: the reasons of the return, papers that no authority sent."""
    if not matter.case.is_open:
        return ()
    package = matter.package
    found = []
    if matter.state.waits_for == "applicant":
        returned = [entry for entry in matter.history if entry.kind == "case.returned"]
        for code in returned[-1].payload["reasons"] if returned else ():
            reason = package.reasons.get(code)
            if reason is not None:
                advice = package.text(reason.advice) if reason.advice else ""
                found.append(Wanted(package.text(reason.text), advice, reason.field))
    overdue = matter.case.evidence.filter(state=EvidenceState.OVERDUE, fallback="applicant")
    for request in overdue.order_by("requested_at"):
        title = package.text(package.evidence[request.evidence].title)
        sentence = _("No answer came from the other authority: %(title)s.") % {"title": title}
        found.append(Wanted(sentence, _("You may bring it yourself; the case does not wait for it."), ""))
    return tuple(found)


def _may(matter: Matter) -> frozenset[str]:
    case = matter.case
    allowed = set()
    if matter.act.may("case.own.message", of=matter.of):
        allowed.add("message")
    if case.is_open and not case.decided_on and matter.act.may("case.own.withdraw", of=matter.of):
        allowed.add("withdraw")
    if (
        case.is_open
        and matter.supplement_action() is not None
        and matter.act.may("case.own.supplement", of=matter.of)
    ):
        allowed.add("supplement")
    return frozenset(allowed)
