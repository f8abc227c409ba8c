"""From a document to a `Package`: ids become objects, terms and conditions are parsed and compiled once.

The same code checks and builds. While checking, `report` takes each fault and a stand-in goes on in its
place, so that all faults are found in one run; a published document has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from zemstvo.capabilities.services import parts, scopes
from zemstvo.capabilities.services.answers import Plan
from zemstvo.capabilities.services.expressions.patterns import pattern_fault
from zemstvo.capabilities.services.expressions.running import Expression, ExpressionFailed, compile_expression
from zemstvo.capabilities.services.expressions.tree import ExpressionFault
from zemstvo.capabilities.services.expressions.types import Kind, Scope, Type
from zemstvo.capabilities.services.faults import Path, bare, shown
from zemstvo.capabilities.services.letters import Paragraph, Row, Sentence, Table, Template
from zemstvo.capabilities.services.package import Local, Package
from zemstvo.capabilities.services.spells import spells_of
from zemstvo.capabilities.services.texts import Report
from zemstvo.ground.territory.rules import Term

_STAND_IN = {Kind.YES_NO: "true", Kind.NUMBER: "0", Kind.MONEY: "0", Kind.TEXT: "''", Kind.DATE: "today"}
_CALCULATED = {
    "money": (Kind.MONEY,),
    "number": (Kind.NUMBER,),
    "date": (Kind.DATE,),
    "text": (Kind.TEXT,),
    "yes_no": (Kind.YES_NO,),
}
_PARTS = {
    "person": ("family_name", "given_name", "patronymic", "born_on", "snils"),
    "organisation": ("name", "inn", "ogrn"),
    "address": ("text", "postcode", "oktmo"),
}
_OPTIONAL = {"person": ("patronymic",), "organisation": (), "address": ("postcode", "oktmo")}
_PERSONAL = frozenset({"person", "address", "phone", "email", "file"})
_ALWAYS_ASKED = {"person": ("family_name", "given_name")}


class DocumentIsFaulty(ValueError):
    """A document that was published without having been checked."""


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
    """The package of a document in which every text stands by language."""
    return _Compiler(document, report).package(local or Local())


class _Compiler:
    """One walk over one document. `_scope` grows as fields and calculated values are met."""

    def __init__(self, document: Mapping[str, Any], report: Report) -> None:
        self._document = document
        self._report = report
        self._is_checking = report is not _raise
        self._base = document["languages"][0]
        self._scope: dict[str, Type] = dict(scopes.OF_THE_CASE)
        for one in document.get("parameters", ()):
            self._scope[one["id"]] = scopes.SIMPLE[one["type"]]
        self._answered: list[str] = []
        self._scope["answered"] = scopes.group_of_answered(())

    def package(self, local: Local) -> Package:
        document = self._document
        pages = tuple(self._page(one, ("pages", place)) for place, one in enumerate(document["pages"]))
        self._open_forms()
        calculations = self._calculations()
        forms = {id: self._form(id, one) for id, one in document.get("forms", {}).items()}
        self._scope["reason"] = Type(Kind.CHOICE, options=frozenset(document["reasons"]))
        defaults = {name: type_.default() for name, type_ in self._scope.items()}
        defaults |= {one["id"]: one["value"] for one in document.get("parameters", ())}
        fields = [field for page in pages for field in page.fields]
        rows = {one.id: self._row_defaults(one) for one in fields if one.type is parts.FieldType.REPEAT}
        form_rows = {
            field.id: self._row_defaults(field)
            for form in forms.values()
            for field in form.fields
            if field.type is parts.FieldType.REPEAT
        }
        spells, templates = spells_of(document, pages, forms.values()), self._templates()
        self._check_placeholders(templates, spells)
        plain = self._plain()
        return Package(
            pages=pages,
            forms=forms,
            calculations=calculations,
            eligible=self._eligible(),
            states=tuple(self._state(id, one) for id, one in document["states"].items()),
            templates=templates,
            local=local,
            _plan=Plan.of(pages, rows, self._base),
            _form_plans={
                form.id: Plan.of(
                    (parts.Page(id=form.id, title=form.title, fields=form.fields),), form_rows, self._base
                )
                for form in forms.values()
            },
            _defaults=defaults,
            _spells=spells,
            **plain,
        )

    # Expressions

    def _expression(self, source: str, path: Path, scope: Scope, *kinds: Kind) -> Expression:
        try:
            expression = compile_expression(source, scope, *kinds)
        except ExpressionFault as fault:
            self._report(path, shown(source), str(fault))
            return compile_expression(_STAND_IN[kinds[0]], scopes.OF_THE_CASE)
        if self._is_checking:
            self._try(expression, path, scope)
        return expression

    def _try(self, expression: Expression, path: Path, scope: Scope) -> None:
        """Reckon once with nothing answered: what breaks on that would break on a draft."""
        try:
            expression({name: scope[name].default() for name in expression.names})
        except ExpressionFailed as failure:
            wanted = f"an expression that can be reckoned with nothing answered is expected ({failure})"
            self._report(path, shown(expression.source), wanted)

    def _condition(self, one: Mapping[str, Any] | None, path: Path) -> parts.Condition | None:
        if one is None:
            return None
        return parts.Condition(
            self._expression(one["when"], (*path, "when"), self._scope, Kind.YES_NO), one["means"]
        )

    # What is asked

    def _page(self, one: Mapping[str, Any], path: Path) -> parts.Page:
        show = self._condition(one.get("show"), (*path, "show"))
        fields = tuple(
            self._field(field, (*path, "fields", place)) for place, field in enumerate(one["fields"])
        )
        return parts.Page(id=one["id"], title=one["title"], lead=one.get("lead"), show=show, fields=fields)

    def _form(self, id: str, one: Mapping[str, Any]) -> parts.Form:
        outside = dict(self._scope)
        del self._scope[id]
        path: Path = ("forms", id, "fields")
        fields = tuple(self._field(field, (*path, place)) for place, field in enumerate(one["fields"]))
        self._scope = outside
        return parts.Form(id=id, title=one["title"], fields=fields)

    def _open_forms(self) -> None:
        """The officials' forms are groups for whatever comes after the applicant's answers."""
        for id, form in self._document.get("forms", {}).items():
            self._scope[id] = Type(Kind.GROUP, fields=scopes.types_of_fields(form["fields"]))

    def _field(self, one: Mapping[str, Any], path: Path, *, is_in_row: bool = False) -> parts.Field:
        show = self._condition(one.get("show"), (*path, "show"))
        type_ = scopes.type_of_field(one)
        rows: tuple[parts.Field, ...] = ()
        if one["type"] == "repeat":
            rows = self._rows(one, path)
        self._scope[one["id"]] = type_
        if not is_in_row:
            self._answered.append(one["id"])
            self._scope["answered"] = scopes.group_of_answered(self._answered)
        valid = tuple(
            parts.Validity(
                self._expression(each["when"], (*path, "valid", place, "when"), self._scope, Kind.YES_NO),
                each["message"],
            )
            for place, each in enumerate(one.get("valid", ()))
        )
        if "pattern" in one and (fault := pattern_fault(one["pattern"])):
            self._report((*path, "pattern"), shown(one["pattern"]), f"{fault} is expected")
            one = {**one, "pattern": ""}
        return field_of(one, show, valid, rows, self._document["legal"]["currency"])

    def _rows(self, one: Mapping[str, Any], path: Path) -> tuple[parts.Field, ...]:
        outside = dict(self._scope)
        rows = tuple(
            self._field(row, (*path, "fields", place), is_in_row=True)
            for place, row in enumerate(one["fields"])
        )
        self._scope = outside
        return rows

    def _row_defaults(self, field: parts.Field) -> dict[str, Any]:
        for one in self._all_fields():
            if one["id"] == field.id:
                types = scopes.types_of_fields(one["fields"])
                return {name: type_.default() for name, type_ in types.items()}
        raise KeyError(field.id)

    def _all_fields(self) -> Iterable[Mapping[str, Any]]:
        for page in self._document["pages"]:
            yield from page["fields"]
        for form in self._document.get("forms", {}).values():
            yield from form["fields"]

    # What follows

    def _calculations(self) -> tuple[parts.Calculation, ...]:
        found = []
        for place, one in enumerate(self._document.get("calculate", ())):
            path: Path = ("calculate", place, "value")
            value = self._expression(one["value"], path, self._scope, *_CALCULATED[one["type"]])
            found.append(parts.Calculation(one["id"], one["type"], value, one["label"], one["means"]))
            self._scope[one["id"]] = scopes.SIMPLE[one["type"]]
        return tuple(found)

    def _eligible(self) -> tuple[parts.Eligibility, ...]:
        return tuple(
            parts.Eligibility(
                self._expression(one["when"], ("eligibility", place, "when"), self._scope, Kind.YES_NO),
                one["means"],
                one["else"],
            )
            for place, one in enumerate(self._document.get("eligibility", ()))
        )

    # How it runs

    def _state(self, id: str, one: Mapping[str, Any]) -> parts.State:
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
                self._action(action, ("states", id, "actions", place))
                for place, action in enumerate(one.get("actions", ()))
            ),
        )

    def _action(self, one: Mapping[str, Any], path: Path) -> parts.Action:
        reason = one.get("reason", "none")
        return parts.Action(
            id=one["id"],
            label=one["label"],
            by=one["by"],
            to=one["to"],
            form=one.get("form", ""),
            reason=reason,
            reasons=() if reason == "none" else fitting_reasons(self._document, one),
            not_same_as=one.get("not_same_as", ""),
            document=one.get("document", ""),
            when=self._condition(one.get("when"), (*path, "when")),
            marks=frozenset(parts.Mark(mark) for mark in one.get("marks", ())),
        )

    # Letters

    def _templates(self) -> dict[str, Template]:
        return {id: self._template(id, one) for id, one in self._document.get("documents", {}).items()}

    def _template(self, id: str, one: Mapping[str, Any]) -> Template:
        path: Path = ("documents", id)
        table = one.get("table")
        return Template(
            id,
            one["kind"],
            Sentence.of(one["title"], self._base),
            tuple(
                Paragraph(
                    Sentence.of(paragraph["text"], self._base),
                    self._part_condition(paragraph, (*path, "paragraphs", place)),
                )
                for place, paragraph in enumerate(one["paragraphs"])
            ),
            table
            and Table(
                Sentence.of(table["title"], self._base) if "title" in table else None,
                tuple(
                    Row(
                        Sentence.of(row["label"], self._base),
                        Sentence.of(row["value"], self._base),
                        self._part_condition(row, (*path, "table", "rows", place)),
                    )
                    for place, row in enumerate(table["rows"])
                ),
            ),
        )

    def _part_condition(self, one: Mapping[str, Any], path: Path) -> Expression | None:
        if "when" not in one:
            return None
        return self._expression(one["when"], (*path, "when"), self._scope, Kind.YES_NO)

    def _check_placeholders(self, templates: Mapping[str, Template], spells: Mapping[str, Any]) -> None:
        for id, template in templates.items():
            for place, sentence in template.sentences():
                for language, name in sentence.names():
                    if name not in spells:
                        self._report(
                            ("documents", id, *place),
                            bare(f"{{{name}}} ({language})"),
                            f"one of {', '.join(sorted(spells))} is expected between braces",
                        )

    # What needs no scope

    def _plain(self) -> dict[str, Any]:
        document = self._document
        result = document.get("result")
        return {
            "service": document["service"],
            "version": document["version"],
            "digest": digest(canonical(document)),
            "languages": tuple(document["languages"]),
            "level": document["level"],
            "title": document["title"],
            "summary": document["summary"],
            "audience": tuple(document["audience"]),
            "life_events": tuple(document.get("life_events", ())),
            "keywords": tuple(document.get("keywords", ())),
            "bring": tuple(document.get("bring", ())),
            "minutes": document.get("minutes", 0),
            "legal": legal_of(document["legal"]),
            "channels": tuple(document["channels"]),
            "parameters": tuple(
                parts.Parameter(
                    one["id"],
                    one["type"],
                    one["value"],
                    one["label"],
                    one.get("source", ""),
                    one.get("local", False),
                )
                for one in document.get("parameters", ())
            ),
            "result": result
            and parts.Result(
                result["register"],
                result["title"],
                result.get("valid_until", ""),
                tuple(result.get("values", ())),
            ),
            "evidence": {
                id: parts.Evidence(
                    id=id,
                    title=one["title"],
                    holder=one["holder"],
                    due=Term.parse(one["due"]),
                    fallback=one["fallback"],
                    ask=one.get("ask", ""),
                    supplies=tuple(one.get("supplies", ())),
                )
                for id, one in document.get("evidence", {}).items()
            },
            "reasons": {
                id: parts.Reason(
                    id=id,
                    text=one["text"],
                    for_=frozenset(one["for"]),
                    field=one.get("field", ""),
                    advice=one.get("advice"),
                    basis=one.get("basis"),
                )
                for id, one in document["reasons"].items()
            },
            "slots": frozenset(document.get("local", ())),
            "doubts": tuple(parts.Doubt(one["path"], one["note"]) for one in document.get("unverified", ())),
            "examples": tuple(document.get("examples", ())),
        }


def purpose_of(document: Mapping[str, Any], action: Mapping[str, Any]) -> str:
    """For what a reason is given with an action: return, close or refuse."""
    target = document["states"].get(action["to"], {})
    if target.get("waits_for") == "applicant":
        return "return"
    return "close" if target.get("final") in ("closed", "withdrawn") else "refuse"


def fitting_reasons(document: Mapping[str, Any], action: Mapping[str, Any]) -> tuple[str, ...]:
    """The reasons that may be given with an action: those that it names, else all for its purpose."""
    if "reasons" in action:
        return tuple(action["reasons"])
    purpose = purpose_of(document, action)
    return tuple(id for id, reason in document["reasons"].items() if purpose in reason["for"])


def legal_of(one: Mapping[str, Any]) -> parts.Legal:
    """The legal frame of a document."""
    term = one["term"]
    terms = {"default": term} if isinstance(term, str) else term
    return parts.Legal(
        basis=tuple(parts.LegalBasis(act["title"], act.get("address", "")) for act in one["basis"]),
        register=Term.parse(one["register"]),
        terms={channel: term_from(text) for channel, text in terms.items()},
        silence=one["silence"],
        fee_minor=one["fee"],
        currency=one["currency"],
        retention=Term.parse(one["retention"]),
        appeal_term=Term.parse(one["appeal"]["term"]),
        appeal_text=one["appeal"].get("text"),
        suspend=_pause(one.get("suspend")),
        extend=_pause(one.get("extend")),
    )


def term_from(text: str) -> tuple[Term, str]:
    """`10wd from complete` as the term and its start; registered unless said."""
    term, _, start = text.partition(" from ")
    return Term.parse(term), start or "registered"


def _pause(one: Mapping[str, Any] | None) -> parts.Pause | None:
    if one is None:
        return None
    reasons = (one["on"],) if isinstance(one["on"], str) else tuple(one["on"])
    return parts.Pause(Term.parse(one["max"]), reasons)


def _term(text: str | None) -> Term | None:
    return None if text is None else Term.parse(text)


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
    asked = set(one.get("ask", ("patronymic", "born_on", "snils"))) | set(_ALWAYS_ASKED.get(kind, ()))
    block = tuple(part for part in _PARTS.get(kind, ()) if kind != "person" or part in asked)
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
        options=tuple(
            parts.Option(option["id"], option["label"], option.get("hint"))
            for option in one.get("options", ())
        ),
        parts=block,
        optional=frozenset(one.get("optional", _OPTIONAL.get(kind, ()))),
        fields=rows,
        row_title=one.get("row_title"),
        accept=tuple(one.get("accept", ("pdf", "jpg", "png"))) if is_file else (),
        max_bytes=one.get("max_bytes", 10_000_000) if is_file else 0,
        max_files=one.get("max_files", 1) if is_file else 0,
        statement=one.get("statement"),
    )
