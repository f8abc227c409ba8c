"""The case as its official sees it: answers, evidence, history, the clock, and what may be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from zemstvo.capabilities.cases import letters
from zemstvo.capabilities.cases.matter import Matter
from zemstvo.capabilities.cases.models import EvidenceRequest
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.queries.parts import (
    AnsweredPage,
    FileRow,
    MessageRow,
    answered_pages,
    file_rows,
    message_rows,
)
from zemstvo.capabilities.cases.queries.reading import readable
from zemstvo.capabilities.cases.queries.telling import ClockView, HistoryLine, clock_view, history_lines
from zemstvo.capabilities.cases.rules.workflow import effect_of, marks_of, right_for
from zemstvo.capabilities.documents import queries as documents
from zemstvo.capabilities.services.package import Field, Package
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import vault
from zemstvo.ground.people.looks import Look
from zemstvo.ground.statements import written_once


@dataclass(frozen=True, slots=True)
class OfferedAction:
    """An action that this official may take now, with what it asks for."""

    id: str
    label: str
    by: str
    to: str
    effect: str
    form: str
    form_title: str
    fields: tuple[Field, ...]
    reason: str
    reasons: tuple[tuple[str, str], ...]
    document: str
    needs_second_person: bool


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A piece of evidence of the package and what became of asking for it; `state` empty: not asked."""

    id: str
    evidence: str
    title: str
    holder: str
    state: str
    requested_at: datetime | None
    due_on: date | None
    days_left: int | None
    answered_at: datetime | None
    answer: str
    file: str
    fallback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCard:
    """The case as its official sees it. `may` are the rights over it that this official holds;
    `values` are the calculated values by name, for forms that begin with them.
    """

    number: str
    version: int
    service: str
    service_version: int
    service_title: str
    territory: str
    authority: str
    state: str
    state_label: str
    stage: str
    outcome: str
    is_open: bool
    channel: str
    entry: str
    intermediary: str
    identity: str
    language: str
    filed_at: datetime
    applicant: str
    applicant_name: str
    applicant_details: dict[str, Any]
    representative: str
    representative_name: str
    assigned_to: str
    assigned_name: str
    pages: tuple[AnsweredPage, ...]
    calculated: tuple[tuple[str, str, Any], ...]
    values: Mapping[str, Any]
    not_eligible_for: tuple[tuple[str, str], ...]
    files: tuple[FileRow, ...]
    evidence: tuple[EvidenceRow, ...]
    messages: tuple[MessageRow, ...]
    history: tuple[HistoryLine, ...]
    clock: ClockView
    actions: tuple[OfferedAction, ...]
    may: frozenset[str]
    documents: tuple[documents.Card, ...]
    is_erased: bool


RIGHTS = (
    "case.accept",
    "case.return",
    "case.suspend",
    "case.extend",
    "case.decide",
    "case.sign",
    "case.message",
    "case.assign",
    "case.file",
    "case.evidence",
    "document.deliver",
)
"""The rights over a case that decide what its page offers."""


def case_card(act: Act, number: str, look: Look) -> CaseCard:
    """A case with all that its official may see and do. Some fifteen statements.

    Refuses with NotFound, NoMandate, and LookNotRecorded unless the look is at this applicant. Where the
    person was erased, the card says so and shows what the journal knows.
    """
    matter = readable(act, number)
    case, package = matter.case, matter.package
    look.demand(act, [str(case.applicant)])
    personal = _personal(matter)
    may = frozenset(
        right for right in RIGHTS if matter.act.may(right, case.territory, authority=case.authority)
    )
    return CaseCard(
        number=case.number,
        version=case.row_version,
        service=case.service,
        service_version=case.service_version,
        service_title=package.text(package.title),
        territory=case.territory,
        authority=case.authority,
        state=case.state,
        state_label=package.text(matter.state.label),
        stage=case.stage,
        outcome=case.outcome,
        is_open=case.is_open,
        channel=case.channel,
        entry=case.entry,
        intermediary=case.intermediary,
        identity=case.identity,
        language=case.language,
        filed_at=case.filed_at,
        applicant=str(case.applicant),
        representative=str(case.representative or ""),
        assigned_to=str(case.assigned_to or ""),
        assigned_name=matter.official_name,
        history=tuple(history_lines(package, matter.history, str(case.applicant), matter.official_names)),
        clock=clock_view(matter.reading(), package, case.channel, matter.calendar, matter.act.today),
        actions=_actions(matter, may) if case.is_open and not personal["is_erased"] else (),
        may=may if case.is_open else may & {"case.message", "document.deliver", "case.sign"},
        documents=tuple(documents.documents_of(matter.act, case.number)),
        **personal,
    )


