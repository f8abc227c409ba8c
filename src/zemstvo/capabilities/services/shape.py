"""The published JSON Schema of a package, and what it refuses, said with place, value and expectation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import jsonschema_rs

from zemstvo.capabilities.services.faults import Path, bare, shown

SCHEMA_FILE = FilePath(__file__).parent / "schema" / "service.schema.json"
_TYPES = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping",
}

Complaint = tuple[Path, str, str]
"""Where in the document, what stands there, what is expected."""


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a package (2020-12)."""
    found: dict[str, Any] = json.loads(SCHEMA_FILE.read_text())
    return found


@cache
def _validator(part: str) -> jsonschema_rs.Draft202012Validator:
    if not part:
        return jsonschema_rs.Draft202012Validator(schema())
    return jsonschema_rs.Draft202012Validator(_alone(part))


def _alone(part: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{part}", "$defs": schema()["$defs"]}


def complaints(document: Any, part: str = "") -> list[Complaint]:
    """What the schema refuses in a document; `part` names a definition (example) instead of the whole."""
    whole = _alone(part) if part else schema()
    found = [
        complaint
        for error in _validator(part).iter_errors(document)
        for complaint in _said(error, whole, document)
    ]
    return list(dict.fromkeys(found))


def _said(error: jsonschema_rs.ValidationError, whole: dict[str, Any], document: Any) -> Iterator[Complaint]:
    path: Path = tuple(error.instance_path)
    keyword, kind = error.kind.name, error.kind
    node = _node(whole, error.schema_path[:-1])
    if keyword == "required":
        yield path, "", f"the property {kind.property} is expected"  # type: ignore[attr-defined]
    elif keyword in ("additionalProperties", "unevaluatedProperties", "falseSchema"):
        yield from _strangers(error, path, node, document)
    elif keyword == "propertyNames":
        names = node.get("propertyNames", node)
        wanted = (
            f"one of {', '.join(names['enum'])}" if "enum" in names else f"a short id like {names['pattern']}"
        )
        for key in error.instance:  # type: ignore[union-attr]
            if not jsonschema_rs.is_valid(names, key):
                yield (*path, str(key)), bare("no id here"), f"{wanted} is expected"
    else:
        yield path, shown(error.instance), _expectation(keyword, kind, node)


def _strangers(
    error: jsonschema_rs.ValidationError, path: Path, node: Mapping[str, Any], document: Any
) -> Iterator[Complaint]:
    if error.kind.name == "falseSchema":
        yield path, shown(error.instance), "nothing of this name is expected here"
        return
    known = _known_properties(node, _at(document, path))
    for name in error.kind.unexpected:  # type: ignore[attr-defined]
        if name not in known:
            wanted = f"one of {', '.join(sorted(known))} is expected"
            yield (*path, name), bare("unknown here"), wanted


def _known_properties(node: Mapping[str, Any], instance: Any) -> set[str]:
    """The properties of a schema node, and of those that it refers to for this instance."""
    found = set(node.get("properties", ()))
    if "$ref" in node:
        found |= _known_properties(_node(schema(), node["$ref"].removeprefix("#/").split("/")), instance)
    for branch in node.get("allOf", ()):
        wanted = branch.get("if", {}).get("properties", {}).get("type", {}).get("const")
        if wanted is not None and isinstance(instance, dict) and instance.get("type") == wanted:
            found |= _known_properties(branch["then"], instance)
    for word in ("then", "else"):
        if word in node and _takes(node["if"], instance) is (word == "then"):
            found |= _known_properties(node[word], instance)
    return found


def _takes(condition: dict[str, Any], instance: Any) -> bool:
    return jsonschema_rs.is_valid(condition, instance)


def _node(whole: Any, path: Any) -> Any:
    for step in path:
        whole = whole[step]
    return whole


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _expectation(keyword: str, kind: Any, node: Mapping[str, Any]) -> str:
    if keyword == "type":
        wanted = node["type"]
        names = wanted if isinstance(wanted, list) else [wanted]
        return f"{' or '.join(_TYPES[name] for name in names)} is expected"
    if keyword == "enum":
        return f"one of {', '.join(str(option) for option in node['enum'])} is expected"
    if keyword == "const":
        return f"{node['const']} is expected"
    if keyword in _LIMITS:
        return _LIMITS[keyword] % (node[keyword],)
    described = str(node.get("description", "")).rstrip(".")
    return f"this is expected: {described}" if described else f"another value is expected ({keyword})"


_LIMITS = {
    "minLength": "at least %s characters are expected",
    "maxLength": "at most %s characters are expected",
    "minimum": "a number of at least %s is expected",
    "maximum": "a number of at most %s is expected",
    "minItems": "at least %s in the list are expected",
    "maxItems": "at most %s in the list are expected",
    "minProperties": "at least %s properties are expected",
    "maxProperties": "at most %s properties are expected",
}
