"""Playing a sample case: checked, run through its states, its days reckoned, its letters written.

Pure: the calendar of an example is Saturdays and Sundays, its `days_off`, less its `working_days`. The day
on which the answer is due is reckoned as for a real case, with territory.rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from zemstvo.capabilities.services.faults import Path, bare, shown
from zemstvo.capabilities.services.judging import judged_applicant
from zemstvo.capabilities.services.package import Action, Circumstances, Mark, Package, State
from zemstvo.capabilities.services.refusals import CannotReckon
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.territory.rules import (
    Calendar,
    ClockEvent,
    ClockEventKind,
    DayKind,
    Term,
    Unit,
    due_on,
    recount,
)

Report = Callable[[Path, str, str], None]
"""Takes what does not come out: where in the example, what came out, what is expected."""

DAY = timedelta(days=1)


class Stuck(Exception):
    """The example cannot go on: where, what stands there, what is expected."""

    def __init__(self, path: Path, value: str, expected: str) -> None:
        super().__init__(expected)
        self.path = path
        self.value = value
        self.expected = expected


@dataclass(slots=True)
class Course:
    """How far a sample case has come."""

    state: State
    on: date
    answers: dict[str, Any]
    circumstances: Circumstances
    path: list[str]
    entered_on: date
    clock: list[ClockEvent] = field(default_factory=list)
    doers: dict[str, str] = field(default_factory=dict)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)


def play(package: Package, example: Mapping[str, Any], report: Report) -> None:
    """Play one example and report all that comes out otherwise than expected."""
    try:
        filed_on = _day(("filed_on",), example["filed_on"])
        calendar = calendar_of(example, filed_on)
    except Stuck as stuck:
        report(stuck.path, stuck.value, stuck.expected)
        return
    _check_applicant(package, example, report)
    circumstances = Circumstances(
        today=filed_on,
        filed_on=filed_on,
        channel=example.get("channel", "portal"),
        applicant=example["applicant"],
        number="1-2026-000001",
        authority="Администрация",
    )
    expect = example["expect"]
    answers = _file(package, example, circumstances, report)
    if answers is None:
        return
    course = Course(package.first_state, filed_on, answers, circumstances, [package.first_state.id], filed_on)
    try:
        for place, step in enumerate(steps_of(package, example)):
            _Step(package, course, calendar, step, ("steps", place)).take()
    except Stuck as stuck:
        report(stuck.path, stuck.value, stuck.expected)
        return
    except Refusal as refusal:
        report(("steps",), bare("refused"), f"no refusal is expected ({refusal})")
        return
    _compare(package, course, calendar, expect, report)


def calendar_of(example: Mapping[str, Any], filed_on: date) -> Calendar:
    """The calendar of an example: ten years from the year before it is filed. Raises Stuck."""
    days: dict[date, DayKind] = {}
    for key, kind in (("days_off", DayKind.HOLIDAY), ("working_days", DayKind.WORKING)):
        for place, text in enumerate(example.get(key, ())):
            days[_day((key, place), text)] = kind
    return Calendar(days, date(filed_on.year - 1, 1, 1), date(filed_on.year + 9, 1, 1))


def steps_of(package: Package, example: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The steps of an example; where it names only the path, the actions that lead along it. Raises Stuck."""
    if "steps" in example:
        yield from example["steps"]
        return
    path = example["expect"].get("path", ())
    for place, (here, there) in enumerate(pairwise(path)):
        try:
            actions = [action for action in package.state(here).actions if action.to == there]
        except KeyError:
            raise Stuck(("expect", "path", place), shown(here), "a state is expected") from None
        if len(actions) != 1:
            where: Path = ("expect", "path", place + 1)
            raise Stuck(
                where, shown(there), f"steps are expected: {len(actions)} actions lead from {here} there"
            )
        yield {"do": actions[0].id}


