"""A case in the hands of a command: its locked row, its package, the act at its authority, its clock.

Every command on a case begins with `take` (lock), asks for a right (mandate), looks at the rules, changes the
row, and ends with `keep` (save) and `record`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from zemstvo.capabilities.cases.applicant import identities_of
from zemstvo.capabilities.cases.models import Case, Draft, Stage
from zemstvo.capabilities.cases.placing import pinned, terms_of
from zemstvo.capabilities.cases.refusals import CaseIsClosed, CaseIsDecided
from zemstvo.capabilities.cases.rules import clock
from zemstvo.capabilities.cases.rules.clock import Event, Reading, StandsFor
from zemstvo.capabilities.cases.rules.numbers import is_case_number
from zemstvo.capabilities.cases.rules.workflow import stage_of
from zemstvo.capabilities.services.package import Action, Package, State
from zemstvo.ground.journal import queries as journal
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Entry, Fact
from zemstvo.ground.journal.refusals import NotFound, Stale
from zemstvo.ground.journal.writing import Stamp
from zemstvo.ground.people import queries as people
from zemstvo.ground.people import vault
from zemstvo.ground.people.identity import AnyIdentity
from zemstvo.ground.territory import queries as territories
from zemstvo.ground.territory.refusals import DateOutsideCalendar
from zemstvo.ground.territory.rules import Calendar


@dataclass
class Matter:
    """A locked case with what its commands need. `act` is placed at the case's authority and zone."""

    act: Act
    case: Case
    version: int | None = None
    """The row version that the form was opened with, where it was opened with one."""

    @cached_property
    def package(self) -> Package:
        """The package at the version to which the case is pinned."""
        return package_of(self.case)

    @cached_property
    def calendar(self) -> Calendar:
        """The working calendar of the case's territory."""
        return territories.calendar(self.case.territory)

    @cached_property
    def history(self) -> list[journal.HistoryRow]:
        """What the journal says of the case so far, the oldest first. One query."""
        return journal.history("case", self.case.number)

    @property
    def state(self) -> State:
        """The state of the package in which the case is."""
        return self.package.state(self.case.state)

    @property
    def of(self) -> tuple[str, ...]:
        """Whose matter it is, as powers are asked."""
        return whose(self.case)

    def must(self, right: str) -> None:
        """Refuse with NoMandate unless the official may do this with this case."""
        self.act.must(right, self.case.territory, authority=self.case.authority)

    def must_own(self, right: str) -> None:
        """Refuse with NoMandate unless it is one's own matter, or that of somebody whom one represents.

        An official may put in what the applicant says at the counter, by phone or on paper:
        the entry says so.
        """
        if self.act.entry in (Entry.ASSISTED, Entry.TRANSCRIBED):
            self.must("case.file")
        else:
            self.act.must(right, of=self.of)

    @property
    def answer_by(self) -> date | None:
        """The last day on which the applicant can answer, where the state has a limit."""
        return last_day_to_answer(self.case)

    @property
    def applicant(self) -> AnyIdentity:
        """Who applies, for what the installation itself reckons. Raises Erased."""
        found = self._parties.get(str(self.case.applicant))
        if found is None:
            raise vault.Erased(person=str(self.case.applicant))
        return found

    @property
    def representative_name(self) -> str:
        """The name of who acts for the applicant; empty where nobody does, or that person was erased."""
        found = self._parties.get(str(self.case.representative or ""))
        return found.name if found else ""

    @cached_property
    def _parties(self) -> dict[str, AnyIdentity]:
        """The applicant and who acts for the applicant. One query."""
        named = (self.case.applicant, self.case.representative)
        return identities_of(self.act, [str(one) for one in named if one])

    @cached_property
    def official_names(self) -> dict[str, str]:
        """The names of the officials who had to do with the case and of who has it now. Two queries."""
        actors = {entry.actor for entry in self.history} - {str(self.case.applicant)}
        return people.official_names(actors | {str(self.case.assigned_to or "")})

    @property
    def official_name(self) -> str:
        """The name of the official who has the case; empty where nobody has it."""
        return self.official_names.get(str(self.case.assigned_to or ""), "")

    def label(self, state: State) -> str:
        """What officials call a state, in the active language."""
        return self.package.text(state.label)

    def supplement_action(self) -> Action | None:
        """The action by which the applicant answers in this state, None where nothing is asked."""
        own = (action for action in self.state.actions if action.by == "applicant")
        return next((one for one in own if self.package.state(one.to).final is None), None)

    def demand_open(self) -> None:
        """Refuse where the case takes no more changes (CaseIsDecided, CaseIsClosed), or with Stale.

        Asked after the mandate: who may not change the case learns nothing of where it stands.
        """
        refuse_ended(self.case)
        self.demand_fresh()

    def demand_fresh(self) -> None:
        """Refuse with Stale where the form was opened before the last change."""
        if self.version is not None and self.version != self.case.row_version:
            raise Stale

    def reading(self, *happened: Event) -> Reading:
        """The clock after the facts of the journal and what happens in this very command."""
        events = clock.events_of((entry.kind, entry.payload) for entry in self.history)
        return clock.reading([*events, *happened], terms_of(self.package, self.case.channel), self.calendar)

    def wind(self, *happened: Event) -> Reading:
        """Read the clock anew and write what it shows into the row."""
        read = self.reading(*happened)
        show(self.case, read)
        return read

    def enter(self, state: State, *happened: Event) -> Reading:
        """Put the case into a state: its limit, its clock, and the stage that follows from both."""
        case = self.case
        case.state = state.id
        case.limit_on = limit_of(state, self.act.today, self.calendar)
        read = self.wind(*happened)
        case.stage = stage_of(state, is_registered=read.registered_on is not None)
        case.is_open = Stage(case.stage).is_open
        if not case.is_open:
            self.end(state.final or "")
        return read

    def end(self, outcome: str) -> None:
        """Write into the row that the case has ended, and how."""
        self.case.is_open = False
        self.case.outcome = outcome
        self.case.closed_at = self.act.at
        self.case.limit_on = None
        self.case.stands_until = None

    def keep(self) -> int:
        """Save the row under its next version, which is returned.

        The form of somebody else is stale from now on.
        """
        self.case.row_version += 1
        self.case.save()
        return self.case.row_version

    def record(self, fact: Fact, *, act: Act | None = None) -> Stamp:
        """Leave a fact at the place and the service of the case."""
        return record(act or self.act, self.case, fact)


