"""Playing a sample case from its filing to its end, and holding what comes out against what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from zemstvo.capabilities.services.examples.course import Course, Stuck, calendar_of, day_of, due_day
from zemstvo.capabilities.services.examples.steps import Step
from zemstvo.capabilities.services.faults import Path, bare, shown
from zemstvo.capabilities.services.judging import judged_applicant
from zemstvo.capabilities.services.package import Circumstances, Package
from zemstvo.capabilities.services.refusals import CannotReckon
from zemstvo.capabilities.services.texts import Report
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.territory.rules import Calendar


def play(package: Package, example: Mapping[str, Any], report: Report) -> None:
    """Play one example and report all that comes out otherwise than expected."""
    try:
        filed_on = day_of(("filed_on",), example["filed_on"])
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
            Step(package, course, calendar, step, ("steps", place)).take()
    except Stuck as stuck:
        report(stuck.path, stuck.value, stuck.expected)
        return
    except Refusal as refusal:
        report(("steps",), bare("refused"), f"no refusal is expected ({refusal})")
        return
    _compare(package, course, calendar, expect, report)


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
