"""What follows from the answers: calculated values, eligibility, states and actions, letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zemstvo.capabilities.services import parts, scopes
from zemstvo.capabilities.services.compiling.plain import fitting_reasons
from zemstvo.capabilities.services.compiling.reader import Reader
from zemstvo.capabilities.services.expressions.running import Expression
from zemstvo.capabilities.services.expressions.types import Kind
from zemstvo.capabilities.services.faults import Path, bare
from zemstvo.capabilities.services.letters import Paragraph, Row, Sentence, Table, Template
from zemstvo.ground.territory.rules import Term

_CALCULATED = {
    "money": (Kind.MONEY,),
    "number": (Kind.NUMBER,),
    "date": (Kind.DATE,),
    "text": (Kind.TEXT,),
    "yes_no": (Kind.YES_NO,),
}


def calculations_of(reader: Reader) -> tuple[parts.Calculation, ...]:
    """The calculated values; each joins the scope behind it."""
    found = []
    for place, one in enumerate(reader.document.get("calculate", ())):
        path: Path = ("calculate", place, "value")
        value = reader.expression(one["value"], path, reader.scope, *_CALCULATED[one["type"]])
        found.append(parts.Calculation(one["id"], one["type"], value, one["label"], one["means"]))
        reader.scope[one["id"]] = scopes.SIMPLE[one["type"]]
    return tuple(found)


def eligible_of(reader: Reader) -> tuple[parts.Eligibility, ...]:
    """The conditions of eligibility."""
    return tuple(
        parts.Eligibility(
            reader.expression(one["when"], ("eligibility", place, "when"), reader.scope, Kind.YES_NO),
            one["means"],
            one["else"],
        )
        for place, one in enumerate(reader.document.get("eligibility", ()))
    )


def states_of(reader: Reader) -> tuple[parts.State, ...]:
    """The states with their actions; the first is where every case begins."""
    return tuple(_state(reader, id, one) for id, one in reader.document["states"].items())


def templates_of(reader: Reader) -> dict[str, Template]:
    """The templates of letters."""
    documents = reader.document.get("documents", {})
    return {id: _template(reader, id, one) for id, one in documents.items()}


def _state(reader: Reader, id: str, one: Mapping[str, Any]) -> parts.State:
    limit = one.get("on_limit")
    return parts.State(
        id=id,
        label=one["label"],
        status=one.get("status") or one["label"],
        clock=_term(one.get("clock")),
        waits_for=one.get("waits_for", "authority"),
        limit=_term(one.get("limit")),
        on_limit=parts.OnLimit(limit["to"], limit["reason"]) if limit else None,
        final=parts.Final(one["final"]) if "final" in one else None,
        actions=tuple(
            _action(reader, action, ("states", id, "actions", place))
            for place, action in enumerate(one.get("actions", ()))
        ),
    )


def _action(reader: Reader, one: Mapping[str, Any], path: Path) -> parts.Action:
    reason = one.get("reason", "none")
    return parts.Action(
        id=one["id"],
        label=one["label"],
        by=one["by"],
        to=one["to"],
        form=one.get("form", ""),
        reason=reason,
        reasons=() if reason == "none" else fitting_reasons(reader.document, one),
        not_same_as=one.get("not_same_as", ""),
        document=one.get("document", ""),
        when=reader.condition(one.get("when"), (*path, "when")),
        marks=frozenset(parts.Mark(mark) for mark in one.get("marks", ())),
    )


def _template(reader: Reader, id: str, one: Mapping[str, Any]) -> Template:
    path: Path = ("documents", id)
    table = one.get("table")
    return Template(
        id,
        one["kind"],
        Sentence.of(one["title"], reader.base),
        tuple(
            Paragraph(
                Sentence.of(paragraph["text"], reader.base),
                _part_condition(reader, paragraph, (*path, "paragraphs", place)),
            )
            for place, paragraph in enumerate(one["paragraphs"])
        ),
        table
        and Table(
            Sentence.of(table["title"], reader.base) if "title" in table else None,
            tuple(
                Row(
                    Sentence.of(row["label"], reader.base),
                    Sentence.of(row["value"], reader.base),
                    _part_condition(reader, row, (*path, "table", "rows", place)),
                )
                for place, row in enumerate(table["rows"])
            ),
        ),
    )


def _part_condition(reader: Reader, one: Mapping[str, Any], path: Path) -> Expression | None:
    if "when" not in one:
        return None
    return reader.expression(one["when"], (*path, "when"), reader.scope, Kind.YES_NO)


def check_placeholders(reader: Reader, templates: Mapping[str, Template], spells: Mapping[str, Any]) -> None:
    """Report the placeholders that name no value."""
    for id, template in templates.items():
        for place, sentence in template.sentences():
            for language, name in sentence.names():
                if name not in spells:
                    reader.report(
                        ("documents", id, *place),
                        bare(f"{{{name}}} ({language})"),
                        f"one of {', '.join(sorted(spells))} is expected between braces",
                    )


def _term(text: str | None) -> Term | None:
    return None if text is None else Term.parse(text)
