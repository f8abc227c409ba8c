"""Fields of service packages on a page, asked as questions; `reading` takes the answers back.

The names of the inputs: `income`, of a part `applicant.family_name`, of a row `members.0.income`, of a day
`born_on.day`. A repeat says in `members.rows` how many rows the page has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zemstvo.capabilities.services.parts import Field, FieldType
from zemstvo.faces.components.questions import Option, Question, day_question
from zemstvo.faces.components.reading import DAY_PARTS, MOST_ROWS, Posted, asked_parts, read
from zemstvo.faces.components.writing import NBSP, SIGNS, snils_in_words

__all__ = ["Fault", "Faults", "ask", "called", "money_typed", "read", "worded"]


class Fault(Protocol):
    """What is wrong with one answer (services.parts.AnswerError)."""

    @property
    def field(self) -> str: ...

    @property
    def message(self) -> str: ...

    @property
    def row(self) -> int | None: ...

    @property
    def part(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of a page, found by the name of the input that they belong to."""

    by_name: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, faults: Iterable[Fault], fields: Sequence[Field]) -> Faults:
        """The faults of some fields; one of a field inside a repeat names that field and its row."""
        repeat_of = {inner.id: outer.id for outer in fields for inner in outer.fields}
        found: dict[str, str] = {}
        for fault in faults:
            name = fault.field
            if fault.row is not None:
                outer = repeat_of.get(fault.field)
                name = f"{outer}.{fault.row}.{fault.field}" if outer else f"{fault.field}.{fault.row}"
            if fault.part:
                name = f"{name}.{fault.part}"
            found.setdefault(name, fault.message)
        return cls(found)

    def among(self, asked: Sequence[str]) -> Faults:
        """Those of fields that the form had; a question that appears only now is not yet a fault."""
        return Faults({name: said for name, said in self.by_name.items() if name.partition(".")[0] in asked})

    def __bool__(self) -> bool:
        return bool(self.by_name)

    def at(self, name: str) -> str:
        """What is wrong at this input; nothing when nothing is."""
        return self.by_name.get(name, "")


def worded(text: Mapping[str, str] | None) -> tuple[str, str]:
    """A text of the package in the active language, and its own language where it is another one."""
    if not text:
        return "", ""
    language = (get_language() or "ru").partition("-")[0]
    if found := text.get(language):
        return found, ""
    code = next(iter(text))
    return text[code], code


def called(asked: Field) -> tuple[str, str]:
    """What a field is called where it is asked and where it is answered, and the language as in `worded`."""
    label, language = worded(asked.label)
    statement = worded(asked.statement)[0] if asked.type is FieldType.DECLARATION else ""
    return statement or label, language


def ask(
    asked: Field,
    value: Any = None,
    *,
    faults: Faults | None = None,
    posted: Posted | None = None,
    name: str = "",
) -> Question:
    """The question of a field with its answer so far; `posted` repeats what was typed, right or wrong."""
    name = name or asked.id
    label, lang = called(asked)
    question = Question(
        kind="text",
        name=name,
        id=name.replace(".", "-"),
        label=label,
        hint=worded(asked.hint)[0],
        error=(faults or Faults()).at(name),
        required=asked.required,
        lang=lang,
    )
    if posted is not None:
        value = read(asked, posted, name=name)
    return _DRAW[asked.type](question, asked, value, faults or Faults(), posted)


