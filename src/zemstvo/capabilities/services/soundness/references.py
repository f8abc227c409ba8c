"""References: what is named in a package is there, and is used for what it is meant for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zemstvo.capabilities.services.compiling import fitting_reasons, purpose_of
from zemstvo.capabilities.services.faults import Path, shown
from zemstvo.capabilities.services.soundness.walking import Doc, all_actions, all_fields, demand_known
from zemstvo.capabilities.services.texts import Report


def references_lead_somewhere(document: Doc, report: Report) -> None:
    """States, forms, documents, reasons, evidence and fields that are named exist."""
    states, reasons = document["states"], document["reasons"]
    forms, templates = document.get("forms", {}), document.get("documents", {})
    actions = {action["id"] for _, _, action in all_actions(document)}
    for path, _, action in all_actions(document):
        demand_known(report, (*path, "to"), action["to"], states, "a state")
        for key, known in (
            ("form", forms),
            ("document", templates),
            ("not_same_as", actions - {action["id"]}),
        ):
            if key in action:
                demand_known(
                    report, (*path, key), action[key], known, f"a {key.replace('not_same_as', 'action')}"
                )
        for place, reason in enumerate(action.get("reasons", ())):
            demand_known(report, (*path, "reasons", place), reason, reasons, "a reason")
    for id, state in states.items():
        if limit := state.get("on_limit"):
            demand_known(report, ("states", id, "on_limit", "to"), limit["to"], states, "a state")
            demand_known(report, ("states", id, "on_limit", "reason"), limit["reason"], reasons, "a reason")


def reasons_fit(document: Doc, report: Report) -> None:
    """A reason is used for what it is meant for, and where one must be given there is one to give."""
    reasons = document["reasons"]

    def fits(path: Path, id: str, purpose: str) -> None:
        known = {one for one, reason in reasons.items() if purpose in reason["for"]}
        demand_known(report, path, id, known, f"a reason that is for {purpose}")

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
            demand_known(report, (*path, "evidence"), field["evidence"], evidence, "a piece of evidence")
        elif "on_failure" in field:
            report((*path, "on_failure"), shown(field["on_failure"]), "evidence is expected beside it")
    for id, one in evidence.items():
        for place, field_id in enumerate(one.get("supplies", ())):
            demand_known(report, ("evidence", id, "supplies", place), field_id, fields, "a field")
    for id, reason in document["reasons"].items():
        if "field" in reason:
            demand_known(report, ("reasons", id, "field"), reason["field"], fields, "a field")


def the_result_is_calculated(document: Doc, report: Report) -> None:
    """What stands in the register of results is calculated, and its end is a day."""
    calculated = {one["id"]: one["type"] for one in document.get("calculate", ())}
    result = document.get("result", {})
    days = {id for id, kind in calculated.items() if kind == "date"}
    if "valid_until" in result:
        demand_known(report, ("result", "valid_until"), result["valid_until"], days, "a calculated date")
    for place, id in enumerate(result.get("values", ())):
        demand_known(report, ("result", "values", place), id, calculated, "a calculated value")
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
                demand_known(
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
