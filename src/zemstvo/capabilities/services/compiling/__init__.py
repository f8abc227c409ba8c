"""From a document to a `Package`: ids become objects, terms and conditions are parsed and compiled once.

The same code checks and builds. While checking, `report` takes each fault and a stand-in goes on in its
place, so that all faults are found in one run; a published document has none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from zemstvo.capabilities.services import parts
from zemstvo.capabilities.services.answers import Plan
from zemstvo.capabilities.services.compiling.asking import forms_of, pages_of, row_defaults
from zemstvo.capabilities.services.compiling.following import (
    calculations_of,
    check_placeholders,
    eligible_of,
    states_of,
    templates_of,
)
from zemstvo.capabilities.services.compiling.plain import (
    evidence_of,
    fitting_reasons,
    legal_of,
    parameters_of,
    purpose_of,
    reasons_of,
    result_of,
)
from zemstvo.capabilities.services.compiling.reader import Reader
from zemstvo.capabilities.services.expressions.types import Kind, Type
from zemstvo.capabilities.services.faults import Path
from zemstvo.capabilities.services.package import Local, Package
from zemstvo.capabilities.services.spells import spells_of
from zemstvo.capabilities.services.texts import Report

__all__ = [
    "DocumentIsFaulty",
    "canonical",
    "compile_package",
    "digest",
    "fitting_reasons",
    "purpose_of",
]


class DocumentIsFaulty(ValueError):
    """A document that was published without having been checked, or is not the one that was published."""


def _raise(path: Path, value: str, expected: str) -> None:
    raise DocumentIsFaulty(f"{path}: {value}; {expected}")


def canonical(document: Mapping[str, Any]) -> str:
    """The text of a document as stored and digested: no spaces, in the order written, which has a meaning."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a canonical text, in hex."""
    return sha256(text.encode()).hexdigest()


def compile_package(
    document: Mapping[str, Any], *, local: Local | None = None, report: Report = _raise
) -> Package:
    """The package of a document in which every text stands by language.

    Raises DocumentIsFaulty at the first fault, unless `report` takes the faults.
    """
    reader = Reader(document, report, is_checking=report is not _raise)
    pages = pages_of(reader)
    calculations = calculations_of(reader)
    forms = forms_of(reader)
    reader.scope["reason"] = Type(Kind.CHOICE, options=frozenset(document["reasons"]))
    templates, spells = templates_of(reader), spells_of(document, pages, forms.values())
    check_placeholders(reader, templates, spells)
    parameters = parameters_of(document)
    known = {one.id: one.value for one in parameters}
    rows = row_defaults(document)
    return Package(
        service=document["service"],
        version=document["version"],
        digest=digest(canonical(document)),
        languages=tuple(document["languages"]),
        level=document["level"],
        title=document["title"],
        summary=document["summary"],
        audience=tuple(document["audience"]),
        life_events=tuple(document.get("life_events", ())),
        keywords=tuple(document.get("keywords", ())),
        bring=tuple(document.get("bring", ())),
        minutes=document.get("minutes", 0),
        legal=legal_of(document["legal"]),
        channels=tuple(document["channels"]),
        parameters=parameters,
        pages=pages,
        forms=forms,
        eligible=eligible_of(reader),
        calculations=calculations,
        result=result_of(document),
        evidence=evidence_of(document),
        states=states_of(reader),
        reasons=reasons_of(document),
        templates=templates,
        slots=frozenset(document.get("local", ())),
        doubts=tuple(parts.Doubt(one["path"], one["note"]) for one in document.get("unverified", ())),
        examples=tuple(document.get("examples", ())),
        local=local or Local(),
        _plan=Plan.of(pages, rows, reader.base),
        _form_plans={form.id: _form_plan(form, rows, reader.base) for form in forms.values()},
        _defaults={name: type_.default() for name, type_ in reader.scope.items()} | known,
        _spells=spells,
    )


def _form_plan(form: parts.Form, rows: Mapping[str, Mapping[str, Any]], base: str) -> Plan:
    return Plan.of((parts.Page(id=form.id, title=form.title, fields=form.fields),), rows, base)
