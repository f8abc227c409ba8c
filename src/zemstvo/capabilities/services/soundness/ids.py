"""Ids: each names one thing, and none that was given up comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from zemstvo.capabilities.services import scopes
from zemstvo.capabilities.services.faults import Path, shown
from zemstvo.capabilities.services.soundness.walking import Doc, all_actions, all_fields
from zemstvo.capabilities.services.texts import Report

_TAKEN = frozenset({*scopes.OF_THE_CASE, "answered", "reason", "reasons", "case", "service", "appeal", "row"})
"""Names that mean something of the case itself."""
DEEDS = frozenset({"suspend", "resume", "extend", "limit"})
"""What can be done in every service; no action of a package has these ids."""


def names_are_unique(document: Doc, report: Report) -> None:
    """Fields, parameters, calculated values and forms share one space of names: that of the expressions."""
    seen: dict[str, Path] = {}

    def name(path: Path, id: str) -> None:
        if id.startswith("local_"):
            report(
                path,
                shown(id),
                "an id that does not begin with local_ (those are a municipality's) is expected",
            )
        elif id in _TAKEN:
            report(path, shown(id), "another id (this name means something of the case itself) is expected")
        elif id in seen:
            report(path, shown(id), "an id that no other field, parameter, value or form has is expected")
        seen[id] = path

    for path, field in all_fields(document):
        name((*path, "id"), field["id"])
    for list_ in ("parameters", "calculate"):
        for place, one in enumerate(document.get(list_, ())):
            name((list_, place, "id"), one["id"])
    for id in document.get("forms", {}):
        name(("forms", id), id)


def lists_name_each_once(document: Doc, report: Report) -> None:
    """Pages, options of a field, actions of a state and examples: each id once."""
    _once(report, ("pages",), document["pages"])
    _once(report, ("examples",), document.get("examples", ()))
    for path, field in all_fields(document):
        _once(report, (*path, "options"), field.get("options", ()))
    for id, state in document["states"].items():
        _once(report, ("states", id, "actions"), state.get("actions", ()))
    for path, _, action in all_actions(document):
        if action["id"] in DEEDS:
            report(
                (*path, "id"),
                shown(action["id"]),
                "another id (this one is the same in every service) is expected",
            )


def _once(report: Report, path: Path, things: Iterable[Mapping[str, Any]]) -> None:
    seen: set[str] = set()
    for place, one in enumerate(things):
        if one["id"] in seen:
            report((*path, place, "id"), shown(one["id"]), "an id that is there only once is expected")
        seen.add(one["id"])


def ids_by_kind(document: Doc) -> dict[str, set[str]]:
    """All ids of a document by kind, as `retired` names them."""
    return {
        "fields": {field["id"] for _, field in all_fields(document)},
        "pages": {page["id"] for page in document["pages"]},
        "forms": set(document.get("forms", ())),
        "states": set(document["states"]),
        "actions": {action["id"] for _, _, action in all_actions(document)},
        "reasons": set(document["reasons"]),
        "evidence": set(document.get("evidence", ())),
        "documents": set(document.get("documents", ())),
        "parameters": {one["id"] for one in document.get("parameters", ())},
        "calculate": {one["id"] for one in document.get("calculate", ())},
    }


def retired_ids_stay_retired(document: Doc, report: Report) -> None:
    """An id of an earlier version that was given up never comes back."""
    living = ids_by_kind(document)
    for kind, ids in document.get("retired", {}).items():
        for place, id in enumerate(ids):
            if id in living[kind]:
                report(
                    ("retired", kind, place), shown(id), "an id that this version does not use is expected"
                )
