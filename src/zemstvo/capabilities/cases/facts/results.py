"""What was granted, delivered and revoked, and what upkeep deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases.facts.words import CaseNumber, DocumentNumber, Person, ResultId
from zemstvo.ground.journal.facts import Code, Fact, Interaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRegistered(Fact):
    """A granted result was entered into its register."""

    kind = "result.registered"
    sentence = _("The result was entered into the register %(register)s, valid from %(valid_from)s.")

    case: CaseNumber
    result: ResultId
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
    result: ResultId
    reason: Code
    revoked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultDelivered(Fact):
    """The decision reached the applicant; the channel of the act says how."""

    kind = "result.delivered"
    sentence = _("The decision was delivered to the applicant.")
    interaction = Interaction.DELIVERY

    case: CaseNumber
    document: DocumentNumber | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftoversSwept(Fact):
    """Upkeep deleted what has served its time: idempotency keys, failed attempts, files in vain."""

    kind = "leftovers.swept"
    sentence = _(
        "Expired technical records were deleted: %(keys)s keys, %(attempts)s attempts, %(files)s files."
    )

    keys: int
    attempts: int
    files: int
