"""By which day an answer may be expected: one count for the page of a service and for the clock of a case.

The term of the law counts from the day after its start: the filing, the registration, or the day on which
all documents are there (the package says which). As long as the start has not come there is no day by law
yet; the answer is then expected by the end of a term that starts on the last lawful day. Documents that other
authorities hold are there when the slowest of them has answered within its own term (210-FZ art. 7.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zemstvo.capabilities.services.package import Package
from zemstvo.ground.territory.rules import (
    Calendar,
    ClockEvent,
    ClockEventKind,
    Deadline,
    Term,
    recount,
)


def awaited_terms(package: Package, start: str) -> tuple[Term, ...]:
    """The terms of the other authorities that run before a term which has not started can start.

    Empty where it starts with the filing or the registration: then they answer within it.
    """
    return tuple(one.due for one in package.evidence.values()) if start == "complete" else ()


def expected_answer(
    since: date,
    term: Term,
    awaited: Iterable[Term],
    calendar: Calendar,
    happened: Iterable[ClockEvent] = (),
) -> Deadline:
    """Where a term ends that starts when the slowest of what is awaited is there; at once if nothing is.

    `since` is the day of the event after which all of it is counted. `happened` are the stops and extensions
    from that day on. Whoever is awaited may answer until the next working day where the own term ends on a
    day off (art. 193). Hours count as whole days. Refuses with DateOutsideCalendar.
    """
    begun = ClockEvent(ClockEventKind.STARTED, since)
    slow = tuple(one.in_days() for one in awaited)
    return recount([begun, *happened], term.in_days(), calendar, awaited=slow) or Deadline(None)
