"""Checking answers: shape, hidden branches, what is required, what each must be, the package's conditions.

One walk from the first page to the last. A condition sees the answers before it, defaults for what is
unanswered; the answer of a question that is not asked is dropped before anything can see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import jsonschema_rs
from django.utils.translation import gettext as _

from zemstvo.capabilities.services.answer_schema import answer_schema
from zemstvo.capabilities.services.expressions.patterns import OPTIONS
from zemstvo.capabilities.services.expressions.running import ExpressionFailed
from zemstvo.capabilities.services.judging import Complaint, is_blank, judged
from zemstvo.capabilities.services.misshapen import sound_answers
from zemstvo.capabilities.services.parts import AnswerError, Condition, Field, FieldType, Page, Validity
from zemstvo.capabilities.services.wording import wording

Values = dict[str, Any]
"""What the expressions of a package see: a value for every name."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is needed to check the answers of some pages, or of one form; made once per version."""

    pages: tuple[Page, ...]
    fields: Mapping[str, Field]
    of_type: Mapping[FieldType, tuple[Field, ...]]
    """The fields of each type that is asked for, in their order."""
    row_defaults: Mapping[str, Mapping[str, Any]]
    """For each repeat, what the fields of a row are when they are unanswered."""
    validator: jsonschema_rs.Draft202012Validator
    base_language: str

    @classmethod
    def of(
        cls, pages: Iterable[Page], row_defaults: Mapping[str, Mapping[str, Any]], base_language: str
    ) -> Plan:
        """The plan of pages."""
        pages = tuple(pages)
        fields = {field.id: field for page in pages for field in page.fields}
        validator = jsonschema_rs.Draft202012Validator(
            answer_schema(fields.values()), pattern_options=OPTIONS
        )
        of_type: dict[FieldType, tuple[Field, ...]] = {}
        for field in fields.values():
            of_type[field.type] = (*of_type.get(field.type, ()), field)
        return cls(pages, fields, of_type, row_defaults, validator, base_language)

    def page(self, id: str) -> Page:
        """The page of that id. Raises KeyError."""
        for page in self.pages:
            if page.id == id:
                return page
        raise KeyError(id)


class Walk:
    """One walk through a plan, from the first question to the last.

    `values` come with defaults for every name and leave with the answers in them. Afterwards `kept` holds
    the answers in their normal form, without those of hidden branches; `errors` what is wrong with them
    (only when judging); `shown` the ids of the pages and fields that are asked.
    """

    def __init__(
        self, plan: Plan, values: Values, *, today: date | None, language: str, is_judging: bool
    ) -> None:
        self.plan = plan
        self.values = values
        self.today = today
        self.language = language
        self.is_judging = is_judging
        self.kept: dict[str, Any] = {}
        self.errors: list[AnswerError] = []
        self.shown: set[str] = set()

    def through(self, answers: Any) -> Walk:
        """Walk, and return itself."""
        sound, misshapen = sound_answers(self.plan.validator, self.plan.fields, answers)
        self.errors = misshapen.get("", [])
        answered = self.values.setdefault("answered", {})
        for page in self.plan.pages:
            if page.show is not None and not self._holds(page.show):
                continue
            self.shown.add(page.id)
            for field in page.fields:
                if field.show is not None and not self._holds(field.show):
                    continue
                self.shown.add(field.id)
                value = sound.get(field.id)
                if misshapen and field.id in misshapen:
                    self.errors.extend(self._in_words(field, error) for error in misshapen[field.id])
                elif is_blank(value):
                    self._demand(field, None)
                elif (kept := self._answer(field, value)) is not None:
                    self.kept[field.id] = kept
                    answered[field.id] = True
        return self

    def _in_words(self, field: Field, error: AnswerError) -> AnswerError:
        """An error of shape; where the package has a message of its own for it, that one."""
        if error.code != "pattern":
            return error
        asked = next((one for one in (field, *field.fields) if one.id == error.field), field)
        said = wording(asked.pattern_message, self.language, self.plan.base_language).text
        return replace(error, code="invalid", message=said or _("This holds signs that are not taken here."))

    def _holds(self, condition: Condition) -> bool:
        try:
            return bool(condition.when(self.values))
        except ExpressionFailed:
            return True

    def _demand(self, field: Field, row: int | None) -> None:
        if field.required and self.is_judging:
            self._complain(field, Complaint("required", _required(field)), row)

    def _complain(self, field: Field, complaint: Complaint, row: int | None) -> None:
        self.errors.append(AnswerError(field.id, complaint.message, row, complaint.part, complaint.code))

    def _answer(self, field: Field, value: Any) -> Any:
        """The normal form of an answer, which the conditions behind see too; None where it cannot be used."""
        if field.type is FieldType.REPEAT:
            return self._rows(field, value)
        if self.is_judging:
            try:
                value = judged(field, value, self.today)
            except Complaint as complaint:
                self._complain(field, complaint, None)
                return None
        default = self.values.get(field.id)
        self.values[field.id] = {**default, **value} if isinstance(default, dict) else value
        if self.is_judging and field.valid:
            self._verify(field, field.valid, self.values, None)
        return value

    def _rows(self, field: Field, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if self.is_judging and isinstance(field.min, int) and len(rows) < field.min:
            complaint = Complaint("rows", _("Fill in at least %(count)s.") % {"count": field.min})
            self._complain(field, complaint, None)
        defaults = self.plan.row_defaults[field.id]
        kept, seen = [], []
        for place, row in enumerate(rows):
            values = {**self.values, **defaults}
            kept.append(self._row(field, row, values, place))
            seen.append({name: values[name] for name in defaults})
        self.values[field.id] = seen
        if self.is_judging:
            self._verify(field, field.valid, self.values, None)
        return kept

    def _row(self, field: Field, row: dict[str, Any], values: Values, place: int) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        outside, self.values = self.values, values
        for one in field.fields:
            if one.show is not None and not self._holds(one.show):
                continue
            value = row.get(one.id)
            if is_blank(value):
                self._demand(one, place)
                continue
            if self.is_judging:
                try:
                    value = judged(one, value, self.today)
                except Complaint as complaint:
                    self._complain(one, complaint, place)
                    continue
            kept[one.id] = value
            values[one.id] = {**values[one.id], **value} if isinstance(value, dict) else value
            if self.is_judging and one.valid:
                self._verify(one, one.valid, values, place)
        self.values = outside
        return kept

    def _verify(self, field: Field, conditions: Iterable[Validity], values: Values, row: int | None) -> None:
        for condition in conditions:
            try:
                holds = bool(condition.when(values))
            except ExpressionFailed:
                holds = False
            if not holds:
                message = wording(condition.message, self.language, self.plan.base_language).text
                self._complain(field, Complaint("condition", message), row)


def _required(field: Field) -> str:
    if field.type in (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO):
        return _("Choose an answer.")
    if field.type is FieldType.FILE:
        return _("Attach a file.")
    if field.type is FieldType.DECLARATION:
        return _("Confirm this to go on.")
    if field.type is FieldType.REPEAT:
        return _("Fill in at least one.")
    return _("Fill this in.")
