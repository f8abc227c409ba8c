"""Everything that may enter the journal from cases: codes, days, numbers and public ids, no words.

What carries an `interaction` is a contact that the person's matter needs (DESIGN §7); the rest is the
work of the authority or of the person before anything was filed.
"""

from zemstvo.capabilities.cases.facts.case import (
    ActionTaken,
    CaseAccepted,
    CaseApplicantConfirmed,
    CaseAssigned,
    CaseClosed,
    CaseDecided,
    CaseDecisionPrepared,
    CaseFileAttached,
    CaseFiled,
    CaseMoved,
    CaseReturned,
    CaseSupplemented,
    CaseWithdrawn,
    LetterEdited,
)
from zemstvo.capabilities.cases.facts.drafts import (
    DraftAdopted,
    DraftApplicantNamed,
    DraftDiscarded,
    DraftFileAttached,
    DraftFileRemoved,
    DraftOpened,
    DraftPageFailed,
    DraftPageReached,
    DraftResumed,
    WaitingFileUploaded,
)
from zemstvo.capabilities.cases.facts.evidence import (
    EvidenceAnswered,
    EvidenceOverdue,
    EvidenceReleased,
    EvidenceRequested,
)
from zemstvo.capabilities.cases.facts.results import (
    LeftoversSwept,
    ResultDelivered,
    ResultRegistered,
    ResultRevoked,
)
from zemstvo.capabilities.cases.facts.talking import EnquirySent, MessageSent, NoticeRead, QuestionSent
from zemstvo.capabilities.cases.facts.terms import (
    CaseClockStarted,
    CaseExtended,
    CaseRecounted,
    CaseResumed,
    CaseSuspended,
)
from zemstvo.capabilities.cases.facts.words import IdentityCheck, NewReason

__all__ = [
    "ActionTaken",
    "CaseAccepted",
    "CaseApplicantConfirmed",
    "CaseAssigned",
    "CaseClockStarted",
    "CaseClosed",
    "CaseDecided",
    "CaseDecisionPrepared",
    "CaseExtended",
    "CaseFileAttached",
    "CaseFiled",
    "CaseMoved",
    "CaseRecounted",
    "CaseResumed",
    "CaseReturned",
    "CaseSupplemented",
    "CaseSuspended",
    "CaseWithdrawn",
    "DraftAdopted",
    "DraftApplicantNamed",
    "DraftDiscarded",
    "DraftFileAttached",
    "DraftFileRemoved",
    "DraftOpened",
    "DraftPageFailed",
    "DraftPageReached",
    "DraftResumed",
    "EnquirySent",
    "EvidenceAnswered",
    "EvidenceOverdue",
    "EvidenceReleased",
    "EvidenceRequested",
    "IdentityCheck",
    "LeftoversSwept",
    "LetterEdited",
    "MessageSent",
    "NewReason",
    "NoticeRead",
    "QuestionSent",
    "ResultDelivered",
    "ResultRegistered",
    "ResultRevoked",
    "WaitingFileUploaded",
]
