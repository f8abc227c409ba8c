"""Questions to other authorities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases.facts.words import CaseNumber, RequestId
from zemstvo.ground.journal.facts import Code, Fact, Interaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequested(Fact):
    """An official asked another authority, instead of asking the person."""

    kind = "evidence.requested"
    sentence = _("Evidence was requested (%(evidence)s), due by %(due_on)s.")

    case: CaseNumber
    request: RequestId
    evidence: Code
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAnswered(Fact):
    """A request for evidence was answered: received, absent there, or brought by the applicant."""

    kind = "evidence.answered"
    sentence = _("The request for evidence was answered (%(evidence)s: %(outcome)s).")

    case: CaseNumber
    request: RequestId
    evidence: Code
    outcome: Code
    was_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceOverdue(Fact):
    """No answer came in time; the authority writes a letter and goes on."""

    kind = "evidence.overdue"
    sentence = _("No answer came in time (%(evidence)s, due by %(due_on)s).")

    case: CaseNumber
    request: RequestId
    evidence: Code
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReleased(Fact):
    """No answer came in time; the applicant may bring the paper, and is told so."""

    kind = "evidence.released"
    sentence = _("No answer came in time (%(evidence)s, due by %(due_on)s). The applicant may bring it.")
    interaction = Interaction.NOTICE

    case: CaseNumber
    request: RequestId
    evidence: Code
    due_on: date
