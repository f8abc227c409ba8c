"""One step of a sample case: an action of its state, or what can be done with every case."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from zemstvo.capabilities.services.examples.course import Course, Stuck, day_of
from zemstvo.capabilities.services.faults import Path, shown
from zemstvo.capabilities.services.package import Action, Mark, Package
from zemstvo.ground.territory.rules import Calendar, ClockEvent, ClockEventKind, due_on

DAY = timedelta(days=1)


class Step:
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
            self._pass_to(day_of((*self.path, "on"), self.step["on"]) if "on" in self.step else course.on)
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
        passed_on = due_on(self.course.entered_on, state.limit.in_days(), self.calendar) + DAY
        day = day_of((*self.path, "on"), self.step["on"]) if "on" in self.step else passed_on
        if day < passed_on:
            self._stop(
                "on", f"a day not before {passed_on} is expected, when the limit of {state.limit} has passed"
            )
        self._pass_to(day)
        self.course.circumstances = replace(self.course.circumstances, reasons=(state.on_limit.reason,))
        self._move(state.on_limit.to)

    def _stop(self, key: str, expected: str) -> None:
        raise Stuck((*self.path, key), shown(self.step.get(key)), expected)


_DEEDS: Mapping[str, Callable[[Step], None]] = {
    "suspend": Step._suspend,
    "resume": Step._resume,
    "extend": Step._extend,
    "limit": Step._limit,
}


def text_of(letter: Mapping[str, Any]) -> str:
    """All words of a letter in one text, unbreakable spaces made plain."""
    table = letter["table"] or {"title": "", "rows": []}
    cells = [f"{row['label']}: {row['value']}" for row in table["rows"]]
    lines = [letter["title"], *letter["paragraphs"], table["title"], *cells]
    return "\n".join(line for line in lines if line).replace("\u00a0", " ")
