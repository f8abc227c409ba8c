"""What the schema cannot say: that ids are unique, references lead somewhere, and every case can end.

Each check takes the document and a place to report to, and knows one thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from zemstvo.capabilities.services import scopes
from zemstvo.capabilities.services.compiling import fitting_reasons, purpose_of
from zemstvo.capabilities.services.faults import Path, bare, shown
from zemstvo.capabilities.services.texts import Report

Doc = Mapping[str, Any]
_TYPES: Mapping[str, type] = {"money": int, "number": int, "date": str, "text": str, "yes_no": bool}
_TAKEN = frozenset({*scopes.OF_THE_CASE, "answered", "reason", "reasons", "case", "service", "appeal", "row"})
"""Names that mean something of the case itself."""
DEEDS = frozenset({"suspend", "resume", "extend", "limit"})
"""What can be done in every service; no action of a package has these ids."""


def check_soundness(document: Doc, report: Report) -> None:
    """Report all that is not sound in a document whose shape is right."""
    for check in CHECKS:
        check(document, report)


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


def _known(report: Report, path: Path, value: str, known: Iterable[str], what: str) -> bool:
    names = sorted(known)
    if value in names:
        return True
    wanted = f"{what}: one of {', '.join(names[:20])}" if names else f"{what}, and there is none,"
    report(path, shown(value), f"{wanted} is expected")
    return False


# Ids


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


# References


def references_lead_somewhere(document: Doc, report: Report) -> None:
    """States, forms, documents, reasons, evidence and fields that are named exist."""
    states, reasons = document["states"], document["reasons"]
    forms, templates = document.get("forms", {}), document.get("documents", {})
    actions = {action["id"] for _, _, action in all_actions(document)}
    for path, _, action in all_actions(document):
        _known(report, (*path, "to"), action["to"], states, "a state")
        for key, known in (
            ("form", forms),
            ("document", templates),
            ("not_same_as", actions - {action["id"]}),
        ):
            if key in action:
                _known(report, (*path, key), action[key], known, f"a {key.replace('not_same_as', 'action')}")
        for place, reason in enumerate(action.get("reasons", ())):
            _known(report, (*path, "reasons", place), reason, reasons, "a reason")
    for id, state in states.items():
        if limit := state.get("on_limit"):
            _known(report, ("states", id, "on_limit", "to"), limit["to"], states, "a state")
            _known(report, ("states", id, "on_limit", "reason"), limit["reason"], reasons, "a reason")


def reasons_fit(document: Doc, report: Report) -> None:
    """A reason is used for what it is meant for, and where one must be given there is one to give."""
    reasons = document["reasons"]

    def fits(path: Path, id: str, purpose: str) -> None:
        known = {one for one, reason in reasons.items() if purpose in reason["for"]}
        _known(report, path, id, known, f"a reason that is for {purpose}")

    for place, one in enumerate(document.get("eligibility", ())):
        fits(("eligibility", place, "else"), one["else"], "refuse")
    for purpose in ("suspend", "extend"):
        for path, id in _on(document, purpose):
            fits(path, id, purpose)
    for id, state in document["states"].items():
        limit = state.get("on_limit")
        if limit and limit["reason"] in reasons and limit["to"] in document["states"]:
            fits(("states", id, "on_limit", "reason"), limit["reason"], purpose_of(document, limit))
    for path, _, action in all_actions(document):
        asks = action.get("reason", "none") != "none"
        if asks and action["to"] in document["states"] and not fitting_reasons(document, action):
            purpose = purpose_of(document, action)
            report((*path, "reason"), shown(action["reason"]), f"a reason that is for {purpose} is expected")
        if not asks and "reasons" in action:
            report(
                (*path, "reasons"),
                shown(action["reasons"]),
                "reason: required or optional is expected beside it",
            )


def _on(document: Doc, purpose: str) -> Iterator[tuple[Path, str]]:
    pause = document["legal"].get(purpose)
    if pause is None:
        return
    if isinstance(pause["on"], str):
        yield ("legal", purpose, "on"), pause["on"]
    else:
        yield from ((("legal", purpose, "on", place), id) for place, id in enumerate(pause["on"]))


def fields_and_evidence_know_each_other(document: Doc, report: Report) -> None:
    """Evidence that a field names exists, and what evidence supplies is a field."""
    fields = {field["id"] for _, field in all_fields(document)}
    evidence = document.get("evidence", {})
    for path, field in all_fields(document):
        if "evidence" in field:
            _known(report, (*path, "evidence"), field["evidence"], evidence, "a piece of evidence")
        elif "on_failure" in field:
            report((*path, "on_failure"), shown(field["on_failure"]), "evidence is expected beside it")
    for id, one in evidence.items():
        for place, field_id in enumerate(one.get("supplies", ())):
            _known(report, ("evidence", id, "supplies", place), field_id, fields, "a field")
    for id, reason in document["reasons"].items():
        if "field" in reason:
            _known(report, ("reasons", id, "field"), reason["field"], fields, "a field")


def the_result_is_calculated(document: Doc, report: Report) -> None:
    """What stands in the register of results is calculated, and its end is a day."""
    calculated = {one["id"]: one["type"] for one in document.get("calculate", ())}
    result = document.get("result", {})
    days = {id for id, kind in calculated.items() if kind == "date"}
    if "valid_until" in result:
        _known(report, ("result", "valid_until"), result["valid_until"], days, "a calculated date")
    for place, id in enumerate(result.get("values", ())):
        _known(report, ("result", "values", place), id, calculated, "a calculated value")
    for path, field in all_fields(document):
        prefill = field.get("prefill", "")
        if prefill.startswith("calculated."):
            if path[0] != "forms":
                report(
                    (*path, "prefill"),
                    shown(prefill),
                    "profile.… or earlier is expected outside officials' forms",
                )
            else:
                _known(
                    report,
                    (*path, "prefill"),
                    prefill.removeprefix("calculated."),
                    calculated,
                    "a calculated value",
                )


def paths_exist(document: Doc, report: Report) -> None:
    """What is named as unverified or as supported by a source stands in the package."""
    for place, one in enumerate(document.get("unverified", ())):
        if not _exists(document, one["path"]):
            report(("unverified", place, "path"), shown(one["path"]), "a path of this file is expected")
    for place, source in enumerate(document.get("sources", ())):
        for which, path in enumerate(source["supports"]):
            if not _exists(document, path):
                report(("sources", place, "supports", which), shown(path), "a path of this file is expected")


def _exists(value: Any, path: str) -> bool:
    """Whether a dotted path leads somewhere; list members are named by id or counted from 1."""
    if not path:
        return True
    if isinstance(value, list):
        step, _, rest = path.partition(".")
        for place, one in enumerate(value):
            if step == str(place + 1) or (isinstance(one, dict) and one.get("id") == step):
                return _exists(one, rest)
        return False
    if not isinstance(value, dict):
        return False
    keys = sorted((key for key in value if path == key or path.startswith(f"{key}.")), key=len, reverse=True)
    return any(_exists(value[key], path[len(key) + 1 :]) for key in keys)


# States


def states_lead_to_an_end(document: Doc, report: Report) -> None:
    """Every state is reached, a final one ends the case, and from every other one an end can be reached."""
    states = document["states"]
    first = next(iter(states))
    onward = {id: set(_next_states(state)) & set(states) for id, state in states.items()}
    reached = _closure({first}, onward)
    back: dict[str, set[str]] = {id: set() for id in states}
    for id, targets in onward.items():
        for target in targets:
            back[target].add(id)
    finals = {id for id, state in states.items() if "final" in state}
    ending = _closure(finals, back)
    for id, state in states.items():
        if id not in reached:
            report(("states", id), bare("never reached"), f"a way to it from {first} is expected")
        if id in finals and onward[id]:
            report(
                ("states", id), bare("final, and goes on"), "no actions and no on_limit are expected in it"
            )
        elif id not in ending:
            wanted = "a way from it to a final state is expected"
            report(("states", id), bare("a dead end" if not onward[id] else "without an end"), wanted)
        _limits(id, state, report)
    if not any(states[id].get("final") == "granted" for id in finals):
        report(("states",), shown(sorted(states)), "a state with final: granted is expected")


def _limits(id: str, state: Mapping[str, Any], report: Report) -> None:
    if ("limit" in state) != ("on_limit" in state):
        here, there = ("limit", "on_limit") if "limit" in state else ("on_limit", "limit")
        report(("states", id, here), shown(state[here]), f"{there} is expected beside it")
    waits = state.get("waits_for") == "applicant"
    actors = {action["by"] for action in state.get("actions", ())}
    if waits and "applicant" not in actors:
        report(
            ("states", id, "waits_for"),
            shown("applicant"),
            "an action by the applicant is expected in this state",
        )


def _next_states(state: Mapping[str, Any]) -> Iterator[str]:
    for action in state.get("actions", ()):
        yield action["to"]
    if "on_limit" in state:
        yield state["on_limit"]["to"]


def _closure(start: set[str], onward: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for target in onward[waiting.pop()] - found:
            found.add(target)
            waiting.append(target)
    return found


def marks_make_sense(document: Doc, report: Report) -> None:
    """If the term counts from an event, an action marks it; an official grants or refuses."""
    marks = {mark for _, _, action in all_actions(document) for mark in action.get("marks", ())}
    term = document["legal"]["term"]
    texts = {(): term} if isinstance(term, str) else {(channel,): text for channel, text in term.items()}
    for step, text in texts.items():
        start = text.partition(" from ")[2] or "registered"
        if start not in (*marks, "filed"):
            report(
                ("legal", "term", *step),
                shown(text),
                f"an action that marks {start} is expected in the states",
            )
    for path, _, action in all_actions(document):
        final = document["states"].get(action["to"], {}).get("final")
        if final in ("granted", "refused") and action["by"] == "applicant":
            report((*path, "by"), shown("applicant"), "an official is expected: the state is a decision")


def channels_are_offered(document: Doc, report: Report) -> None:
    """A term speaks of channels through which the service can be applied for."""
    term = document["legal"]["term"]
    if isinstance(term, dict):
        for channel in term.keys() - {"default"} - set(document["channels"]):
            report(("legal", "term", channel), shown(term[channel]), f"{channel} is expected in channels")


# Fields


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


CHECKS: tuple[Callable[[Doc, Report], None], ...] = (
    names_are_unique,
    lists_name_each_once,
    retired_ids_stay_retired,
    references_lead_somewhere,
    reasons_fit,
    fields_and_evidence_know_each_other,
    the_result_is_calculated,
    paths_exist,
    states_lead_to_an_end,
    marks_make_sense,
    channels_are_offered,
    bounds_make_sense,
    parameters_have_their_type,
    examples_are_there,
)
