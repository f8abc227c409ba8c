"""What needs no scope: names, terms, parameters, evidence, reasons, the legal frame."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zemstvo.capabilities.services import parts
from zemstvo.ground.territory.rules import Term


def parameters_of(document: Mapping[str, Any]) -> tuple[parts.Parameter, ...]:
    """The numbers that law or authority sets."""
    return tuple(
        parts.Parameter(
            one["id"], one["type"], one["value"], one["label"], one.get("source", ""), one.get("local", False)
        )
        for one in document.get("parameters", ())
    )


def result_of(document: Mapping[str, Any]) -> parts.Result | None:
    """What is granted."""
    one = document.get("result")
    if one is None:
        return None
    return parts.Result(
        one["register"], one["title"], one.get("valid_until", ""), tuple(one.get("values", ()))
    )


def evidence_of(document: Mapping[str, Any]) -> dict[str, parts.Evidence]:
    """What is asked of other authorities."""
    return {
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
    }


def reasons_of(document: Mapping[str, Any]) -> dict[str, parts.Reason]:
    """The reasons."""
    return {
        id: parts.Reason(
            id=id,
            text=one["text"],
            for_=frozenset(one["for"]),
            field=one.get("field", ""),
            advice=one.get("advice"),
            basis=one.get("basis"),
        )
        for id, one in document["reasons"].items()
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
