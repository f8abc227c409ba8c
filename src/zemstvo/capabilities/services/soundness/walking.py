"""Walking through the document of a package: its fields, its actions, and naming what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zemstvo.capabilities.services.faults import Path, shown
from zemstvo.capabilities.services.texts import Report

Doc = Mapping[str, Any]
"""A document whose shape is right."""


def all_fields(document: Doc) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Every field with its path: of pages, of forms, and of the rows of repeats."""
    for place, page in enumerate(document["pages"]):
        yield from _with_rows(("pages", place, "fields"), page["fields"])
    for id, form in document.get("forms", {}).items():
        yield from _with_rows(("forms", id, "fields"), form["fields"])


def all_actions(document: Doc) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    """Every action with its path and the state in which it is offered."""
    for id, state in document["states"].items():
        for place, action in enumerate(state.get("actions", ())):
            yield ("states", id, "actions", place), id, action


def _with_rows(path: Path, fields: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for place, field in enumerate(fields):
        yield (*path, place), field
        yield from _with_rows((*path, place, "fields"), field.get("fields", ()))


def demand_known(report: Report, path: Path, value: str, known: Iterable[str], what: str) -> bool:
    """Report unless a value is one of what is known; whether it is."""
    names = sorted(known)
    if value in names:
        return True
    wanted = f"{what}: one of {', '.join(names[:20])}" if names else f"{what}, and there is none,"
    report(path, shown(value), f"{wanted} is expected")
    return False
