"""The clock of a case, read from what happened to it.

Two terms run: one for registering the application, one for the answer. The answer's term counts from the
day after its start, which is the filing, the registration, or the day on which all documents were there
(the package says which). It stands while the case is with the applicant and while it is suspended.
Days are counted by territory.rules (Civil Code art. 191-193), and what may be expected before the start by
services.expecting; here is only which event does what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from zemstvo.capabilities.services.expecting import expected_answer
from zemstvo.ground.territory.refusals import DateOutsideCalendar
from zemstvo.ground.territory.rules import (
    Calendar,
    ClockEvent,
    ClockEventKind,
    Deadline,
    Term,
    due_on,
)


class Happening(StrEnum):
    """What can happen to the clock of a case."""

    FILED = "filed"
    REGISTERED = "registered"
    COMPLETE = "complete"
    RETURNED = "returned"
    SUPPLEMENTED = "supplemented"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"
    ENDED = "ended"


class StandsFor(StrEnum):
    """Why a clock stands; the empty text where it runs."""

    NOTHING = ""
    RETURNED = "returned"
    SUSPENDED = "suspended"
    INCOMPLETE = "incomplete"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to the clock on a day; `term` is a suspension's limit, an extension's span."""

    kind: Happening
    on: date
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a case: for registering, for the answer, and what starts the latter.

    `awaited` are the terms of the other authorities that run before the answer's (services.expecting).
    """

    register: Term | None
    answer: Term | None
    start: Happening = Happening.REGISTERED
    awaited: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a clock shows.

    `due_on` is the last day of the answer's term, None while it stands without a known end. It `is_expected`
    as long as the term has not started: then it is counted from the last lawful day of the start, as the page
    of the service does.
    `is_beyond_calendar`: a day lies where no working calendar reaches yet, so it cannot be told, and an
    application is accepted all the same.
    """

    filed_on: date
    register_by: date | None
    registered_on: date | None
    started_on: date | None
    due_on: date | None
    is_expected: bool
    stands_for: StandsFor
    stands_since: date | None
    stands_until: date | None
    ended_on: date | None
    is_beyond_calendar: bool = False


def reading(events: Sequence[Event], terms: Terms, calendar: Calendar) -> Reading:
    """What the clock shows after the events. Raises ValueError where nothing was filed."""
    try:
        return _read(events, terms, calendar)
    except DateOutsideCalendar:
        return replace(_read(events, Terms(None, None, terms.start), calendar), is_beyond_calendar=True)


def _read(events: Sequence[Event], terms: Terms, calendar: Calendar) -> Reading:
    filed_on = _day_of(events, Happening.FILED)
    if filed_on is None:
        raise ValueError("a clock needs the day of filing")
    registered_on = _day_of(events, Happening.REGISTERED)
    register_by = _register_by(events, terms, calendar)
    started_on = _day_of(events, terms.start)
    answer = _answer(events, terms, calendar, started_on, registered_on or register_by or filed_on)
    stands_for, since = _standing(events, terms, started_on, registered_on)
    return Reading(
        filed_on=filed_on,
        register_by=register_by,
        registered_on=registered_on,
        started_on=started_on,
        due_on=answer.due_on if answer else None,
        is_expected=started_on is None,
        stands_for=stands_for,
        stands_since=since,
        stands_until=answer.counts_again_on if answer and stands_for is StandsFor.SUSPENDED else None,
        ended_on=_day_of(events, Happening.ENDED),
    )


def last_day(event_day: date, term: Term, calendar: Calendar) -> date:
    """The last day of a term of any unit that counts from the day after the event."""
    return due_on(event_day, term.in_days(), calendar)


def events_of(facts: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Event]:
    """The events in the journal's facts (kind, payload) of one case, in their order."""
    return [event for kind, payload in facts for event in _events_of_fact(kind, payload)]


def _events_of_fact(kind: str, payload: Mapping[str, Any]) -> list[Event]:
    if kind == "case.suspended":
        on = date.fromisoformat(payload["suspended_on"])
        return [Event(Happening.SUSPENDED, on, Term.parse(payload["limit"]))]
    if kind == "case.extended":
        return [
            Event(Happening.EXTENDED, date.fromisoformat(payload["extended_on"]), Term.parse(payload["by"]))
        ]
    found = []
    if kind in _DAY_FIELDS:
        happening, field = _DAY_FIELDS[kind]
        found.append(Event(happening, date.fromisoformat(payload[field])))
    for mark in payload.get("marks", ()):
        if mark in _MARKS:
            found.append(Event(_MARKS[mark], date.fromisoformat(payload["taken_on"])))
    return found


