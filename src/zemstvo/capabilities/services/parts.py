"""The parts of a compiled package: pages and fields, states and actions, reasons, evidence, the legal frame.

All frozen, built by `compiling` from a sound document; `package` puts them together. Texts are mappings
by language (`wording`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from zemstvo.capabilities.services.expressions.running import Expression
from zemstvo.capabilities.services.wording import Text
from zemstvo.ground.territory.rules import Term

Answers = Mapping[str, Any]
"""Answers by field id, as a machine sends them: money in minor units, days as YYYY-MM-DD."""


class FieldType(StrEnum):
    """What kind of answer a field takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    FILE = "file"
    REPEAT = "repeat"
    PERSON = "person"
    ORGANISATION = "organisation"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    DECLARATION = "declaration"


class Final(StrEnum):
    """How a case ends."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Mark(StrEnum):
    """What an action settles for the clock and the journal."""

    REGISTERED = "registered"
    COMPLETE = "complete"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition, and the sentence that explains it to people."""

    when: Expression
    means: Text


@dataclass(frozen=True, slots=True)
class Validity:
    """A condition on an answer, and what to say when it does not hold."""

    when: Expression
    message: Text


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice."""

    id: str
    label: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. What does not belong to its type has the neutral value."""

    id: str
    type: FieldType
    label: Text
    hint: Text | None = None
    required: bool = True
    show: Condition | None = None
    valid: tuple[Validity, ...] = ()
    search: bool = False
    personal: bool = False
    prefill: str = ""
    evidence: str = ""
    on_failure: str = ""

    max_length: int = 0
    """Characters at most; 0 where it does not apply."""
    pattern: str = ""
    """A regular expression (Rust syntax) that the whole text must match."""
    pattern_message: Text | None = None
    min: int | str | None = None
    """The least number, amount, count of rows or options; the earliest day (`today` is the day of filing)."""
    max: int | str | None = None
    unit: Text | None = None
    currency: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[str, ...] = ()
    """The parts of an identity block or address, in the order in which they are asked."""
    optional: frozenset[str] = frozenset()
    """The parts that may stay empty."""
    fields: tuple[Field, ...] = ()
    """The fields of a row."""
    row_title: Text | None = None
    accept: tuple[str, ...] = ()
    max_bytes: int = 0
    max_files: int = 0
    statement: Text | None = None

    def option(self, id: str) -> Option | None:
        """The option of that id."""
        return next((option for option in self.options if option.id == id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of questions."""

    id: str
    title: Text
    fields: tuple[Field, ...]
    lead: Text | None = None
    show: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An official's form."""

    id: str
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something that can be done in a state. `by` is clerk, head or applicant."""

    id: str
    label: Text
    by: str
    to: str
    form: str = ""
    reason: str = "none"
    """Whether a reason is required, optional or none."""
    reasons: tuple[str, ...] = ()
    """The reasons that may be given here, in the order of the package."""
    not_same_as: str = ""
    document: str = ""
    when: Condition | None = None
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class OnLimit:
    """What happens by itself when a state's limit has passed."""

    to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state of a case."""

    id: str
    label: Text
    status: Text
    """What the applicant reads."""
    clock: Term | None = None
    waits_for: str = "authority"
    limit: Term | None = None
    on_limit: OnLimit | None = None
    final: Final | None = None
    actions: tuple[Action, ...] = ()

    def action(self, id: str) -> Action | None:
        """The action of that id in this state."""
        return next((action for action in self.actions if action.id == id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason for a return, refusal, suspension, extension or closing."""

    id: str
    text: Text
    for_: frozenset[str]
    field: str = ""
    advice: Text | None = None
    basis: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is asked of another authority instead of the applicant."""

    id: str
    title: Text
    holder: Text
    due: Term
    fallback: str
    """`letter` or `applicant`: what to do when no answer comes."""
    ask: str = ""
    supplies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal act on which the service rests."""

    title: Text
    address: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """How long a term may be suspended or extended at most, and for which reasons."""

    max: Term
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """The legal clock of one channel.

    `start` names the mark or moment from whose next day the term counts: filed, registered, complete.
    """

    register: Term
    term: Term
    start: str
    suspend: Pause | None = None
    extend: Pause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Legal:
    """The legal frame. `fee_minor` is in minor units of `currency`."""

    basis: tuple[LegalBasis, ...]
    register: Term
    terms: Mapping[str, tuple[Term, str]]
    """By channel, `default` for all others: the term and the event it counts from."""
    silence: str
    fee_minor: int
    currency: str
    retention: Term
    appeal_term: Term
    appeal_text: Text | None = None
    suspend: Pause | None = None
    extend: Pause | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that law or authority sets."""

    id: str
    type: str
    value: Any
    label: Text
    source: str = ""
    local: bool = False


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What must hold, and the reason for refusal when it does not."""

    when: Expression
    means: Text
    reason: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """A value that follows from the answers."""

    id: str
    type: str
    value: Expression
    label: Text
    means: Text


@dataclass(frozen=True, slots=True)
class Result:
    """What is granted, the register in which it stands, and the calculated day until which it holds."""

    register: str
    title: Text
    valid_until: str = ""
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fact of the package that nobody has verified yet."""

    path: str
    note: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is known of a case besides its answers, for conditions, calculations and letters.

    `applicant` has kind, name, family_name, given_name, patronymic, born_on, snils, inn, ogrn (what is
    known); `forms` the answers of the officials' forms by form id.
    """

    today: date | None = None
    filed_on: date | None = None
    registered_on: date | None = None
    complete_on: date | None = None
    decided_on: date | None = None
    channel: str = ""
    applicant: Mapping[str, Any] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    forms: Mapping[str, Answers] = field(default_factory=dict)
    number: str = ""
    """The number of the case; letters only."""
    authority: str = ""
    """The name of the authority in the language of the letter; letters only."""


@dataclass(frozen=True, slots=True)
class AnswerError:
    """A fault of one answer. `row` counts from 0, None outside a repeat; `part` is the part of a block."""

    field: str
    message: str
    row: int | None = None
    part: str = ""
    code: str = "invalid"
    """required, invalid, unknown, type, length, range, check-digit, rows, condition."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Answers without those of hidden branches, and what is wrong with the rest."""

    answers: dict[str, Any]
    errors: tuple[AnswerError, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether the answers may be taken."""
        return not self.errors


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the conditions of eligibility hold, and the reasons of those that do not, in their order."""

    reasons: tuple[str, ...] = ()

    @property
    def is_eligible(self) -> bool:
        """Whether all of them hold."""
        return not self.reasons
