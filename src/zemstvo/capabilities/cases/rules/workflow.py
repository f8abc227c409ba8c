"""What an action of a package does to a case, read from the package: which stage follows, what it settles.

A package says where an action leads and what it marks; here is what that means for every case alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zemstvo.capabilities.services.package import Action, Package, State


class Effect(StrEnum):
    """What an action amounts to."""

    ACCEPT = "accept"
    MOVE = "move"
    RETURN = "return"
    PREPARE = "prepare"
    DECIDE = "decide"
    CLOSE = "close"
    WITHDRAW = "withdraw"


STAGE_OF_FINAL = {"granted": "decided", "refused": "decided", "withdrawn": "withdrawn", "closed": "closed"}
"""The stage in which a case ends, by the word of the package."""


def effect_of(package: Package, action: Action, marks: Iterable[str], *, is_decided: bool = False) -> Effect:
    """What an action amounts to. `marks` are those in force (`marks_of`). A case is decided only once."""
    target = package.state(action.to)
    ends = STAGE_OF_FINAL.get(target.final or "")
    if is_decided:
        return Effect.MOVE
    if ends == "withdrawn":
        return Effect.WITHDRAW
    if ends == "closed":
        return Effect.CLOSE
    if ends == "decided" or "decided" in marks:
        return Effect.DECIDE
    if target.waits_for == "applicant":
        return Effect.RETURN
    if is_prepared_by(package, action):
        return Effect.PREPARE
    return Effect.ACCEPT if "registered" in marks else Effect.MOVE


def outcome_of(package: Package, action: Action) -> str:
    """What a decision says: by the state in which the case ends, else by the document that the action
    makes.
    """
    final = package.state(action.to).final
    if final:
        return str(final)
    template = package.templates.get(action.document)
    return {"decision": "granted", "refusal": "refused"}.get(template.kind if template else "", "decided")


def marks_of(package: Package, state: State, action: Action) -> tuple[str, ...]:
    """What an action settles. Where no action of the package registers, leaving the first state does."""
    marks = {str(mark) for mark in action.marks}
    target = package.state(action.to)
    if not _registers(package) and state.id == package.first_state.id and target.waits_for != "applicant":
        marks |= {"registered", "complete"}
    if state.waits_for == "applicant" and target.waits_for != "applicant" and not target.final:
        marks.add("resumed")
    if STAGE_OF_FINAL.get(target.final or "") == "decided":
        marks.add("decided")
    return tuple(sorted(marks))


def is_prepared_by(package: Package, action: Action) -> bool:
    """Whether an action prepares a decision: it has a form, or another person has to confirm it."""
    confirmed = {other.not_same_as for state in package.states for other in state.actions}
    return bool(action.form) or action.id in confirmed


def right_for(action: Action, effect: Effect) -> str:
    """The right of the official who takes an action."""
    if action.by == "head":
        return "case.sign"
    return {Effect.ACCEPT: "case.accept", Effect.RETURN: "case.return"}.get(effect, "case.decide")


def stage_of(state: State, *, is_registered: bool) -> str:
    """The stage of a case in a state."""
    if state.final:
        return STAGE_OF_FINAL[state.final]
    if state.waits_for == "applicant":
        return "waiting"
    return "work" if is_registered else "filed"


def _registers(package: Package) -> bool:
    return any("registered" in action.marks for state in package.states for action in state.actions)


def invented_reasons(given: Sequence[str], named_before: Iterable[str]) -> list[str]:
    """The reasons that an earlier return or refusal did not name; none where there was no earlier one.

    210-FZ art. 7 p. 1 (4): what was not named at the first refusal may not be demanded later.
    """
    before = set(named_before)
    return [reason for reason in given if reason not in before] if before else []
