"""What is asked: pages, officials' forms, fields, the rows of repeats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zemstvo.capabilities.services import parts, scopes
from zemstvo.capabilities.services.compiling.reader import Reader
from zemstvo.capabilities.services.expressions.patterns import pattern_fault
from zemstvo.capabilities.services.expressions.types import Kind, Type
from zemstvo.capabilities.services.faults import Path, shown

_PARTS = {
    "person": ("family_name", "given_name", "patronymic", "born_on", "snils"),
    "organisation": ("name", "inn", "ogrn"),
    "address": ("text", "postcode", "oktmo"),
}
_OPTIONAL = {"person": ("patronymic",), "organisation": (), "address": ("postcode", "oktmo")}
_PERSONAL = frozenset({"person", "address", "phone", "email", "file"})
_ALWAYS_ASKED = {"person": ("family_name", "given_name")}


def pages_of(reader: Reader) -> tuple[parts.Page, ...]:
    """The pages; each field joins the scope behind it, and afterwards the officials' forms do, as groups."""
    pages = tuple(_page(reader, one, ("pages", place)) for place, one in enumerate(reader.document["pages"]))
    for id, form in reader.document.get("forms", {}).items():
        reader.scope[id] = Type(Kind.GROUP, fields=scopes.types_of_fields(form["fields"]))
    return pages


def forms_of(reader: Reader) -> dict[str, parts.Form]:
    """The officials' forms, whose conditions see all answers and their own earlier fields, bare."""
    return {id: _form(reader, id, one) for id, one in reader.document.get("forms", {}).items()}


def row_defaults(document: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """For each repeat, what the fields of a row are when they are unanswered."""
    return {
        one["id"]: {name: type_.default() for name, type_ in scopes.types_of_fields(one["fields"]).items()}
        for one in _outer_fields(document)
        if one["type"] == "repeat"
    }


def _outer_fields(document: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    for page in document["pages"]:
        yield from page["fields"]
    for form in document.get("forms", {}).values():
        yield from form["fields"]


def _page(reader: Reader, one: Mapping[str, Any], path: Path) -> parts.Page:
    show = reader.condition(one.get("show"), (*path, "show"))
    fields = tuple(
        _field(reader, field, (*path, "fields", place)) for place, field in enumerate(one["fields"])
    )
    return parts.Page(id=one["id"], title=one["title"], lead=one.get("lead"), show=show, fields=fields)


def _form(reader: Reader, id: str, one: Mapping[str, Any]) -> parts.Form:
    outside = dict(reader.scope)
    del reader.scope[id]
    path: Path = ("forms", id, "fields")
    fields = tuple(_field(reader, field, (*path, place)) for place, field in enumerate(one["fields"]))
    reader.scope = outside
    return parts.Form(id=id, title=one["title"], fields=fields)


def _field(reader: Reader, one: Mapping[str, Any], path: Path, *, is_in_row: bool = False) -> parts.Field:
    show = reader.condition(one.get("show"), (*path, "show"))
    type_ = scopes.type_of_field(one)
    rows: tuple[parts.Field, ...] = ()
    if one["type"] == "repeat":
        rows = _rows(reader, one, path)
    reader.scope[one["id"]] = type_
    if not is_in_row:
        known = reader.scope["answered"].fields
        reader.scope["answered"] = scopes.group_of_answered((*known, one["id"]))
    valid = tuple(
        parts.Validity(
            reader.expression(each["when"], (*path, "valid", place, "when"), reader.scope, Kind.YES_NO),
            each["message"],
        )
        for place, each in enumerate(one.get("valid", ()))
    )
    if "pattern" in one and (fault := pattern_fault(one["pattern"])):
        reader.report((*path, "pattern"), shown(one["pattern"]), f"{fault} is expected")
        one = {**one, "pattern": ""}
    return field_of(one, show, valid, rows, reader.document["legal"]["currency"])


def _rows(reader: Reader, one: Mapping[str, Any], path: Path) -> tuple[parts.Field, ...]:
    outside = dict(reader.scope)
    rows = tuple(
        _field(reader, row, (*path, "fields", place), is_in_row=True)
        for place, row in enumerate(one["fields"])
    )
    reader.scope = outside
    return rows


def field_of(
    one: Mapping[str, Any],
    show: parts.Condition | None,
    valid: tuple[parts.Validity, ...],
    rows: tuple[parts.Field, ...],
    currency: str,
) -> parts.Field:
    """A field of a document as an object, what is not said filled in."""
    kind = one["type"]
    is_text, is_file = kind in ("text", "long_text"), kind == "file"
    return parts.Field(
        id=one["id"],
        type=parts.FieldType(kind),
        label=one["label"],
        hint=one.get("hint"),
        required=one.get("required", True),
        show=show,
        valid=valid,
        search=one.get("search", False),
        personal=one.get("personal", kind in _PERSONAL),
        prefill=one.get("prefill", ""),
        evidence=one.get("evidence", ""),
        on_failure=one.get("on_failure", ""),
        max_length=one.get("max_length", 200 if kind == "text" else 4000) if is_text else 0,
        pattern=one.get("pattern", ""),
        pattern_message=one.get("message"),
        min=one.get("min", 0 if kind == "money" else None),
        max=one.get("max", 20 if kind == "repeat" else None),
        unit=one.get("unit"),
        currency=one.get("currency", currency) if kind == "money" else "",
        options=_options_of(one),
        parts=_parts_of(one, kind),
        optional=frozenset(one.get("optional", _OPTIONAL.get(kind, ()))),
        fields=rows,
        row_title=one.get("row_title"),
        accept=tuple(one.get("accept", ("pdf", "jpg", "png"))) if is_file else (),
        max_bytes=one.get("max_bytes", 10_000_000) if is_file else 0,
        max_files=one.get("max_files", 1) if is_file else 0,
        statement=one.get("statement"),
    )


def _options_of(one: Mapping[str, Any]) -> tuple[parts.Option, ...]:
    offered = one.get("options", ())
    return tuple(parts.Option(option["id"], option["label"], option.get("hint")) for option in offered)


def _parts_of(one: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """What a block asks for: of a person, what the package wants besides what is always asked."""
    asked = {*one.get("ask", ("patronymic", "born_on", "snils")), *_ALWAYS_ASKED.get(kind, ())}
    return tuple(part for part in _PARTS.get(kind, ()) if kind != "person" or part in asked)
