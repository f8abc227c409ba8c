"""A package as cases and faces see it: frozen, compiled once, pure.

Built by `compiling.compile_package` from a sound document; nothing here reads the clock or the database.
What is known of a case besides its answers comes in as `Circumstances`. Checking the answers of a simple
application takes well under 100 µs (bench in tests/test_speed.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from zemstvo.capabilities.services import scopes
from zemstvo.capabilities.services.answer_schema import answer_schema
from zemstvo.capabilities.services.answers import Plan, Values, Walk
from zemstvo.capabilities.services.expressions.running import ExpressionFailed
from zemstvo.capabilities.services.letters import Spell, Template, write
from zemstvo.capabilities.services.parts import (
    Action,
    AnswerError,
    Answers,
    Calculation,
    Checked,
    Circumstances,
    Clock,
    Condition,
    Doubt,
    Eligibility,
    Evidence,
    Field,
    FieldType,
    Final,
    Form,
    Legal,
    LegalBasis,
    Mark,
    OnLimit,
    Option,
    Page,
    Parameter,
    Pause,
    Reason,
    Result,
    State,
    Validity,
    Verdict,
)
from zemstvo.capabilities.services.refusals import CannotReckon
from zemstvo.capabilities.services.wording import Text, Wording, wording

__all__ = [
    "Action",
    "AnswerError",
    "Answers",
    "Calculation",
    "Checked",
    "Circumstances",
    "Clock",
    "Condition",
    "Doubt",
    "Eligibility",
    "Evidence",
    "Field",
    "FieldType",
    "Final",
    "Form",
    "Legal",
    "LegalBasis",
    "Local",
    "Mark",
    "OnLimit",
    "Option",
    "Package",
    "Page",
    "Parameter",
    "Pause",
    "Reason",
    "Result",
    "State",
    "Template",
    "Text",
    "Validity",
    "Verdict",
    "Wording",
]

_NOTHING = Circumstances()


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """What a municipality has put into the local slots; `territory` and `revision` are empty for the base."""

    territory: str = ""
    revision: int = 0
    office: str = ""
    hours: Text | None = None
    header: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One version of a service, ready to be asked."""

    service: str
    version: int
    digest: str
    """SHA-256 (hex) of the canonical document."""
    languages: tuple[str, ...]
    level: str
    title: Text
    summary: Text
    audience: tuple[str, ...]
    life_events: tuple[str, ...]
    keywords: tuple[Text, ...]
    bring: tuple[Text, ...]
    minutes: int
    legal: Legal
    channels: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    pages: tuple[Page, ...]
    forms: Mapping[str, Form]
    eligible: tuple[Eligibility, ...]
    calculations: tuple[Calculation, ...]
    result: Result | None
    evidence: Mapping[str, Evidence]
    states: tuple[State, ...]
    reasons: Mapping[str, Reason]
    templates: Mapping[str, Template]
    slots: frozenset[str]
    """What a municipality may change: office, hours, fee, header, extra_fields, parameters."""
    doubts: tuple[Doubt, ...]
    examples: tuple[Mapping[str, Any], ...]
    local: Local = Local()
    _plan: Plan = field(repr=False)
    _form_plans: Mapping[str, Plan] = field(repr=False)
    _defaults: Mapping[str, Any] = field(repr=False)
    _spells: Mapping[str, Spell] = field(repr=False)

    # What there is

    @property
    def base_language(self) -> str:
        """The language to which a missing text falls back."""
        return self.languages[0]

    @property
    def is_electronic(self) -> bool:
        """Whether it can be applied for without a visit and without paper."""
        return not {"portal", "app", "api", "proactive"}.isdisjoint(self.channels)

    @property
    def first_state(self) -> State:
        """Where every case begins."""
        return self.states[0]

    @property
    def fields(self) -> Mapping[str, Field]:
        """The applicant's fields by id, in the order in which they are asked; those of rows within theirs."""
        return self._plan.fields

    def fields_of(self, type: FieldType) -> tuple[Field, ...]:
        """The applicant's fields of one type, in the order in which they are asked."""
        return self._plan.of_type.get(type, ())

    @property
    def search_fields(self) -> tuple[str, ...]:
        """The fields by whose answers a case can be found."""
        found = [one.id for one in self.fields.values() if one.search]
        found += [row.id for one in self.fields.values() for row in one.fields if row.search]
        return tuple(found)

    def page(self, id: str) -> Page:
        """The page of that id. Raises KeyError."""
        return self._plan.page(id)

    def page_of(self, field_id: str) -> Page:
        """The page on which a field is asked. Raises KeyError."""
        for page in self.pages:
            if any(
                field_id == one.id or any(field_id == row.id for row in one.fields) for one in page.fields
            ):
                return page
        raise KeyError(field_id)

    def state(self, id: str) -> State:
        """The state of that id. Raises KeyError."""
        for state in self.states:
            if state.id == id:
                return state
        raise KeyError(id)

    def clock(self, channel: str) -> Clock:
        """The legal clock of an application that came through a channel."""
        term, start = self.legal.terms.get(channel) or self.legal.terms["default"]
        return Clock(self.legal.register, term, start, self.legal.suspend, self.legal.extend)

    def text(self, text: Text | None, language: str = "") -> str:
        """A text in a language (the active one unless said), or in the base language."""
        return self.wording(text, language).text

    def wording(self, text: Text | None, language: str = "") -> Wording:
        """A text, marked with its language where it is not the one that was asked for."""
        return wording(text, language or get_language() or self.base_language, self.base_language)

    # What is asked

    @property
    def answer_schema(self) -> dict[str, Any]:
        """The JSON Schema of the answers, for machines."""
        return answer_schema(self.fields.values())

    def check_answers(self, answers: Any, circumstances: Circumstances = _NOTHING) -> Checked:
        """Check all answers of an application; what comes back is without those of hidden branches.

        Messages are in the active language. Without `circumstances.today` bounds by today do not bind.
        """
        walk = self._walk(answers, circumstances, is_judging=True)
        return Checked(walk.kept, tuple(walk.errors))

    def check_page(self, page_id: str, answers: Any, circumstances: Circumstances = _NOTHING) -> Checked:
        """Check the answers so far; the errors are those of one page."""
        asked = {row.id for one in self.page(page_id).fields for row in (one, *one.fields)}
        checked = self.check_answers(answers, circumstances)
        return Checked(checked.answers, tuple(error for error in checked.errors if error.field in asked))

    def check_form(
        self, form_id: str, form_answers: Any, answers: Answers, circumstances: Circumstances = _NOTHING
    ) -> Checked:
        """Check what an official has filled in."""
        values = self._with_calculated(self.values(answers, circumstances))
        values |= self._defaults[form_id]
        values["answered"] |= dict.fromkeys(self._defaults[form_id], False)
        today = circumstances.today
        walk = Walk(
            self._form_plans[form_id], values, today=today, language=get_language() or "", is_judging=True
        ).through(form_answers)
        return Checked(walk.kept, tuple(walk.errors))

    def shown(self, page_or_field: str, answers: Any, circumstances: Circumstances = _NOTHING) -> bool:
        """Whether a page or field is asked, given the answers so far."""
        return page_or_field in self._walk(answers, circumstances).shown

    def shown_pages(self, answers: Any, circumstances: Circumstances = _NOTHING) -> tuple[Page, ...]:
        """The pages that are asked and have something to ask, in order."""
        shown = self._walk(answers, circumstances).shown
        return tuple(
            page for page in self.pages if page.id in shown and any(one.id in shown for one in page.fields)
        )

    def shown_fields(
        self, page_id: str, answers: Any, circumstances: Circumstances = _NOTHING
    ) -> tuple[Field, ...]:
        """The fields of a page that are asked, in order."""
        shown = self._walk(answers, circumstances).shown
        return tuple(one for one in self.page(page_id).fields if one.id in shown)

    # What follows

    def eligibility(self, answers: Any, circumstances: Circumstances = _NOTHING) -> Verdict:
        """Whether the conditions hold. One that cannot be reckoned does not hold: an official looks at it."""
        values = self._with_calculated(self.values(answers, circumstances), is_lenient=True)
        failed = [one.reason for one in self.eligible if not _holds(one, values)]
        return Verdict(tuple(dict.fromkeys(failed)))

    def calculate(self, answers: Any, circumstances: Circumstances = _NOTHING) -> dict[str, Any]:
        """The calculated values by id; money in minor units, days as YYYY-MM-DD.

        Refuses with CannotReckon where the numbers are too large to be reckoned with.
        """
        values = self._with_calculated(self.values(answers, circumstances))
        return {one.id: values[one.id] for one in self.calculations}

    def offers(self, action: Action, answers: Any, circumstances: Circumstances = _NOTHING) -> bool:
        """Whether an action is offered for this case."""
        if action.when is None:
            return True
        values = self._with_calculated(self.values(answers, circumstances), is_lenient=True)
        try:
            return bool(action.when.when(values))
        except ExpressionFailed:
            return False

    def letter(
        self, template: str, answers: Any, circumstances: Circumstances = _NOTHING, language: str = ""
    ) -> dict[str, Any]:
        """The content of a letter or decision, for an official to edit and for documents to issue.

        {"title", "header": [text], "paragraphs": [text], "table": {…} or None, "data": {…}}.
        Refuses with CannotReckon.
        """
        language = language or get_language() or self.base_language
        values = self._with_calculated(self.values(answers, circumstances))
        values["case"] = {"number": circumstances.number, "authority": circumstances.authority}
        values["reasons"] = circumstances.reasons
        values["reason"] = next(iter(circumstances.reasons), "")
        header = self.text(self.local.header, language)
        return {
            **write(self.templates[template], self._spells, values, language),
            "header": header.splitlines(),
            "data": {
                "service": self.service,
                "version": self.version,
                "reasons": list(circumstances.reasons),
                "calculated": {one.id: values[one.id] for one in self.calculations},
            },
        }

    def values(self, answers: Any, circumstances: Circumstances = _NOTHING) -> Values:
        """What the expressions see of these answers, before anything is calculated."""
        return self._walk(answers, circumstances).values

    def _walk(self, answers: Any, circumstances: Circumstances, *, is_judging: bool = False) -> Walk:
        values = {**self._defaults, **scopes.values_of(circumstances)}
        values["answered"] = dict(self._defaults["answered"])
        for name, given in circumstances.forms.items():
            if name in self.forms:
                values[name] = {**self._defaults[name], **_known(given, self._defaults[name])}
        walk = Walk(
            self._plan,
            values,
            today=circumstances.today,
            language=get_language() or "",
            is_judging=is_judging,
        )
        return walk.through(answers)

    def _with_calculated(self, values: Values, *, is_lenient: bool = False) -> Values:
        for one in self.calculations:
            try:
                values[one.id] = one.value(values)
            except ExpressionFailed:
                if not is_lenient:
                    raise CannotReckon(what=self.text(one.label)) from None
        return values


def _known(given: Answers, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """What an official has filled in, blocks with all their parts."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name in defaults:
            default = defaults[name]
            found[name] = {**default, **value} if isinstance(default, dict) else value
    return found


def _holds(condition: Eligibility, values: Values) -> bool:
    try:
        return bool(condition.when(values))
    except ExpressionFailed:
        return False
