"""The placeholders of letters: every name that may stand between braces, and how its value is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zemstvo.capabilities.services import spelling
from zemstvo.capabilities.services.letters import Spell
from zemstvo.capabilities.services.parts import Field, FieldType, Form, Page
from zemstvo.capabilities.services.scopes import APPLICANT
from zemstvo.capabilities.services.wording import wording

_BLOCKS = (FieldType.PERSON, FieldType.ORGANISATION, FieldType.ADDRESS)
_DAYS = ("today", "filed_on", "registered_on", "complete_on", "decided_on")


def spells_of(document: Mapping[str, Any], pages: Iterable[Page], forms: Iterable[Form]) -> dict[str, Spell]:
    """All placeholders of a package.

    Answers by field id (`place`, `owner.family_name`), officials' forms (`decision.amount`), parameters and
    calculated values, days, `applicant.name` …, `reason.text`, `reason.advice`, `reason.basis`, `reasons`,
    `service.title`, `case.number`, `case.authority`, `appeal.text`.
    """
    base = document["languages"][0]
    found: dict[str, Spell] = {day: _day(day) for day in _DAYS}
    found |= {f"applicant.{name}": _part("applicant", name) for name in APPLICANT.fields if name != "kind"}
    found |= {f"case.{name}": _part("case", name) for name in ("number", "authority")}
    found |= {
        one["id"]: _value(one["id"], one["type"], document["legal"]["currency"])
        for one in (*document.get("parameters", ()), *document.get("calculate", ()))
    }
    for page in pages:
        for field in page.fields:
            found |= _of_field(field, "", base)
    for form in forms:
        for field in form.fields:
            found |= _of_field(field, form.id, base)
    found["service.title"] = _constant(document["title"], base)
    found["appeal.text"] = _constant(document["legal"]["appeal"].get("text") or {}, base)
    return found | _of_reasons(document["reasons"], base)


def _of_field(field: Field, group: str, base: str) -> dict[str, Spell]:
    name = f"{group}.{field.id}" if group else field.id
    found = {name: _answer(field, group, base)}
    if field.type in _BLOCKS and not group:
        found |= {f"{name}.{part}": _part(field.id, part) for part in field.parts}
    return found


def _answer(field: Field, group: str, base: str) -> Spell:
    def spell(values: Mapping[str, Any], language: str) -> str:
        around = values[group] if group else values
        return spelling.answer(field, around[field.id], language, base)

    return spell


def _part(group: str, name: str) -> Spell:
    return lambda values, language: spelling.part(name, values[group][name])


def _day(name: str) -> Spell:
    return lambda values, language: spelling.day(values[name])


def _value(name: str, kind: str, currency: str) -> Spell:
    return lambda values, language: spelling.value(kind, values[name], currency)


def _constant(text: Mapping[str, str], base: str) -> Spell:
    return lambda values, language: wording(text, language, base).text


def _of_reasons(reasons: Mapping[str, Any], base: str) -> dict[str, Spell]:
    def said(part: str, only_first: bool) -> Spell:
        def spell(values: Mapping[str, Any], language: str) -> str:
            given = values["reasons"][:1] if only_first else values["reasons"]
            texts = (wording(reasons[one].get(part), language, base).text for one in given if one in reasons)
            return "; ".join(text.rstrip(".") if not only_first else text for text in texts if text)

        return spell

    found = {f"reason.{part}": said(part, True) for part in ("text", "advice", "basis")}
    return found | {"reasons": said("text", False)}
