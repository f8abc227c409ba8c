"""Asking other authorities instead of the person, each question with its own clock."""

from __future__ import annotations

import uuid

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.commands.supplementing import name_case_file
from zemstvo.capabilities.cases.files import TakenFile, take_in
from zemstvo.capabilities.cases.matter import Matter, take
from zemstvo.capabilities.cases.models import EvidenceRequest, EvidenceState
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import (
    EvidenceAwaited,
    EvidenceIsAnswered,
    EvidenceUnknown,
    MessageInvalid,
)
from zemstvo.capabilities.cases.rules.clock import last_day
from zemstvo.capabilities.cases.rules.text import tidy_words
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import vault

MOST = 20_000
"""Characters of an answer at most."""

OUTCOMES = (EvidenceState.RECEIVED, EvidenceState.ABSENT, EvidenceState.BROUGHT)
"""What can become of a request by somebody's doing."""


@command
def request_evidence(act: Act, number: str, evidence: str) -> str:
    """Ask another authority for a piece of evidence of the package; returns the request's id.

    At this stage an official sends the letter and enters the answer by hand; the clock of the request runs
    here. Refuses with EvidenceUnknown, EvidenceAwaited, CaseIsDecided, CaseIsClosed.
    """
    matter = take(act, number)
    matter.must("case.evidence")
    matter.demand_open()
    wanted = matter.package.evidence.get(evidence)
    if wanted is None:
        raise EvidenceUnknown(evidence=evidence[:60])
    awaited = EvidenceRequest.objects.filter(
        case=matter.case, evidence=evidence, state=EvidenceState.OPEN
    ).first()
    if awaited is not None:
        raise EvidenceAwaited(due_on=awaited.due_on)

    request = EvidenceRequest.objects.create(
        id=uuid7(),
        case=matter.case,
        evidence=evidence,
        fallback=wanted.fallback,
        requested_at=matter.act.at,
        due_on=last_day(matter.act.today, wanted.due, matter.calendar),
    )
    matter.record(
        facts.EvidenceRequested(
            case=number, request=str(request.id), evidence=evidence, due_on=request.due_on
        )
    )
    return str(request.id)


def answer_evidence(
    act: Act, request: str, *, outcome: str, words: str = "", file: tuple[str, bytes] | None = None
) -> None:
    """Enter what became of a request: `received`, `absent`, or `brought` by the applicant.

    `words` is what the other authority says, kept sealed; `file` the answer as a file, its name and its
    content, attached to the case with the answer or not at all. A late answer is still an answer. Not a
    command itself: the file is looked at and stored outside any transaction.

    Refuses with EvidenceIsAnswered, MessageInvalid, NotFound, NoMandate, and as `attach_to_case`.
    """
    taken = None
    if file is not None:
        matter = _request(act, request, lock=False)[1]
        matter.must("case.evidence")
        taken = take_in(str(matter.case.applicant), None, name=file[0], content=file[1])
    enter_answer(act, request, taken, outcome=outcome, words=words)


@command
def enter_answer(act: Act, request: str, file: TakenFile | None, *, outcome: str, words: str) -> None:
    """Store the answer to a request with its file. Called by `answer_evidence`."""
    row, matter = _request(act, request)
    matter.must("case.evidence")
    if row.state not in (EvidenceState.OPEN, EvidenceState.OVERDUE):
        raise EvidenceIsAnswered
    if outcome not in OUTCOMES:
        raise NotFound
    clean = tidy_words(words)
    if len(clean) > MOST:
        raise MessageInvalid(most=MOST)

    row.state = outcome
    row.answered_at = matter.act.at
    if clean:
        row.answer = vault.seal(str(matter.case.applicant), clean, purpose=Purpose.EVIDENCE)
    if file is not None:
        attached = name_case_file(act, matter.case.number, "", file)
        row.file = matter.case.files.get(pk=attached.id)
    row.save()
    matter.record(
        facts.EvidenceAnswered(
            case=matter.case.number,
            request=request,
            evidence=row.evidence,
            outcome=outcome,
            was_late=matter.act.today > row.due_on,
        )
    )


@command
def mark_evidence_overdue(act: Act, request: str) -> None:
    """Say that no answer came in time: where the package allows it, the applicant may bring the paper now.

    Done by the clock. Refuses with EvidenceIsAnswered, and with NotFound before its time.
    """
    row, matter = _request(act, request)
    matter.must("case.evidence")
    if row.state != EvidenceState.OPEN:
        raise EvidenceIsAnswered
    if matter.act.today <= row.due_on:
        raise NotFound

    row.state = EvidenceState.OVERDUE
    row.save(update_fields=["state"])
    fact = facts.EvidenceReleased if row.fallback == "applicant" else facts.EvidenceOverdue
    matter.record(fact(case=matter.case.number, request=request, evidence=row.evidence, due_on=row.due_on))


def _request(act: Act, request: str, *, lock: bool = True) -> tuple[EvidenceRequest, Matter]:
    """The request, and its case, locked unless said otherwise."""
    row = EvidenceRequest.objects.filter(pk=_uuid(request)).values_list("case__number", flat=True).first()
    if row is None:
        raise NotFound
    matter = take(act, row, lock=lock)
    return EvidenceRequest.objects.get(pk=request), matter


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NotFound from None
