"""What sealed values of cases are for: the vault binds each to its purpose, so that none opens in another's
place.
"""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """For what a value is sealed. A purpose never changes: what was sealed for it opens for nothing else."""

    DRAFT_ANSWERS = "draft answers"
    DRAFT_APPLICANT = "draft applicant"
    DRAFT_RECEIPT = "draft receipt"
    CASE_ANSWERS = "case answers"
    KEPT_ANSWER = "idempotency"
    DECISION = "case decision"
    LETTER = "case letter"
    MESSAGE = "case message"
    EVIDENCE = "case evidence"
    RESULT = "case result"
    FILE_NAME = "case file name"
