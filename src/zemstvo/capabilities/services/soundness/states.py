"""States: every one is reached, every case can end, and the clock gets the events that it counts from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zemstvo.capabilities.services.faults import bare, shown
from zemstvo.capabilities.services.soundness.walking import Doc, all_actions
from zemstvo.capabilities.services.texts import Report


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
