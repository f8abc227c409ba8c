"""The history and the clock of a case in words: codes of the journal become labels of the package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zemstvo.capabilities.cases.rules.clock import Happening, Reading, StandsFor
from zemstvo.capabilities.services.package import Package
from zemstvo.ground.journal import queries as journal
from zemstvo.ground.journal.facts import fact_classes, layout
from zemstvo.ground.journal.wording import day, said
from zemstvo.ground.territory.rules import Calendar, Term, Unit, working_days_between


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a case's history: when, what, by whom (an official's name, `applicant`, or nobody)."""

    fact: str
    at: datetime
    kind: str
    sentence: str
    by: str
    channel: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """The clock of a case as a page shows it.

    `sentences` explain it; `days_left` are counted in `unit` (wd or d), negative when late, None while the
    clock stands without a known end. `may_suspend_for` and `may_extend_for` are reasons of the package.
    """

    filed_on: date
    register_by: date | None
    registered_on: date | None
    started_on: date | None
    due_on: date | None
    is_expected: bool
    stands_for: str
    stands_since: date | None
    stands_until: date | None
    days_left: int | None
    unit: str
    sentences: tuple[str, ...]
    may_suspend_for: tuple[tuple[str, str], ...]
    may_extend_for: tuple[tuple[str, str], ...]


def history_lines(
    package: Package, entries: Iterable[journal.HistoryRow], applicant: str, names: Mapping[str, str]
) -> list[HistoryLine]:
    """The history of a case in words, the oldest first; `names` are those of officials by pseudonym."""
    words = _Words(package)
    return [
        HistoryLine(
            fact=entry.id,
            at=entry.occurred_at,
            kind=entry.kind,
            sentence=words.told(entry.kind, entry.payload),
            by="applicant" if entry.actor == applicant else names.get(entry.actor, ""),
            channel=entry.channel,
        )
        for entry in entries
    ]


def clock_view(read: Reading, package: Package, channel: str, calendar: Calendar, today: date) -> ClockView:
    """The clock as a page shows it on a day."""
    legal = package.clock(channel)
    unit = Unit.WORKING_DAYS if legal.term.unit is Unit.WORKING_DAYS else Unit.DAYS
    words = _Words(package)
    return ClockView(
        filed_on=read.filed_on,
        register_by=read.register_by,
        registered_on=read.registered_on,
        started_on=read.started_on,
        due_on=read.due_on,
        is_expected=read.is_expected,
        stands_for=read.stands_for.value,
        stands_since=read.stands_since,
        stands_until=read.stands_until,
        days_left=_days_left(read, unit, calendar, today),
        unit=unit.value,
        sentences=tuple(_sentences(read, legal.term, legal.start)),
        may_suspend_for=words.reasons(legal.suspend.reasons if legal.suspend else ()),
        may_extend_for=words.reasons(legal.extend.reasons if legal.extend else ()),
    )


def sentence_of(package: Package, kind: str, payload: Mapping[str, Any]) -> str:
    """The sentence of a fact with what is known of it, the rest left out."""
    return _Words(package).told(kind, payload)


def term_in_words(term: Term) -> str:
    """A term of the law in words: 10 working days, 1 month."""
    count = term.amount
    match term.unit:
        case Unit.WORKING_DAYS:
            text = ngettext("%(count)s working day", "%(count)s working days", count)
        case Unit.DAYS:
            text = ngettext("%(count)s day", "%(count)s days", count)
        case Unit.MONTHS:
            text = ngettext("%(count)s month", "%(count)s months", count)
        case Unit.YEARS:
            text = ngettext("%(count)s year", "%(count)s years", count)
        case Unit.HOURS:
            text = ngettext("%(count)s hour", "%(count)s hours", count)
    return text % {"count": count}


def _days_left(read: Reading, unit: Unit, calendar: Calendar, today: date) -> int | None:
    if read.due_on is None or read.ended_on is not None:
        return None
    if unit is Unit.WORKING_DAYS:
        return working_days_between(today, read.due_on, calendar)
    return (read.due_on - today).days