_DAY_FIELDS = {
    "case.filed": (Happening.FILED, "filed_on"),
    "case.clock_started": (Happening.COMPLETE, "started_on"),
    "case.returned": (Happening.RETURNED, "taken_on"),
    "case.supplemented": (Happening.SUPPLEMENTED, "supplemented_on"),
    "case.resumed": (Happening.RESUMED, "resumed_on"),
    "case.decided": (Happening.ENDED, "taken_on"),
    "case.closed": (Happening.ENDED, "closed_on"),
    "case.withdrawn": (Happening.ENDED, "withdrawn_on"),
}
_MARKS = {
    "registered": Happening.REGISTERED,
    "complete": Happening.COMPLETE,
    "resumed": Happening.SUPPLEMENTED,
}
_STANDS = {
    Happening.RETURNED: ClockEventKind.SUSPENDED,
    Happening.SUPPLEMENTED: ClockEventKind.RESUMED,
    Happening.SUSPENDED: ClockEventKind.SUSPENDED,
    Happening.RESUMED: ClockEventKind.RESUMED,
    Happening.EXTENDED: ClockEventKind.EXTENDED,
}


def _day_of(events: Sequence[Event], kind: Happening) -> date | None:
    return next((event.on for event in events if event.kind is kind), None)


def _register_by(events: Sequence[Event], terms: Terms, calendar: Calendar) -> date | None:
    """The last day for registering. Handing the case back answers it; a supplement begins the term anew."""
    if terms.register is None:
        return None
    asked_on: date | None = None
    for event in events:
        if event.kind in (Happening.FILED, Happening.SUPPLEMENTED):
            asked_on = event.on
        elif event.kind is Happening.RETURNED:
            asked_on = None
        elif event.kind is Happening.REGISTERED:
            break
    return last_day(asked_on, terms.register, calendar) if asked_on else None


def _answer(
    events: Sequence[Event], terms: Terms, calendar: Calendar, started_on: date | None, registered_on: date
) -> Deadline | None:
    if terms.answer is None:
        return None
    since = started_on or registered_on
    awaited = () if started_on else terms.awaited
    return expected_answer(since, terms.answer, awaited, calendar, _stops(events, since))


def _stops(events: Sequence[Event], start: date) -> list[ClockEvent]:
    """The stops as territory.rules counts them; what was before the start holds only while it is open."""
    stops = [event for event in events if event.kind in _STANDS]
    before = [event for event in stops if event.on < start]
    later = [event for event in stops if event.on >= start]
    still_open = before[-1:] if before and _STANDS[before[-1].kind] is ClockEventKind.SUSPENDED else []
    counted = [ClockEvent(_STANDS[event.kind], max(event.on, start), event.term) for event in still_open]
    return counted + [ClockEvent(_STANDS[event.kind], event.on, event.term) for event in later]


def _standing(
    events: Sequence[Event], terms: Terms, started_on: date | None, registered_on: date | None
) -> tuple[StandsFor, date | None]:
    """Why the clock stands after the events, and since when."""
    ended_on = _day_of(events, Happening.ENDED)
    if ended_on is not None:
        return StandsFor.ENDED, ended_on
    last = next((event for event in reversed(events) if event.kind in _STANDS_FOR), None)
    if last is not None and _STANDS_FOR[last.kind]:
        return _STANDS_FOR[last.kind], last.on
    if started_on is None and registered_on is not None and terms.start is Happening.COMPLETE:
        return StandsFor.INCOMPLETE, registered_on
    return StandsFor.NOTHING, None


_STANDS_FOR = {
    Happening.RETURNED: StandsFor.RETURNED,
    Happening.SUPPLEMENTED: StandsFor.NOTHING,
    Happening.SUSPENDED: StandsFor.SUSPENDED,
    Happening.RESUMED: StandsFor.NOTHING,
}