def _day(path: Path, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Stuck(path, shown(text), "a day that exists is expected") from None


def _check_applicant(package: Package, example: Mapping[str, Any], report: Report) -> None:
    applicant = example["applicant"]
    if applicant["kind"] not in package.audience:
        report(
            ("applicant", "kind"),
            shown(applicant["kind"]),
            f"one of {', '.join(package.audience)} is expected",
        )
    for part, message in judged_applicant(applicant):
        report(("applicant", part), shown(applicant[part]), f"a right value is expected ({message})")
    channel = example.get("channel", "portal")
    if channel not in package.channels:
        report(("channel",), shown(channel), f"one of {', '.join(package.channels)} is expected")


def _file(
    package: Package, example: Mapping[str, Any], circumstances: Circumstances, report: Report
) -> dict[str, Any] | None:
    """Check the answers and the eligibility against what is expected; the answers if the case can begin."""
    expect = example["expect"]
    checked = package.check_answers(example["answers"], circumstances)
    wanted, found = set(expect.get("errors", ())), {error.field for error in checked.errors}
    for error in checked.errors:
        if error.field not in wanted:
            place = f" (row {error.row + 1})" if error.row is not None else ""
            wanted_here = f"an answer that is taken is expected ({error.message}{place})"
            report(("answers", error.field), shown(example["answers"].get(error.field)), wanted_here)
    for name in sorted(wanted - found):
        report(("expect", "errors"), bare("without fault"), f"a faulty answer to {name} is expected")
    if found:
        return None
    verdict = package.eligibility(checked.answers, circumstances)
    if "eligible" in expect and expect["eligible"] is not verdict.is_eligible:
        reasons = ", ".join(verdict.reasons) or "no reason against it"
        wanted_verdict = f"{shown(verdict.is_eligible)} is expected by the conditions ({reasons})"
        report(("expect", "eligible"), shown(expect["eligible"]), wanted_verdict)
    if "reasons" in expect and tuple(expect["reasons"]) != verdict.reasons:
        report(("expect", "reasons"), shown(expect["reasons"]), f"{shown(list(verdict.reasons))} is expected")
    return checked.answers


class _Step:
    """One step of one example."""

    def __init__(
        self, package: Package, course: Course, calendar: Calendar, step: Mapping[str, Any], path: Path
    ) -> None:
        self.package = package
        self.course = course
        self.calendar = calendar
        self.step = step
        self.path = path

    def take(self) -> None:
        """Take the step. Raises Stuck where the package does not let it be taken."""
        course = self.course
        if course.state.final:
            self._stop("do", f"no step after the end ({course.state.id}) is expected")
        deed = self.step["do"]
        if deed != "limit":
            self._pass_to(_day((*self.path, "on"), self.step["on"]) if "on" in self.step else course.on)
        if "answers" in self.step:
            self._correct(self.step["answers"])
        if deed in _DEEDS:
            _DEEDS[deed](self)
        else:
            self._act(deed)

    def _pass_to(self, day: date) -> None:
        if day < self.course.on:
            self._stop("on", f"a day not before {self.course.on} is expected")
        self.course.on = day
        self.course.circumstances = replace(self.course.circumstances, today=day)

    def _correct(self, answers: Mapping[str, Any]) -> None:
        course = self.course
        checked = self.package.check_answers({**course.answers, **answers}, course.circumstances)
        for error in checked.errors:
            raise Stuck(
                (*self.path, "answers", error.field),
                shown(answers.get(error.field)),
                f"an answer that is taken is expected ({error.message})",
            )
        course.answers = checked.answers

    def _act(self, deed: str) -> None:
        course = self.course
        action = course.state.action(deed)
        if action is None:
            names = ", ".join([one.id for one in course.state.actions]) or "no action"
            self._stop("do", f"an action of the state {course.state.id} ({names}) is expected")
            return
        self._check_doer(action)
        self._fill_in(action)
        self._give_reason(action)
        if not self.package.offers(action, course.answers, course.circumstances):
            self._stop("do", "an action whose condition holds is expected")
        self._mark(action)
        if action.document:
            self._write(action.document)
        self._move(action.to)

    def _check_doer(self, action: Action) -> None:
        doer = self.step.get("by", action.by)
        if action.not_same_as and self.course.doers.get(action.not_same_as) == doer:
            self._stop(
                "by" if "by" in self.step else "do",
                f"another person than for {action.not_same_as} is expected",
            )
        self.course.doers[action.id] = doer

    def _fill_in(self, action: Action) -> None:
        course = self.course
        given = self.step.get("form", {})
        if not action.form:
            if given:
                self._stop("form", f"no form is expected with {action.id}")
            return
        checked = self.package.check_form(action.form, given, course.answers, course.circumstances)
        for error in checked.errors:
            where: Path = (*self.path, "form", error.field) if error.field in given else self.path
            raise Stuck(where, shown(given.get(error.field)), f"{error.field}: {error.message}")
        forms = {**course.circumstances.forms, action.form: checked.answers}
        course.circumstances = replace(course.circumstances, forms=forms)

    def _give_reason(self, action: Action) -> None:
        reason = self.step.get("reason", "")
        if reason and reason not in action.reasons:
            self._stop("reason", f"one of {', '.join(action.reasons) or 'no reasons'} is expected")
        if action.reason == "required" and not reason:
            self._stop("do", f"a reason is expected with {action.id}")
        if reason:
            self.course.circumstances = replace(self.course.circumstances, reasons=(reason,))

    def _mark(self, action: Action) -> None:
        known = self.course.circumstances
        is_decision = self.package.state(action.to).final in ("granted", "refused")
        for mark, name in (
            (Mark.REGISTERED, "registered_on"),
            (Mark.COMPLETE, "complete_on"),
            (Mark.DECIDED, "decided_on"),
        ):
            is_made = mark in action.marks or (mark is Mark.DECIDED and is_decision)
            if is_made and getattr(known, name) is None:
                day: dict[str, Any] = {name: self.course.on}
                known = replace(known, **day)
        self.course.circumstances = known

    def _write(self, template: str) -> None:
        course = self.course
        for language in self.package.languages:
            letter = self.package.letter(template, course.answers, course.circumstances, language)
            course.letters.setdefault(template, {})[language] = text_of(letter)

    def _move(self, to: str) -> None:
        course = self.course
        before, course.state = course.state, self.package.state(to)
        course.path.append(to)
        course.entered_on = course.on
        if before.waits_for != course.state.waits_for:
            waits = course.state.waits_for == "applicant"
            kind = ClockEventKind.SUSPENDED if waits else ClockEventKind.RESUMED
            course.clock.append(ClockEvent(kind, course.on))

    def _suspend(self) -> None:
        pause = self.package.legal.suspend
        if pause is None:
            self._stop("do", "legal.suspend is expected in the package")
            return
        self._reason_for(pause.reasons)
        self.course.clock.append(ClockEvent(ClockEventKind.SUSPENDED, self.course.on, pause.max))

    def _resume(self) -> None:
        self.course.clock.append(ClockEvent(ClockEventKind.RESUMED, self.course.on))

    def _extend(self) -> None:
        pause = self.package.legal.extend
        if pause is None:
            self._stop("do", "legal.extend is expected in the package")
            return
        self._reason_for(pause.reasons)
        self.course.clock.append(ClockEvent(ClockEventKind.EXTENDED, self.course.on, pause.max))

    def _reason_for(self, reasons: Sequence[str]) -> None:
        given = self.step.get("reason", reasons[0])
        if given not in reasons:
            self._stop("reason", f"one of {', '.join(reasons)} is expected")

    def _limit(self) -> None:
        state = self.course.state
        if state.limit is None or state.on_limit is None:
            self._stop("do", f"a limit of the state {state.id} is expected")
            return
        passed_on = due_on(self.course.entered_on, _in_days(state.limit), self.calendar) + DAY
        day = _day((*self.path, "on"), self.step["on"]) if "on" in self.step else passed_on
        if day < passed_on:
            self._stop(
                "on", f"a day not before {passed_on} is expected, when the limit of {state.limit} has passed"
            )
        self._pass_to(day)
        self.course.circumstances = replace(self.course.circumstances, reasons=(state.on_limit.reason,))
        self._move(state.on_limit.to)

    def _stop(self, key: str, expected: str) -> None:
        raise Stuck((*self.path, key), shown(self.step.get(key)), expected)


_DEEDS: Mapping[str, Callable[[_Step], None]] = {
    "suspend": _Step._suspend,
    "resume": _Step._resume,
    "extend": _Step._extend,
    "limit": _Step._limit,
}


def _compare(
    package: Package, course: Course, calendar: Calendar, expect: Mapping[str, Any], report: Report
) -> None:
    if "path" in expect and list(expect["path"]) != course.path:
        report(
            ("expect", "path"),
            shown(expect["path"]),
            f"the steps lead along {shown(course.path)}; that is expected",
        )
    if "due" in expect:
        due = due_day(package, course, calendar)
        if (due and due.isoformat()) != expect["due"]:
            report(("expect", "due"), shown(expect["due"]), f"{due} is expected by the terms of the package")
    if "calculated" in expect:
        _compare_calculated(package, course, expect["calculated"], report)
    for template, languages in expect.get("letters", {}).items():
        for language, pieces in languages.items():
            written = course.letters.get(template, {}).get(language)
            for place, piece in enumerate(pieces):
                if written is None or piece not in written:
                    found = (
                        "no such letter is written"
                        if written is None
                        else f"the letter says {shown(written, 400)}"
                    )
                    where: Path = ("expect", "letters", template, language, place)
                    report(where, shown(piece), f"a piece of the letter is expected ({found})")


def _compare_calculated(package: Package, course: Course, wanted: Mapping[str, Any], report: Report) -> None:
    try:
        found = package.calculate(course.answers, course.circumstances)
    except CannotReckon as refusal:
        report(
            ("expect", "calculated"), bare("not to be reckoned"), f"smaller numbers are expected ({refusal})"
        )
        return
    for name, value in wanted.items():
        if name not in found:
            report(("expect", "calculated", name), shown(value), f"one of {', '.join(found)} is expected")
        elif found[name] != value or type(found[name]) is not type(value):
            report(("expect", "calculated", name), shown(value), f"{shown(found[name])} is expected")


def due_day(package: Package, course: Course, calendar: Calendar) -> date | None:
    """The day on which the answer is due; from the last lawful day of the start while it has not begun."""
    known = course.circumstances
    clock = package.clock(known.channel)
    filed_on = known.filed_on or course.on
    begun = {"filed": filed_on, "registered": known.registered_on, "complete": known.complete_on}[clock.start]
    start = begun or known.registered_on or due_on(filed_on, clock.register, calendar)
    events = [ClockEvent(ClockEventKind.STARTED, start)]
    events += [event for event in course.clock if event.on >= start]
    deadline = recount(events, clock.term, calendar)
    return deadline.due_on if deadline else None


def _in_days(term: Term) -> Term:
    """A term in days: hours are rounded up to whole days."""
    return Term(-(-term.amount // 24), Unit.DAYS) if term.unit is Unit.HOURS else term


def text_of(letter: Mapping[str, Any]) -> str:
    """All words of a letter in one text, unbreakable spaces made plain."""
    table = letter["table"] or {"title": "", "rows": []}
    cells = [f"{row['label']}: {row['value']}" for row in table["rows"]]
    lines = [letter["title"], *letter["paragraphs"], table["title"], *cells]
    return "\n".join(line for line in lines if line).replace("\u00a0", " ")
