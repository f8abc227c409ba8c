"""The tables of cases. Personal values stand in them only sealed under the key of the person."""

from zemstvo.capabilities.cases.models.case import Case, IdempotencyKey, NumberSeries, Stage
from zemstvo.capabilities.cases.models.draft import CaseFile, Draft, FailedAttempt, WaitingFile
from zemstvo.capabilities.cases.models.register import Notice, ResultEntry
from zemstvo.capabilities.cases.models.work import EvidenceRequest, EvidenceState, Letter, Message, Side

__all__ = [
    "Case",
    "CaseFile",
    "Draft",
    "EvidenceRequest",
    "EvidenceState",
    "FailedAttempt",
    "IdempotencyKey",
    "Letter",
    "Message",
    "Notice",
    "NumberSeries",
    "ResultEntry",
    "Side",
    "Stage",
    "WaitingFile",
]
