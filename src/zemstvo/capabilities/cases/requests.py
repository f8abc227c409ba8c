"""What is handed to the commands of cases, and what they hand back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.services.package import AnswerError
from zemstvo.ground.people.identity import AnyIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An application as it comes from a machine or from an official who types it.

    `applicant` and `representative` are pseudonyms. Channel, entry and intermediary stand in the act.
    `authority` is found by service and territory where it is empty. With an empty `applicant` the person is
    the one whom `applicant_identity` names: found by its identifiers, else registered with the case. Given
    beside `applicant` the identity only spares looking it up.
    """

    service: str
    territory: str
    applicant: str = ""
    answers: Mapping[str, Any]
    representative: str = ""
    authority: str = ""
    language: str = "ru"
    identity: IdentityCheck = IdentityCheck.NONE
    consents: Sequence[str] = ()
    applicant_identity: AnyIdentity | None = None

    @property
    def is_checked(self) -> bool:
        """Whether somebody made sure who applies; an unchecked identity never meets a registered person."""
        return self.identity is not IdentityCheck.NONE


@dataclass(frozen=True, slots=True)
class RequestKey:
    """An Idempotency-Key: whose (a token's id), which, and the SHA-256 of the body that came with it."""

    token: str
    key: str
    body_hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the applicant gets when the application is safe: nothing of it can be lost from here on.

    `due_on` is the day of the answer, None where the service has no term; it `is_expected` where the term has
    not started yet, else the legal one. `promise` is the journal's signed promise for the fact of filing.
    `is_repeat`: the same key had been answered before.
    """

    number: str
    tracking_code: str
    state: str
    due_on: date | None
    is_expected: bool
    promise: Mapping[str, Any] = field(default_factory=dict)
    is_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDraft:
    """A new draft. The resume code is shown once; only its hash is kept."""

    id: str
    resume_code: str
    first_page: str
    version: int
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """What became of a page: its faults, or the next page (empty: check the answers)."""

    version: int
    next_page: str
    faults: tuple[AnswerError, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """A file that a machine uploaded; an application may name its `id` until it `expires_at`."""

    id: str
    name: str
    media_type: str
    size_bytes: int
    scan: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file that was taken. `version` is the new row version of its draft or case."""

    id: str
    field: str
    name: str
    media_type: str
    size_bytes: int
    version: int
