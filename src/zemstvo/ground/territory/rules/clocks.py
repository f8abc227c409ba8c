"""The legal clock of a matter: a term that can be suspended and extended, recounted from what happened.

Every day is counted alike, by Civil Code art. 191: what happens on a day takes effect the day after. A
suspension on Monday spares Tuesday; documents that arrive on Friday make Saturday the first day that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zemstvo.ground.territory.rules.calendar import DAY, Calendar, Roll
from zemstvo.ground.territory.rules.terms import RollWord, Term, Unit, due_on, leg_end, rolled_end


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days that do not count: from a day until a day (exclusive), or open (`until` is None).

    A `limit` ends it at the latest that long after the day before `from_`, the day on which it was decided.
    """

    from_: date
    until: date | None = None
    limit: Term | None = None

    def ends(self, calendar: Calendar) -> date | None:
        """The first day that counts again, as far as is known: by the end or by the limit."""
        if self.limit is None:
            return self.until
        latest = due_on(self.from_ - DAY, self.limit, calendar, roll=Roll.NONE) + DAY
        return latest if self.until is None else min(self.until, latest)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Where a clock stands.

    `due_on` is the last day of the term, None while an open suspension without a limit holds it.
    `is_suspended`: the last suspension is not ended; `counts_again_on` is then the day its limit gives.
    """

    due_on: date | None
    is_suspended: bool = False
    counts_again_on: date | None = None


class ClockEventKind(StrEnum):
    """What can happen to a clock."""

    STARTED = "started"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened to a clock on a day.

    `term` is the limit of a suspension, or what an extension adds.
    """

    kind: ClockEventKind
    on: date
    term: Term | None = None


def recount(
    events: Iterable[ClockEvent],
    term: Term,
    calendar: Calendar,
    *,
    roll: RollWord = Roll.FORWARD,
    awaited: Sequence[Term] = (),
) -> Deadline | None:
    """Where a clock stands after all that happened to it; None if it has not been started.

    The order of the days counts, not the order of the list (events of one day keep theirs). A later start
    begins anew and forgets what was before. A suspension inside an open one adds nothing; neither does an
    end without a beginning. `awaited` as in `deadline`. Refuses with DateOutsideCalendar.
    """
    started_on: date | None = None
    suspensions: list[Suspension] = []
    extensions: list[Term] = []
    for event in sorted(events, key=lambda event: event.on):
        is_open = bool(suspensions) and suspensions[-1].until is None
        if event.kind is ClockEventKind.STARTED:
            started_on, suspensions, extensions = event.on, [], []
        elif event.kind is ClockEventKind.EXTENDED and event.term is not None:
            extensions.append(event.term)
        elif event.kind is ClockEventKind.SUSPENDED and not is_open:
            suspensions.append(Suspension(event.on + DAY, None, event.term))
        elif event.kind is ClockEventKind.RESUMED and is_open:
            suspensions[-1] = replace(suspensions[-1], until=event.on + DAY)
    if started_on is None:
        return None
    return deadline(
        started_on,
        term,
        calendar,
        roll=roll,
        suspensions=suspensions,
        extensions=extensions,
        awaited=awaited,
    )


def deadline(
    event_day: date,
    term: Term,
    calendar: Calendar,
    *,
    roll: RollWord = Roll.FORWARD,
    suspensions: Sequence[Suspension] = (),
    extensions: Sequence[Term] = (),
    awaited: Sequence[Term] = (),
) -> Deadline:
    """The end of a term that counts from the day after the event, without the suspended days, extended.

    An extension in the unit of the term adds to it (thirty days and thirty days are sixty); in another
    unit it goes on from the unrolled end. Only the last end is rolled. Terms that are `awaited` run from the
    event beside one another, each to its own rolled end, and the term counts from the day after the latest of
    these ends. Refuses with DateOutsideCalendar.
    """
    spans = _spans(suspensions, calendar)
    last = suspensions[-1] if suspensions else None
    is_open = last is not None and last.until is None
    again = last.ends(calendar) if last is not None and is_open else None
    begun = [_end_of_legs(event_day, [one], calendar, spans, Roll(roll)) for one in awaited]
    known = [day for day in begun if day is not None]
    if len(known) < len(begun):
        return Deadline(None, is_suspended=is_open)
    start = max([event_day, *known])
    due = _end_of_legs(start, _legs(term, extensions), calendar, spans, Roll(roll))
    return Deadline(due, is_open, again if due else None)


def _end_of_legs(
    event_day: date,
    legs: Sequence[Term],
    calendar: Calendar,
    spans: Sequence[tuple[date, date | None]],
    roll: Roll,
) -> date | None:
    """The rolled end of legs that follow one another; None if an open suspension holds them."""
    end = event_day
    for leg in legs:
        leg_ends = _suspended_end(end, leg, calendar, spans)
        if leg_ends is None:
            return None
        end = leg_ends
    return rolled_end(event_day, end, calendar, roll)


def _legs(term: Term, extensions: Sequence[Term]) -> list[Term]:
    """The term and its extensions, neighbours of one unit added up."""
    legs = [term]
    for extension in extensions:
        if extension.unit is legs[-1].unit:
            legs[-1] = replace(legs[-1], amount=legs[-1].amount + extension.amount)
        else:
            legs.append(extension)
    return legs


def _spans(suspensions: Sequence[Suspension], calendar: Calendar) -> list[tuple[date, date | None]]:
    """The suspended days as spans in order that neither touch nor overlap; the last may be open."""
    spans: list[tuple[date, date | None]] = []
    for one in sorted(suspensions, key=lambda suspension: suspension.from_):
        ends = one.ends(calendar)
        if ends is not None and ends <= one.from_:
            continue
        if spans and (spans[-1][1] is None or one.from_ <= spans[-1][1]):
            from_, until = spans[-1]
            spans[-1] = (from_, None if until is None or ends is None else max(until, ends))
        else:
            spans.append((one.from_, ends))
    return spans


def _suspended_end(
    event_day: date, term: Term, calendar: Calendar, spans: Sequence[tuple[date, date | None]]
) -> date | None:
    """The unrolled end of a term that does not count the days of the spans; None if an open one holds it."""
    spared = 0
    end = leg_end(event_day, term, calendar)
    for from_, until in spans:
        if from_ > end or (until is not None and until <= event_day + DAY):
            continue
        if until is None:
            return None
        before = max(from_ - DAY, event_day)
        if term.unit is Unit.WORKING_DAYS:
            spared += calendar.working_days_between(before, until - DAY)
            end = leg_end(event_day, replace(term, amount=term.amount + spared), calendar)
        else:
            end += (until - DAY) - before
    return end
