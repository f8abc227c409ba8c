"""What a field template draws: a question with its words, its value and its error.

A question comes from a field of a Django form (`of_form`) or from a field of a service package
(`asking.py`). The template `components/field.html` takes either and draws it without any script.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from zemstvo.faces.components.reading import DAY_PARTS, day_typed


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a question."""

    value: str
    label: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question as it stands on a page; `parts` are the inputs of one with several (a date, a person).

    `kind` names the template in `components/fields/`; `id` is also the anchor of the error summary. One that
    is `bare` is drawn in few words, without ids, because its page repeats it many times; `hint_of` is then
    the id of the first of these questions, whose hint reads the same.
    """

    kind: str
    name: str
    label: str
    id: str = ""
    hint: str = ""
    error: str = ""
    value: Any = ""
    required: bool = True
    heading: bool = False
    options: tuple[Option, ...] = ()
    parts: tuple[Question, ...] = ()
    type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    width: str = ""
    prefix: str = ""
    suffix: str = ""
    maxlength: int | None = None
    rows: int = 5
    accept: str = ""
    multiple: bool = False
    lang: str = ""
    bare: bool = False
    hint_of: str = ""

    @property
    def template(self) -> str:
        """The template that draws the inputs."""
        return f"components/fields/{'bare/' if self.bare else ''}{self.kind}.html"

    @property
    def described_by(self) -> str:
        """The ids that a screen reader reads after the label: the hint, then the error."""
        ids = [f"{self.hint_of or self.id}-hint"] * bool(self.hint) + [f"{self.id}-error"] * bool(self.error)
        return " ".join(ids)

    @property
    def first_input(self) -> str:
        """The id that a link in the error summary leads to."""
        if self.parts:
            wrong = next((part for part in self.parts if part.error), self.parts[0])
            return wrong.first_input
        return f"{self.id}-1" if self.kind in {"radios", "checkboxes"} else self.id

    def repeated(self, first: str) -> Question:
        """The same question as one of many like it; the first of them, which is no repetition, has this id.

        What is wrong keeps its ids, so that the error summary can lead there.
        """
        if self.error or any(part.error for part in self.parts):
            return self
        parts = tuple(part.repeated(f"{first}{part.id.removeprefix(self.id)}") for part in self.parts)
        is_bare = self.kind in {"group", "date", "radios", "text"}
        return replace(self, parts=parts, bare=is_bare, hint_of=first)

    def as_heading(self) -> Question:
        """The same question with its label as the heading of the page."""
        return replace(self, heading=True)


class DayInput(forms.DateInput):
    """A day of a Django form, typed like the citizens' days: in three inputs, without any script."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """The day as YYYY-MM-DD, right or wrong as it was typed."""
        return day_typed(data, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form that was posted did not have the day."""
        return not any(f"{name}.{part}" in data for part in DAY_PARTS)


def day_question(question: Question, value: Any, parts: Sequence[str]) -> Question:
    """A question whose parts are the inputs of a day or month (`value` is YYYY-MM-DD, in any state)."""
    numbers = dict(zip(reversed(DAY_PARTS), [*str(value or "").split("-"), "", "", ""], strict=False))
    words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    inputs = tuple(
        Question(
            kind="text",
            name=f"{question.name}.{part}",
            id=f"{question.id}-{part}",
            label=words[part],
            value=numbers[part].lstrip("0"),
            width="4" if part == "year" else "2",
            maxlength=4 if part == "year" else 2,
            error=question.error,
        )
        for part in parts
    )
    return replace(question, kind="date", parts=inputs)


def group_of(fields: Sequence[BoundField], *, id: str, label: str, hint: str = "") -> Question:
    """Fields of a form that may all stay empty, as one group that says so once."""
    parts = tuple(replace(of_form(field), required=True) for field in fields)
    return Question(kind="group", name=id, id=id, label=label, hint=hint, required=False, parts=parts)


def of_form(field: BoundField) -> Question:
    """The question of a field of a Django form; the widget decides how it is drawn."""
    widget = field.field.widget
    draw = next((draw for kind, draw in _DRAWN if isinstance(widget, kind)), _text)
    return draw(
        field,
        {
            "name": field.html_name,
            "id": field.auto_id or field.html_name,
            "label": str(field.label),
            "hint": str(field.help_text),
            "error": " ".join(str(error) for error in field.errors),
            "value": "" if (value := field.value()) is None else value,
            "required": field.field.required,
            "autocomplete": str(widget.attrs.get("autocomplete", "")),
        },
    )


def _text(field: BoundField, words: dict[str, Any]) -> Question:
    widget = field.field.widget
    length = getattr(field.field, "max_length", None)
    return Question(
        kind="text",
        type=getattr(widget, "input_type", "text"),
        inputmode=str(widget.attrs.get("inputmode", "")),
        width=str(widget.attrs.get("width", "")),
        maxlength=length,
        **words,
    )


def _password(field: BoundField, words: dict[str, Any]) -> Question:
    return Question(kind="text", type="password", **(words | {"value": ""}))


def _hidden(field: BoundField, words: dict[str, Any]) -> Question:
    return Question(kind="hidden", **words)


def _textarea(field: BoundField, words: dict[str, Any]) -> Question:
    rows = int(field.field.widget.attrs.get("rows", 5))
    return Question(kind="textarea", rows=rows, maxlength=getattr(field.field, "max_length", None), **words)


def _checkbox(field: BoundField, words: dict[str, Any]) -> Question:
    return Question(kind="checkbox", **(words | {"value": bool(words["value"])}))


def _file(field: BoundField, words: dict[str, Any]) -> Question:
    attrs = field.field.widget.attrs
    return Question(
        kind="file", accept=str(attrs.get("accept", "")), multiple=bool(attrs.get("multiple")), **words
    )


def _chosen(kind: str) -> Callable[[BoundField, dict[str, Any]], Question]:
    def draw(field: BoundField, words: dict[str, Any]) -> Question:
        value = words["value"]
        chosen = {str(one) for one in value} if isinstance(value, list | tuple) else {str(value)}
        choices = field.field.choices  # type: ignore[attr-defined]
        options = tuple(Option(str(code), str(label), chosen=str(code) in chosen) for code, label in choices)
        return Question(kind=kind, options=options, **words)

    return draw


def _date(field: BoundField, words: dict[str, Any]) -> Question:
    return day_question(Question(kind="date", **words), words["value"], DAY_PARTS)


_DRAWN: list[tuple[type[forms.Widget], Callable[[BoundField, dict[str, Any]], Question]]] = [
    (forms.HiddenInput, _hidden),
    (forms.PasswordInput, _password),
    (forms.Textarea, _textarea),
    (forms.CheckboxInput, _checkbox),
    (forms.FileInput, _file),
    (forms.CheckboxSelectMultiple, _chosen("checkboxes")),
    (forms.RadioSelect, _chosen("radios")),
    (forms.Select, _chosen("select")),
    (DayInput, _date),
]
