"""The clock of a case: started, suspended, resumed, extended, recounted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases.facts.words import CaseNumber
from zemstvo.ground.journal.facts import Code, Fact, Interaction


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClockStarted(Fact):
    """All documents are there: the term of the answer counts from this day."""

    kind = "case.clock_started"
    sentence = _("All documents are there. The answer is due by %(due_on)s.")

    case: CaseNumber
    started_on: date
    due_on: date | None


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
