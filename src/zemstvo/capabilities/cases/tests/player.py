"""Who plays a sample case of a bundled package as a real case in Zarechny, with the commands of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from zemstvo.capabilities.cases.commands import (
    attach_to_case,
    extend_case,
    resume_case,
    suspend_case,
    upload_file,
)
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.tests.zarechny import ZARECHNY, Zarechny
from zemstvo.capabilities.cases.upkeep import run
from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.commands import localise_service, publish_document
from zemstvo.capabilities.services.queries import named_files
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity
from zemstvo.ground.people.queries import person_by
from zemstvo.ground.territory.calendars import read_bytes
from zemstvo.ground.territory.commands import import_calendar

PACKAGES = Path(__file__).parents[5] / "packages"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
ELECTRONIC = ("portal", "app", "api")


@cache
def document_of(folder: Path) -> Mapping[str, Any]:
    found = check_package(folder).document
    assert found is not None
    return found


def moment(day: str | date) -> datetime:
    """Noon in Zarechny on a day."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime(found.year, found.month, found.day, 9, 0, tzinfo=UTC)


def identity_of(applicant: Mapping[str, Any]) -> AnyIdentity:
    given = {name: value for name, value in applicant.items() if name != "kind"}
    if applicant["kind"] == "organisation":
        return OrganisationIdentity(**given)
    born_on = date.fromisoformat(given.pop("born_on")) if "born_on" in given else None
    return Identity(**given, born_on=born_on)


class Player:
    """Plays one sample case in Zarechny with the commands of cases."""

    def __init__(self, town: Zarechny, folder: Path, example: Mapping[str, Any]) -> None:
        self.town, self.example = town, example
        document = document_of(folder)
        self.service = document["service"]
        self.at = moment(example["filed_on"])
        self.calendar()
        publish_document(town.house(moment("2026-01-12")), document)
        if "local" in example:
            localise_service(town.house(), self.service, example["local"], territory=ZARECHNY)

    def calendar(self) -> None:
        """Saturdays and Sundays, the sample's days off, and its working days."""
        lines = ["date,kind,name,moved_from,source", "2026-01-04,day_off,,,", "2027-01-03,day_off,,,"]
        lines += [f"{day},holiday,,," for day in self.example.get("days_off", ())]
        lines += [f"{day},working,,," for day in self.example.get("working_days", ())]
        import_calendar(self.town.house(), "00000000", read_bytes("\n".join(lines).encode()))

    def file(self) -> str:
        channel = Channel(self.example.get("channel", "portal"))
        by_machine = channel.value in ELECTRONIC
        answers = self.uploaded(self.example["answers"])
        is_typed = not by_machine and answers == self.example["answers"]
        act = self.town.counter("vera", self.at) if is_typed else self.town.machine(self.at)
        identity = identity_of(self.example["applicant"])
        receipt = self.town.file(
            replace(act, channel=channel, entry=Entry.SELF if by_machine else Entry.TRANSCRIBED),
            service=self.service,
            applicant="",
            applicant_identity=identity,
            identity=IdentityCheck.TOKEN,
            answers=answers,
        )
        kind, value = next(iter(identity.identifiers.items()))
        self.town.persons["anna"] = person_by(kind, value)
        self.number = receipt.number
        return receipt.number

    def uploaded(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The answers of a sample with files that are really there: a machine brings them."""
        act = self.town.machine(self.at)
        return dict(answers) | {
            field: [upload_file(act, name="paper.pdf", content=PDF).id for _ in answers[field]]
            for field in named_files(self.service, answers)
        }

    def attached(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The same for a correction: the applicant attaches the files to the case."""
        act = self.town.act("anna", self.at)
        return dict(answers) | {
            field: [
                attach_to_case(act, self.number, field, name="paper.pdf", content=PDF).id
                for _ in answers[field]
            ]
            for field in named_files(self.service, answers)
        }

    def step(self, step: Mapping[str, Any]) -> None:
        self.at = moment(step["on"]) if "on" in step else self.at
        case = Case.objects.get(number=self.number)
        reasons = [step["reason"]] if "reason" in step else []
        vera = self.town.act("vera", self.at)
        match step["do"]:
            case "suspend":
                suspend_case(vera, self.number, version=case.row_version, reason=step["reason"])
            case "resume":
                resume_case(vera, self.number, version=case.row_version)
            case "extend":
                extend_case(vera, self.number, version=case.row_version, reason=step["reason"])
            case "limit":
                assert run(self.at)["limits"] == 1
            case action:
                self.act(case, action, step, reasons)

    def act(self, case: Case, action: str, step: Mapping[str, Any], reasons: list[str]) -> None:
        document = document_of(PACKAGES / self.service)
        taken = next(one for one in document["states"][case.state]["actions"] if one["id"] == action)
        if taken["by"] != "applicant":
            who = {"clerk": "vera", "head": "galina"}[taken["by"]]
            given = {"reasons": reasons, "form": step.get("form")}
            self.town.take(self.number, action, self.at, who=who, **given)
        elif document["states"][taken["to"]].get("final"):
            self.town.withdraw(self.number, self.at)
        else:
            self.town.supplement(self.number, self.at, **self.attached(step.get("answers", {})))

    def path(self) -> list[str]:
        states = [fact["payload"]["state"] for fact in self.town.journal() if "state" in fact["payload"]]
        case = Case.objects.get(number=self.number)
        return states if states[-1] == case.state else [*states, case.state]