def _line(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    limit = asked.max_length or None
    return replace(question, value="" if value is None else str(value), maxlength=limit)


def _paragraph(
    question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None
) -> Question:
    return replace(_line(question, asked, value, faults, posted), kind="textarea")


def _number(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    line = _line(question, asked, value, faults, posted)
    return replace(line, inputmode="numeric", width="10", suffix=worded(asked.unit)[0], maxlength=None)


def _money(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    typed = money_typed(value) if isinstance(value, int) else value
    sign = SIGNS.get(asked.currency or "RUB", asked.currency)
    return replace(
        question, value="" if typed is None else typed, inputmode="decimal", width="10", suffix=sign
    )


def money_typed(minor: int) -> str:
    """An amount as a person types it: 1234,50."""
    whole, part = divmod(minor, 100)
    return f"{whole},{part:02d}" if part else str(whole)


def _phone(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    line = _line(question, asked, value, faults, posted)
    return replace(line, type="tel", autocomplete="tel", width="20")


def _email(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    return replace(_line(question, asked, value, faults, posted), type="email", autocomplete="email")


def _day(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    return day_question(question, value, DAY_PARTS)


def _month(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    return day_question(question, value, ("month", "year"))


def _yes_no(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    options = (
        Option("yes", _("Yes"), chosen=value is True),
        Option("no", _("No"), chosen=value is False),
    )
    return replace(question, kind="radios", options=options)


def _choice(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    chosen = value if isinstance(value, list) else [value]
    options = tuple(
        Option(option.id, worded(option.label)[0], worded(option.hint)[0], option.id in chosen)
        for option in asked.options
    )
    if asked.type is FieldType.CHOICES:
        return replace(question, kind="checkboxes", options=options)
    if len(options) > 12:
        return replace(question, kind="select", options=(Option("", ""), *options))
    return replace(question, kind="radios", options=options)


def _declaration(
    question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None
) -> Question:
    return replace(question, kind="checkbox", value=value is True)


def _file(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    accept = ",".join(f".{kind}" for kind in _with_jpeg(asked.accept))
    return replace(question, kind="file", accept=accept, multiple=asked.max_files > 1)


def _with_jpeg(kinds: Sequence[str]) -> list[str]:
    return [*kinds, "jpeg"] if "jpg" in kinds else list(kinds)


def _block(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    values = value if isinstance(value, Mapping) else {}
    parts = tuple(_part(question, asked, part, values.get(part), faults) for part in asked_parts(asked))
    return replace(question, kind="group", parts=parts)


def _part(question: Question, asked: Field, part: str, value: Any, faults: Faults) -> Question:
    name = f"{question.name}.{part}"
    form = _part_forms()[part]
    drawn = Question(
        kind="text",
        name=name,
        id=name.replace(".", "-"),
        label=form.label,
        hint="" if question.hint and part in {"text", "line"} else form.hint,
        error=faults.at(name),
        required=part not in asked.optional,
        value=_part_typed(part, value),
        autocomplete=form.autocomplete if asked.type is not FieldType.PERSON or not form.own else "",
        inputmode=form.inputmode,
        width=form.width,
    )
    return day_question(drawn, value, DAY_PARTS) if part == "born_on" else drawn


def _part_typed(part: str, value: Any) -> Any:
    """The value of a part as a person types it: a SNILS in its groups."""
    if value is None:
        return ""
    return snils_in_words(str(value)).replace(NBSP, " ") if part == "snils" else value


@dataclass(frozen=True, slots=True)
class PartForm:
    """How a part of an identity or address is asked. `own` parts may be somebody else's: no autofill."""

    label: str
    hint: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    width: str = ""
    own: bool = False


def _part_forms() -> dict[str, PartForm]:
    return {
        "family_name": PartForm(_("Family name"), autocomplete="family-name", own=True),
        "given_name": PartForm(_("Given name"), autocomplete="given-name", own=True),
        "patronymic": PartForm(_("Patronymic"), autocomplete="additional-name", own=True),
        "born_on": PartForm(_("Date of birth"), _("For example, 31 3 1980")),
        "snils": PartForm(
            _("SNILS"), _("11 digits, for example 112-233-445 95"), inputmode="numeric", width="20"
        ),
        "name": PartForm(_("Name of the organisation"), autocomplete="organization"),
        "inn": PartForm(_("INN"), _("10 digits, 12 for an entrepreneur"), inputmode="numeric", width="20"),
        "ogrn": PartForm(
            _("OGRN or OGRNIP"), _("13 digits, 15 for an entrepreneur"), inputmode="numeric", width="20"
        ),
        "line": PartForm(_("Address"), _("Settlement, street, house, flat"), autocomplete="street-address"),
        "text": PartForm(_("Address"), _("Settlement, street, house, flat"), autocomplete="street-address"),
        "postcode": PartForm(
            _("Postcode"), _("6 digits"), autocomplete="postal-code", inputmode="numeric", width="10"
        ),
    }


def _rows(question: Question, asked: Field, value: Any, faults: Faults, posted: Posted | None) -> Question:
    rows = value if isinstance(value, list) else []
    least = int(asked.min or 0) if isinstance(asked.min, int) else 0
    rows = [*rows, *({} for _row in range(max(1, least) - len(rows)))]
    title = worded(asked.row_title)[0] or question.label
    parts = tuple(
        Question(
            kind="row",
            name=f"{question.name}.{number}",
            id=f"{question.id}-{number}",
            label=_("%(what)s %(number)d") % {"what": title, "number": number + 1},
            error=faults.at(f"{question.name}.{number}"),
            parts=tuple(_inner(question, number, inner, row, faults, posted) for inner in asked.fields),
        )
        for number, row in enumerate(rows)
    )
    most = asked.max if isinstance(asked.max, int) else MOST_ROWS
    return replace(question, kind="rows", parts=parts, multiple=len(parts) < most, value=len(parts))


def _inner(
    outer: Question, number: int, asked: Field, row: Any, faults: Faults, posted: Posted | None
) -> Question:
    """The question of a field in a row; below the first row in fewer words, for there are many."""
    value = row.get(asked.id) if isinstance(row, Mapping) else None
    name = f"{outer.name}.{number}.{asked.id}"
    question = ask(asked, value, faults=faults, posted=posted, name=name)
    if number == 0 or faults.at(f"{outer.name}.{number}"):
        return question
    return question.repeated(f"{outer.id}-0-{asked.id}".replace(".", "-"))


_DRAW = {
    FieldType.TEXT: _line,
    FieldType.LONG_TEXT: _paragraph,
    FieldType.NUMBER: _number,
    FieldType.MONEY: _money,
    FieldType.DATE: _day,
    FieldType.MONTH: _month,
    FieldType.CHOICE: _choice,
    FieldType.CHOICES: _choice,
    FieldType.YES_NO: _yes_no,
    FieldType.FILE: _file,
    FieldType.REPEAT: _rows,
    FieldType.PERSON: _block,
    FieldType.ORGANISATION: _block,
    FieldType.ADDRESS: _block,
    FieldType.PHONE: _phone,
    FieldType.EMAIL: _email,
    FieldType.DECLARATION: _declaration,
}
