"""The words that the facts of cases are made of."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from zemstvo.ground.journal.facts import Number, PublicId, Touches

CaseNumber = Annotated[Number, Touches("case")]
DraftId = Annotated[PublicId, Touches("draft")]
Person = Annotated[PublicId, Touches("person")]
DocumentNumber = Annotated[Number, Touches("document")]
RequestId = Annotated[PublicId, Touches("request")]
ResultId = Annotated[PublicId, Touches("result")]


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
