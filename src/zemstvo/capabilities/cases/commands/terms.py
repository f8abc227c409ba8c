"""The clock in an official's hands: start, suspend, resume and extend the term, each with notice."""

from __future__ import annotations

from datetime import date

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.commands.talking import write
from zemstvo.capabilities.cases.matter import Matter, take
from zemstvo.capabilities.cases.models import Side
from zemstvo.capabilities.cases.refusals import (
    ClockIsRight,
    ClockRuns,
    DayNotPossible,
    ExtensionNotAllowed,
    LimitNotPassed,
    SuspensionNotAllowed,
)
from zemstvo.capabilities.cases.rules.clock import Event, Happening, StandsFor
from zemstvo.capabilities.cases.rules.text import tidy_words
from zemstvo.ground.journal.acts import Act, command


@command
def start_clock(act: Act, number: str, *, version: int, on: date | None = None) -> int:
    """Say that all documents are there since `on` (today): the term of the answer counts from the next day.

    Only where the package counts `from complete`. Refuses with ClockRuns once it has started, with
    DayNotPossible for a day before the filing or after today. Returns the row version.
    """
    matter = take(act, number, version)
    matter.must("case.accept")
    matter.demand_open()
    day = on or matter.act.today
    if not matter.case.filed_on <= day <= matter.act.today:
        raise DayNotPossible(day=day, first=matter.case.filed_on, last=matter.act.today)
    if matter.case.started_on is not None:
        raise ClockRuns(number=number)

    read = matter.wind(Event(Happening.COMPLETE, day))
    matter.record(facts.CaseClockStarted(case=number, started_on=day, due_on=read.due_on))
    return matter.keep()


@command
def suspend_case(act: Act, number: str, *, version: int, reason: str, words: str = "") -> int:
    """Let the term stand for a reason of the package, at the longest for as long as the package allows.

    The applicant gets a notice; `words` become a message that asks for what is missing. Refuses with
    SuspensionNotAllowed: no such reason, or the clock stands already. Returns the row version.
    """
    matter = take(act, number, version)
    matter.must("case.suspend")
    matter.demand_open()
    pause = matter.package.clock(matter.case.channel).suspend
    if pause is None or reason not in pause.reasons or _stands(matter):
        raise SuspensionNotAllowed(number=number)

    today = matter.act.today
    read = matter.wind(Event(Happening.SUSPENDED, today, pause.max))
    if read.stands_until is None:
        raise SuspensionNotAllowed(number=number)
    matter.record(
        facts.CaseSuspended(
            case=number, reason=reason, limit=str(pause.max), suspended_on=today, until=read.stands_until
        )
    )
    _say(matter, words, asks=True)
    return matter.keep()


@command
def resume_case(act: Act, number: str, *, version: int | None = None) -> int:
    """Let a suspended term run again. The clock itself does it when the longest time is over.

    Refuses with ClockRuns where it is not suspended. Returns the row version.
    """
    matter = take(act, number, version)
    matter.must("case.suspend")
    matter.demand_open()
    if matter.case.stands_for != StandsFor.SUSPENDED:
        raise ClockRuns(number=number)

    today, ends = matter.act.today, matter.case.stands_until
    is_over = ends is not None and today >= ends
    on = date.fromordinal(ends.toordinal() - 1) if ends is not None and is_over else today
    read = matter.wind(Event(Happening.RESUMED, on))
    matter.record(facts.CaseResumed(case=number, resumed_on=on, due_on=read.due_on, by_clock=is_over))
    return matter.keep()


@command
def end_suspension(act: Act, number: str) -> int:
    """Let the term run again once the longest time of its suspension is over. Returns the row version.

    Done by the clock. Refuses with LimitNotPassed before that day, with ClockRuns where nothing is suspended.
    """
    matter = take(act, number)
    matter.must("case.suspend")
    ends = matter.case.stands_until
    if ends is not None and matter.act.today < ends:
        raise LimitNotPassed(number=number)
    return resume_case(act, number)


@command
def extend_case(act: Act, number: str, *, version: int, reason: str, words: str = "") -> int:
    """Make the term longer by what the package allows, once, with notice to the applicant.

    Refuses with ExtensionNotAllowed: the package knows no extension for the reason, the term has not
    started, was extended before or is over. Returns the row version.
    """
    matter = take(act, number, version)
    matter.must("case.extend")
    matter.demand_open()
    longer = matter.package.clock(matter.case.channel).extend
    if longer is None or reason not in longer.reasons or not _may_extend(matter):
        raise ExtensionNotAllowed(number=number)

    today = matter.act.today
    read = matter.wind(Event(Happening.EXTENDED, today, longer.max))
    matter.record(
        facts.CaseExtended(
            case=number, reason=reason, by=str(longer.max), extended_on=today, due_on=read.due_on
        )
    )
    _say(matter, words, asks=False)
    return matter.keep()


@command
def recount_case(act: Act, number: str) -> int:
    """Read the clock anew from the facts, after the calendar changed under it. Returns the row version.

    Done by the house. Refuses with ClockIsRight where nothing changes.
    """
    matter = take(act, number)
    matter.must("case.decide")
    matter.demand_open()
    before = matter.case.due_on
    read = matter.wind()
    if read.due_on == before:
        raise ClockIsRight(number=number)
    matter.record(facts.CaseRecounted(case=number, due_before=before, due_on=read.due_on))
    return matter.keep()


def _stands(matter: Matter) -> bool:
    return matter.case.stands_for in (StandsFor.RETURNED, StandsFor.SUSPENDED)


def _may_extend(matter: Matter) -> bool:
    case = matter.case
    was_extended = any(entry.kind == facts.CaseExtended.kind for entry in matter.history)
    is_over = case.due_on is not None and case.due_on < matter.act.today
    return case.started_on is not None and not was_extended and not is_over


def _say(matter: Matter, words: str, *, asks: bool) -> None:
    clean = tidy_words(words)
    if clean:
        write(matter, Side.AUTHORITY, clean, asks=asks)