def _sentences(read: Reading, term: Term, start: str) -> list[str]:
    found = []
    if read.registered_on is None and read.register_by and not read.ended_on:
        found.append(said(_("To be registered by %(day)s."), {"day": read.register_by}))
    if read.ended_on:
        return [said(_("The clock stopped on %(day)s."), {"day": read.ended_on})]
    starts = {
        Happening.FILED: _("the day of filing"),
        Happening.REGISTERED: _("the day of registration"),
        Happening.COMPLETE: _("the day on which all documents were there"),
    }[Happening(start)]
    counted = _("The term is %(term)s, counted from the day after %(start)s.")
    found.append(counted % {"term": term_in_words(term), "start": starts})
    if read.due_on and read.is_expected:
        found.append(said(_("It has not started; the answer is expected by %(day)s."), {"day": read.due_on}))
    elif read.due_on:
        found.append(said(_("The answer is due by %(day)s."), {"day": read.due_on}))
    if read.is_beyond_calendar:
        found.append(_("The working calendar does not reach that far yet, so the day cannot be told."))
    if standing := _standing(read):
        found.append(standing)
    return found


def _standing(read: Reading) -> str:
    since = {"since": day(read.stands_since)} if read.stands_since else {"since": ""}
    if read.stands_for is StandsFor.RETURNED:
        return said(_("The clock stands since %(since)s: the case is with the applicant."), since)
    if read.stands_for is StandsFor.SUSPENDED and read.stands_until:
        until = {**since, "until": day(read.stands_until)}
        suspended = _("The clock is suspended since %(since)s and runs again on %(until)s at the latest.")
        return said(suspended, until)
    if read.stands_for is StandsFor.INCOMPLETE:
        return said(_("The clock waits since %(since)s: not all documents are there."), since)
    return ""


class _Words:
    """Labels of a package for the codes that stand in facts, in the active language."""

    def __init__(self, package: Package) -> None:
        self.package = package

    def told(self, kind: str, payload: Mapping[str, Any]) -> str:
        """The sentence of a fact, its codes in the words of the package; of an unknown kind, the kind."""
        known = fact_classes().get(kind)
        if known is None:
            return kind
        shown = {place.name: "—" for place in layout(known)}
        shown |= {name: self._shown(name, value) for name, value in payload.items()}
        return said(known.sentence, shown)

    def reasons(self, codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Reasons as choices: code and text."""
        return tuple((code, self.reason(code)) for code in codes)

    def reason(self, code: str) -> str:
        """The text of a reason, or its code where the package does not know it."""
        found = self.package.reasons.get(code)
        return self.package.text(found.text) if found else code

    def _shown(self, name: str, value: Any) -> str:
        if value is None or value == []:
            return "—"
        if isinstance(value, list):
            return "; ".join(self._shown(name, one) for one in value)
        if name in self._TELL and isinstance(value, str):
            return self._TELL[name](self, value)
        return _day_or_text(value)

    def state(self, code: str) -> str:
        found = next((state for state in self.package.states if state.id == code), None)
        return self.package.text(found.label) if found else code

    def action(self, code: str) -> str:
        offered = (action for state in self.package.states for action in state.actions)
        found = next((action for action in offered if action.id == code), None)
        return self.package.text(found.label) if found else code

    def evidence(self, code: str) -> str:
        found = self.package.evidence.get(code)
        return self.package.text(found.title) if found else code

    def page(self, code: str) -> str:
        found = next((page for page in self.package.pages if page.id == code), None)
        return self.package.text(found.title) if found else code

    def outcome(self, code: str) -> str:
        known = {
            "granted": _("granted"),
            "refused": _("refused"),
            "received": _("received"),
            "absent": _("not held there"),
            "brought": _("brought by the applicant"),
        }
        return known.get(code) or self.state(code)

    def term(self, code: str) -> str:
        try:
            return term_in_words(Term.parse(code))
        except ValueError:
            return code

    _TELL: Mapping[str, Callable[[_Words, str], str]] = {}


_Words._TELL = {
    "from_state": _Words.state,
    "state": _Words.state,
    "action": _Words.action,
    "reasons": _Words.reason,
    "reason": _Words.reason,
    "evidence": _Words.evidence,
    "page": _Words.page,
    "outcome": _Words.outcome,
    "by": _Words.term,
    "limit": _Words.term,
}


def _day_or_text(value: Any) -> str:
    if isinstance(value, str) and len(value) == 10 and value[4:5] == "-":
        try:
            return day(date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)
