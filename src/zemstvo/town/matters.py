"""The first matters of the demo: a handful of cases at every stage, so that each page has something to show.

Their answers are those of the examples in the packages; who applies and when is told here. Each step goes
through the command that everybody uses, at the moment when it would have happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from zemstvo.capabilities.cases import commands as cases
from zemstvo.capabilities.cases import queries as known_cases
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.services import queries as services
from zemstvo.capabilities.services.package import Circumstances, FieldType, Package
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.people.looks import record_look
from zemstvo.ground.territory import queries as territories
from zemstvo.town.papers import paper
from zemstvo.town.places import MOSCOW_TIME, ZARECHNY
from zemstvo.town.raising import Town


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a story: who does what, how many working days after the one before, at what hour."""

    who: str
    do: str
    after: int = 0
    hour: int = 11
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A matter: whose, which service, with the answers of which example, filed how many working days ago."""

    applicant: str
    service: str
    example: str
    days_ago: int
    steps: Sequence[Step] = ()
    filed_by: str = ""
    channel: Channel = Channel.PORTAL


STORIES = (
    Story(
        "anna",
        "housing-subsidy",
        "granted",
        12,
        (
            Step("vera", "register", hour=15),
            Step("vera", "complete", after=3),
            Step("vera", "grant", after=2, given={"form": {"amount": 202000}}),
            Step("galina", "sign", after=1, hour=16),
        ),
    ),
    Story(
        "teplostroy",
        "address-assignment",
        "granted-to-a-firm-on-paper",
        8,
        (Step("vera", "register", after=1), Step("vera", "grant", after=4, given={"form": "example"})),
        filed_by="dina",
    ),
    Story(
        "anna",
        "address-assignment",
        "granted-electronically",
        4,
        (Step("vera", "register", hour=15),),
        filed_by="pavel",
    ),
    Story(
        "stepan",
        "housing-subsidy",
        "returned-and-corrected",
        3,
        (Step("boris", "return", after=1, given={"reasons": "example"}),),
    ),
    Story("anna", "housing-subsidy", "granted-living-alone", 0),
)


def tell_matters(town: Town, *, now: datetime, stories: Sequence[Story] = STORIES) -> list[str]:
    """File the stories and take their steps up to now; returns the numbers of the cases."""
    return [number for story in stories if (number := _told(town, story, now))]


def _told(town: Town, story: Story, now: datetime) -> str:
    calendar = territories.calendar(ZARECHNY)
    today = now.astimezone(ZoneInfo(MOSCOW_TIME)).date()
    day = _working_day_before(today, story.days_ago)
    package = services.live(story.service, ZARECHNY)
    example = next(one for one in package.examples if one["id"] == story.example)
    filed_at = min(_at(day, 10), now - timedelta(minutes=5))
    by = story.filed_by or story.applicant
    behalf_of = story.applicant if story.filed_by else ""
    act = town.act(by, filed_at, channel=story.channel, behalf_of=behalf_of)
    number = _filed(town, story, act, package, example["answers"])
    for step in story.steps:
        day = calendar.working_day_after(day, step.after) if step.after else day
        if (at := _at(day, step.hour)) >= now:
            break
        _take(town, number, step, example, at)
    return number


def _filed(town: Town, story: Story, act: Act, package: Package, answers: Mapping[str, Any]) -> str:
    """Fill in the application page by page, with a paper wherever one is asked for, and submit it."""
    opened = cases.open_draft(act, service=story.service, territory=ZARECHNY)
    version = opened.version
    known = Circumstances(today=act.today, filed_on=act.today, channel=act.channel.value)
    for page in package.shown_pages(answers, known):
        for asked in package.shown_fields(page.id, answers, known):
            if asked.type is FieldType.FILE and answers.get(asked.id):
                name = package.text(asked.label, "ru")
                version = cases.attach_file(
                    act, opened.id, asked.id, name=f"{name[:60]}.pdf", content=paper(name)
                ).version
        version = cases.save_page(act, opened.id, page.id, answers, version=version).version
    receipt = cases.submit_draft(
        act,
        opened.id,
        version=version,
        applicant=town.people[story.applicant],
        identity=IdentityCheck.ACCOUNT,
    )
    return receipt.number


def _take(town: Town, number: str, step: Step, example: Mapping[str, Any], at: datetime) -> None:
    act = town.act(step.who, at)
    look = record_look(act, person=known_cases.applicant_of(act, number), purpose="case", about=number)
    version = known_cases.case_card(act, number, look).version
    done: Mapping[str, Any] = next((one for one in example.get("steps", ()) if one["do"] == step.do), {})
    given = dict(step.given)
    if given.get("form") == "example":
        given["form"] = done.get("form", {})
    if given.get("reasons") == "example":
        given["reasons"] = done.get("reasons", [done["reason"]] if "reason" in done else [])
    cases.take_action(act, number, step.do, version=version, **given)


def _working_day_before(today: date, count: int) -> date:
    """The working day `count` before today, or the last one before it where today is a day off."""
    calendar = territories.calendar(ZARECHNY)
    day = today
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    for _ in range(count):
        day -= timedelta(days=1)
        while not calendar.is_working(day):
            day -= timedelta(days=1)
    return day


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 0), ZoneInfo(MOSCOW_TIME)).astimezone(UTC)