def applicant_of(act: Act, number: str) -> str:
    """Whose case it is, so that the look can be recorded before anything personal is read.

    One statement and those of the right.
    """
    return str(readable(act, number).case.applicant)


def _personal(matter: Matter) -> dict[str, Any]:
    """What of the card is personal; of an erased person nothing but that."""
    case, package = matter.case, matter.package
    try:
        answers = letters.answers_of(case)
        known = letters.circumstances(matter, letters.decision_of(case))
        values = package.calculate(answers, known)
        return {
            "applicant_name": known.applicant["name"],
            "applicant_details": dict(known.applicant),
            "representative_name": matter.representative_name,
            "pages": answered_pages(package, answers, known),
            "calculated": _calculated(package, values),
            "values": values,
            "not_eligible_for": _not_eligible(package, package.eligibility(answers, known).reasons),
            "files": file_rows(case),
            "evidence": _evidence(matter),
            "messages": message_rows(case),
            "is_erased": False,
        }
    except vault.Erased:
        return {
            "applicant_name": "",
            "applicant_details": {},
            "representative_name": "",
            "pages": (),
            "calculated": (),
            "values": {},
            "not_eligible_for": (),
            "files": (),
            "evidence": (),
            "messages": (),
            "is_erased": True,
        }


def _calculated(package: Package, values: dict[str, Any]) -> tuple[tuple[str, str, Any], ...]:
    """Calculated values as label, type and value."""
    return tuple(
        (package.text(one.label), one.type, values[one.id])
        for one in package.calculations
        if one.id in values
    )


def _not_eligible(package: Package, reasons: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, package.text(package.reasons[code].text)) for code in reasons)


def _evidence(matter: Matter) -> tuple[EvidenceRow, ...]:
    """All evidence of the package, what was asked for first."""
    package, case = matter.package, matter.case
    rows = []
    asked = set()
    for request in _requests_of(case.pk):
        asked.add(request.evidence)
        rows.append(_evidence_row(matter, request.evidence, request))
    rows += [_evidence_row(matter, id_, None) for id_ in package.evidence if id_ not in asked]
    return tuple(rows)


@written_once
def _requests_of(case: int) -> QuerySet[EvidenceRequest]:
    return EvidenceRequest.objects.filter(case_id=case).order_by("requested_at")


def _evidence_row(matter: Matter, evidence: str, request: EvidenceRequest | None) -> EvidenceRow:
    wanted = matter.package.evidence[evidence]
    answer = ""
    if request is not None and request.answer:
        answer = vault.open_sealed(
            str(matter.case.applicant), bytes(request.answer), purpose=Purpose.EVIDENCE
        )
    return EvidenceRow(
        id=str(request.id) if request else "",
        evidence=evidence,
        title=matter.package.text(wanted.title),
        holder=matter.package.text(wanted.holder),
        state=request.state if request else "",
        requested_at=request.requested_at if request else None,
        due_on=request.due_on if request else None,
        days_left=(request.due_on - matter.act.today).days if request else None,
        answered_at=request.answered_at if request else None,
        answer=answer,
        file=str(request.file_id or "") if request else "",
        fallback=wanted.fallback,
    )


def _actions(matter: Matter, may: frozenset[str]) -> tuple[OfferedAction, ...]:
    """The actions of the state that this official may take now."""
    package, case = matter.package, matter.case
    found = []
    for action in matter.state.actions:
        if action.by == "applicant" or not letters.is_offered(matter, action):
            continue
        marks = marks_of(package, matter.state, action)
        effect = effect_of(package, action, marks, is_decided=case.decided_on is not None)
        if right_for(action, effect) not in may:
            continue
        form = package.forms.get(action.form)
        found.append(
            OfferedAction(
                id=action.id,
                label=package.text(action.label),
                by=action.by,
                to=package.text(package.state(action.to).label),
                effect=effect.value,
                form=action.form,
                form_title=package.text(form.title) if form else "",
                fields=form.fields if form else (),
                reason=action.reason,
                reasons=tuple((code, package.text(package.reasons[code].text)) for code in action.reasons),
                document=action.document,
                needs_second_person=_is_own_work(matter, action.not_same_as),
            )
        )
    return tuple(found)


def _is_own_work(matter: Matter, action: str) -> bool:
    doers = [entry.actor for entry in matter.history if action and entry.payload.get("action") == action]
    return bool(doers) and doers[-1] == matter.act.actor
