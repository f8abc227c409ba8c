"""Everything that may enter the journal from cases: codes, days, numbers and public ids, no words.

What carries an `interaction` is a contact that the person's matter needs (DESIGN §7); the rest is the
work of the authority or of the person before anything was filed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.facts import Code, Fact, Interaction, Number, PublicId, Touches

CaseNumber = Annotated[Number, Touches("case")]
DraftId = Annotated[PublicId, Touches("draft")]
Person = Annotated[PublicId, Touches("person")]


class IdentityCheck(StrEnum):
    """How it was made sure that the applicant is who they say."""

    ACCOUNT = "account"
    PASSPORT = "passport"
    SIGNATURE = "signature"
    KNOWN = "known"
    PHONE = "phone"
    TOKEN = "token"  # noqa: S105 (a way of checking, not a secret)
    NONE = "none"


class NewReason(StrEnum):
    """The four cases in which a second refusal may name what the first did not (210-FZ art. 7 p. 4)."""

    RULES_CHANGED = "rules-changed"
    NEW_ERRORS = "new-errors"
    EXPIRED = "expired"
    OFFICIAL_FAULT = "official-fault"


class Sender(StrEnum):
    """Who wrote a message."""

    APPLICANT = "applicant"
    AUTHORITY = "authority"


# --- Drafts: what happens before anything is filed ------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOpened(Fact):
    """Somebody began to fill in an application."""

    kind = "draft.opened"
    sentence = _("An application was begun.")

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPageReached(Fact):
    """A page of a draft was filled in and kept."""

    kind = "draft.page_reached"
    sentence = _("The page %(page)s was filled in.")

    draft: DraftId
    page: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPageFailed(Fact):
    """A page of a draft had answers that could not be taken; `fields` says where."""

    kind = "draft.page_failed"
    sentence = _("The page %(page)s had mistakes in: %(fields)s.")

    draft: DraftId
    page: Code
    fields: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFileAttached(Fact):
    """A file was put into a draft."""

    kind = "draft.file_attached"
    sentence = _("A file was attached to the draft (%(field)s).")

    draft: DraftId
    file: PublicId
    field: Code
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFileRemoved(Fact):
    """A file was taken out of a draft."""

    kind = "draft.file_removed"
    sentence = _("A file was removed from the draft.")

    draft: DraftId
    file: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftResumed(Fact):
    """A draft was found again by its code."""

    kind = "draft.resumed"
    sentence = _("The draft was continued by its code.")

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDiscarded(Fact):
    """A draft was thrown away: by its owner, or by the clock when its days were over."""

    kind = "draft.discarded"
    sentence = _("The draft was discarded.")

    draft: DraftId
    by_clock: bool


# --- The case: filing and the way to its decision -------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFiled(Fact):
    """An application reached the authority. It is safe from this moment."""

    kind = "case.filed"
    sentence = _("The application was received. It must be answered by %(due_on)s.")
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
class CaseAccepted(ActionTaken):
    """An official registered the application for consideration."""

    kind = "case.accepted"
    sentence = _("The application was registered and accepted. It must be answered by %(due_on)s.")


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
    document: Annotated[Number, Touches("document")] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClockStarted(Fact):
    """All documents are there: the term of the answer counts from this day."""

    kind = "case.clock_started"
    sentence = _("All documents are there. The answer is due by %(due_on)s.")

    case: CaseNumber
    started_on: date
    due_on: date | None


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
class CaseSuspended(Fact):
    """The clock stands for a reason of the package, at the longest for `limit`, until `until` (exclusive)."""

    kind = "case.suspended"
    sentence = _("The term was suspended (%(reason)s), at the longest until %(until)s.")
    interaction = Interaction.NOTICE

    case: CaseNumber
    reason: Code
    limit: Code
    suspended_on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResumed(Fact):
    """The clock runs again."""

    kind = "case.resumed"
    sentence = _("The term runs again. The answer is due by %(due_on)s.")

    case: CaseNumber
    resumed_on: date
    due_on: date | None
    by_clock: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseExtended(Fact):
    """The term was made longer, with notice to the applicant."""

    kind = "case.extended"
    sentence = _("The term was extended by %(by)s (%(reason)s). The answer is due by %(due_on)s.")

    case: CaseNumber
    reason: Code
    by: Code
    extended_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecounted(Fact):
    """The working calendar changed under the clock, and with it the day of the answer."""

    kind = "case.recounted"
    sentence = _("The calendar changed: the answer is due by %(due_on)s, no longer by %(due_before)s.")

    case: CaseNumber
    due_before: date | None
    due_on: date | None


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


# --- Talking --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquirySent(Fact):
    """The applicant wrote to the authority."""

    kind = "enquiry.sent"
    sentence = _("The applicant wrote a message.")
    interaction = Interaction.ENQUIRY

    case: CaseNumber
    message: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Fact):
    """The authority wrote to the applicant, asking for nothing."""

    kind = "message.sent"
    sentence = _("The authority wrote a message.")

    case: CaseNumber
    message: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSent(Fact):
    """The authority wrote to the applicant and asks for something."""

    kind = "question.sent"
    sentence = _("The authority asked the applicant for something.")
    interaction = Interaction.NOTICE

    case: CaseNumber
    message: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead(Fact):
    """The person read a notice for the first time."""

    kind = "notice.read"
    sentence = _("The applicant read a notice.")

    notice: PublicId
    case: CaseNumber


# --- Evidence from other authorities --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequested(Fact):
    """An official asked another authority, instead of asking the person."""

    kind = "evidence.requested"
    sentence = _("Evidence was requested (%(evidence)s), due by %(due_on)s.")

    case: CaseNumber
    request: Annotated[PublicId, Touches("request")]
    evidence: Code
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAnswered(Fact):
    """A request for evidence was answered: received, absent there, or brought by the applicant."""

    kind = "evidence.answered"
    sentence = _("The request for evidence was answered (%(evidence)s: %(outcome)s).")

    case: CaseNumber
    request: Annotated[PublicId, Touches("request")]
    evidence: Code
    outcome: Code
    was_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceOverdue(Fact):
    """No answer came in time; the authority writes a letter and goes on."""

    kind = "evidence.overdue"
    sentence = _("No answer came in time (%(evidence)s, due by %(due_on)s).")

    case: CaseNumber
    request: Annotated[PublicId, Touches("request")]
    evidence: Code
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceReleased(Fact):
    """No answer came in time; the applicant may bring the paper, and is told so."""

    kind = "evidence.released"
    sentence = _("No answer came in time (%(evidence)s, due by %(due_on)s). The applicant may bring it.")
    interaction = Interaction.NOTICE

    case: CaseNumber
    request: Annotated[PublicId, Touches("request")]
    evidence: Code
    due_on: date


# --- Results --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRegistered(Fact):
    """A granted result was entered into its register."""

    kind = "result.registered"
    sentence = _("The result was entered into the register %(register)s, valid from %(valid_from)s.")

    case: CaseNumber
    result: Annotated[PublicId, Touches("result")]
    holder: Person
    register: Code
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRevoked(Fact):
    """A result holds no longer."""

    kind = "result.revoked"
    sentence = _("The result was revoked (%(reason)s).")

    case: CaseNumber
    result: Annotated[PublicId, Touches("result")]
    reason: Code
    revoked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDelivered(Fact):
    """The decision reached the applicant; the channel of the act says how."""

    kind = "result.delivered"
    sentence = _("The decision was delivered to the applicant.")
    interaction = Interaction.DELIVERY

    case: CaseNumber
    document: Annotated[Number, Touches("document")] | None


# --- Upkeep ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftoversSwept(Fact):
    """Upkeep deleted what has served its time: idempotency keys, failed attempts."""

    kind = "leftovers.swept"
    sentence = _("Expired technical records were deleted: %(keys)s keys, %(attempts)s attempts.")

    keys: int
    attempts: int
