"""Values: bounds in their order, days that exist, parameters of their type, examples at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zemstvo.capabilities.services.faults import Path, bare, shown
from zemstvo.capabilities.services.soundness.walking import Doc, all_fields
from zemstvo.capabilities.services.texts import Report

_TYPES: Mapping[str, type] = {"money": int, "number": int, "date": str, "text": str, "yes_no": bool}


def bounds_make_sense(document: Doc, report: Report) -> None:
    """What is least is not above what is greatest; parts that may stay empty are asked."""
    for path, field in all_fields(document):
        least, greatest = field.get("min"), field.get("max")
        if field["type"] == "date":
            _days_exist(path, field, report)
        if isinstance(least, int) and isinstance(greatest, int) and least > greatest:
            report((*path, "min"), shown(least), f"at most the max of {greatest} is expected")
        if field["type"] == "choices" and isinstance(least, int) and least > len(field["options"]):
            report((*path, "min"), shown(least), f"at most the {len(field['options'])} options are expected")
        for place, part in enumerate(field.get("optional", ()) if "ask" in field else ()):
            if part not in field["ask"]:
                report((*path, "optional", place), shown(part), "a part that is asked is expected")


def _days_exist(path: Path, field: Mapping[str, Any], report: Report) -> None:
    for key in ("min", "max"):
        if field.get(key, "today") != "today" and not is_day(field[key]):
            report((*path, key), shown(field[key]), "a day that exists is expected")


def is_day(value: Any) -> bool:
    """Whether a text is a day of the calendar."""
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def parameters_have_their_type(document: Doc, report: Report) -> None:
    """The value of a parameter is of its type, and what is local needs its slot."""
    for place, one in enumerate(document.get("parameters", ())):
        if not has_type(one["value"], one["type"]):
            report(
                ("parameters", place, "value"),
                shown(one["value"]),
                f"a value of the type {one['type']} is expected",
            )
        if one.get("local") and "parameters" not in document.get("local", ()):
            report(("parameters", place, "local"), shown(True), "the slot parameters is expected in local")


def has_type(value: Any, kind: str) -> bool:
    """Whether a value fits the type of a parameter; money in minor units, a date as YYYY-MM-DD."""
    return type(value) is _TYPES[kind] and (kind != "date" or is_day(value))


def examples_are_there(document: Doc, report: Report) -> None:
    """A package without an example cannot be tried, checked or learnt."""
    if not document.get("examples"):
        report((), bare("without examples"), "at least one example is expected in examples/")