def take(act: Act, number: str, version: int | None = None, *, lock: bool = True) -> Matter:
    """Lock a case; `version` is compared by `demand_open`. Refuses with NotFound."""
    rows = Case.objects.select_for_update() if lock else Case.objects.all()
    case = rows.filter(number=number).first() if is_case_number(number) else None
    if case is None:
        raise NotFound
    return Matter(at_place(act, case.territory, case.authority), case, version)


def at_place(act: Act, territory: str, authority: str) -> Act:
    """The act at an authority: its territory, and its zone, in which the legal day is read."""
    zone = territories.authority(authority).zone
    return replace(act, territory=territory, authority=authority, zone=zone)


def package_of(row: Case | Draft) -> Package:
    """The package to which a case or draft is pinned. One statement warm."""
    return pinned(row.service, row.service_version, row.local_territory, row.local_revision)


class Packages:
    """The packages of a list of cases or drafts, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int, str, int], Package] = {}

    def of(self, row: Case | Draft) -> Package:
        """The package of a row."""
        pin = (row.service, row.service_version, row.local_territory, row.local_revision)
        if pin not in self._known:
            self._known[pin] = pinned(*pin)
        return self._known[pin]


def last_day_to_answer(case: Case) -> date | None:
    """The last day on which the applicant can answer: the limit is the first on which it is too late."""
    return date.fromordinal(case.limit_on.toordinal() - 1) if case.limit_on else None


def whose(case: Case) -> tuple[str, ...]:
    """Whose matter a case is, as powers are asked: the person, the number, the service, the machine that
    filed it.
    """
    found = (str(case.applicant), case.number, f"service:{case.service}")
    return (*found, case.token) if case.token else found


def refuse_ended(case: Case) -> None:
    """Refuse with CaseIsDecided or CaseIsClosed where the case has ended."""
    if case.stage == Stage.DECIDED:
        raise CaseIsDecided(number=case.number, decided_on=case.decided_on)
    if not case.is_open:
        raise CaseIsClosed(number=case.number)


def record(act: Act, case: Case, fact: Fact) -> Stamp:
    """Leave a fact at the place and the service of a case."""
    return act.record(
        fact,
        territory=case.territory,
        authority=case.authority,
        service=case.service,
        service_version=case.service_version,
    )


def limit_of(state: State, today: date, calendar: Calendar) -> date | None:
    """The first day on which the limit of a state has passed; None without one, or beyond the calendar."""
    if state.limit is None:
        return None
    try:
        last = clock.last_day(today, state.limit, calendar)
    except DateOutsideCalendar:
        return None
    return date.fromordinal(last.toordinal() + 1)


def show(case: Case, read: Reading) -> None:
    """Write what the clock shows into the row."""
    case.register_by = read.register_by
    case.registered_on = read.registered_on
    case.started_on = read.started_on
    case.due_on = read.due_on
    case.stands_for = read.stands_for.value
    case.stands_until = read.stands_until
    case.act_by = act_by(case, read)


def act_by(case: Case, read: Reading) -> date:
    """The day by which the next thing has to be done: lists are ordered by it."""
    if read.stands_for is StandsFor.RETURNED:
        return case.limit_on or read.stands_since or read.filed_on
    if read.stands_for is StandsFor.SUSPENDED and read.stands_until:
        return read.stands_until
    if read.registered_on is None and read.register_by:
        return read.register_by
    return read.due_on or read.register_by or read.filed_on
