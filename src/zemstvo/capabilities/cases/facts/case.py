"""The case itself: filed, moved by the actions of its package, decided, closed, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases.facts.words import (
    CaseNumber,
    DocumentNumber,
    DraftId,
    IdentityCheck,
    NewReason,
    Person,
)
from zemstvo.ground.journal.facts import Code, Fact, Interaction, PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFiled(Fact):
    """An application reached the authority. It is safe from this moment."""

    kind = "case.filed"
    sentence = _("The application was received. The answer is expected by %(due_on)s.")
    interaction = Interaction.APPLICATION

    case: CaseNumber
    applicant: Person
    representative: Person | None
    draft: DraftId | None
    state: Code
    filed_on: date
    register_by: date | None
    due_on: date | None
    identity: IdentityCheck
    consents: tuple[Code, ...]
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTaken(Fact):
    """What every action of a package leaves: which one, from where to where, and what it settles (`marks`).

    `marks` are the words of the package (registered, complete, decided), `taken_on` the legal day,
    `due_on` the day by which the answer is due from now on.
    """

    case: CaseNumber
    action: Code
    from_state: Code
    state: Code
    marks: tuple[Code, ...]
    taken_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseApplicantConfirmed(Fact):
    """An official made sure who the applicant is, which nobody had done before."""

    kind = "case.applicant_confirmed"
    sentence = _("The identity of the applicant was checked (%(identity)s).")

    case: CaseNumber
    identity: IdentityCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAccepted(ActionTaken):
    """An official registered the application for consideration."""

    kind = "case.accepted"
    sentence = _("The application was registered and accepted. The answer is expected by %(due_on)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMoved(ActionTaken):
    """The case went from one state to another by an action that settles nothing by itself."""

    kind = "case.moved"
    sentence = _("The case moved from “%(from_state)s” to “%(state)s” (%(action)s).")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReturned(ActionTaken):
    """An official handed the case back to the applicant for correction; the clock stands."""

    kind = "case.returned"
    sentence = _("The case was returned to the applicant for correction (%(reasons)s), until %(answer_by)s.")
    interaction = Interaction.NOTICE

    reasons: tuple[Code, ...]
    new_reason: NewReason | None
    answer_by: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecisionPrepared(ActionTaken):
    """An official prepared a decision, which somebody else may have to sign."""

    kind = "case.decision_prepared"
    sentence = _("A decision was prepared (%(action)s).")

    reasons: tuple[Code, ...]
    new_reason: NewReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided(ActionTaken):
    """The authority decided; the clock has stopped for good."""

    kind = "case.decided"
    sentence = _("The authority decided: %(outcome)s.")

    outcome: Code
    reasons: tuple[Code, ...]
    new_reason: NewReason | None
    document: DocumentNumber | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Fact):
    """The case ended without a decision: a limit ran out, or an official closed it."""

    kind = "case.closed"
    sentence = _("The case was closed without a decision (%(reason)s).")

    case: CaseNumber
    from_state: Code
    state: Code
    reason: Code
    closed_on: date
    by_clock: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn(Fact):
    """The applicant took the application back."""

    kind = "case.withdrawn"
    sentence = _("The applicant withdrew the application.")

    case: CaseNumber
    from_state: Code
    withdrawn_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAssigned(Fact):
    """The case was given to an official."""

    kind = "case.assigned"
    sentence = _("The case was assigned to an official.")

    case: CaseNumber
    official: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSupplemented(Fact):
    """The applicant corrected or completed the application; `fields` were changed."""

    kind = "case.supplemented"
    sentence = _("The applicant supplemented the application.")
    interaction = Interaction.SUPPLEMENT

    case: CaseNumber
    from_state: Code
    state: Code
    fields: tuple[Code, ...]
    files: int
    supplemented_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFileAttached(Fact):
    """A file was attached to a case; `field` is the question that it answers, if any."""

    kind = "case.file_attached"
    sentence = _("A file was attached to the case.")

    case: CaseNumber
    file: PublicId
    field: Code | None
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterEdited(Fact):
    """An official edited the letter before it is signed."""

    kind = "letter.edited"
    sentence = _("The letter was edited (version %(version)s).")

    case: CaseNumber
    document: Code
    version: int
