"""The list of an official's day, ordered by legal deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from zemstvo.capabilities.cases.matter import Packages
from zemstvo.capabilities.cases.models import Case, Stage
from zemstvo.capabilities.cases.queries.cursors import PAGE, cursor_of, keys_of
from zemstvo.capabilities.cases.rules.clock import StandsFor
from zemstvo.capabilities.cases.rules.numbers import is_case_number, tidy_number
from zemstvo.capabilities.cases.rules.stems import stems
from zemstvo.capabilities.services.package import Package
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.wording import day
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.search import matters_with
from zemstvo.ground.territory import queries as territories


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One case in the list of the day. No personal data: the list needs no look.

    `next_step` says in words what comes next and `next_by` whose step it is (clerk, head, applicant, other:
    an authority that was asked). `act_by` is the legal day for it, `days_left` the calendar days until then,
    negative when late. `due_on` is the day of the answer; it `is_expected` until the term starts.
    """

    number: str
    service: str
    service_title: str
    territory: str
    state: str
    stage: str
    next_step: str
    next_by: str
    act_by: date
    days_left: int
    due_on: date | None
    is_expected: bool
    stands_for: str
    filed_on: date
    channel: str
    assigned_to: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of the list, and the cursor of the next one (empty at the end)."""

    rows: tuple[WorkRow, ...]
    next_cursor: str


def work_list(
    act: Act, *, cursor: str = "", show: str = "todo", search: str = "", mine: bool = False
) -> WorkList:
    """The open cases of the official's authority, the nearest legal day first, fifty a page.

    `show`: `todo` (the authority has to do something), `waiting` (for the applicant, or suspended) or `all`.
    `search` is a number, or words that name a person or stand in searchable answers. `mine`: assigned to me.

    One statement for the list, one for the mandate, three small ones to learn that what is kept in memory of
    territories and packages still holds; as many for one row as for fifty. A search, or a mandate over only a
    part of the authority's territory, costs one or two more. Refuses strangers with NoMandate, and a forged
    cursor.
    """
    act.must("case.read", act.territory, authority=act.authority)
    rows = _within_mandate(act, Case.objects.filter(authority=act.authority, is_open=True))
    rows = rows.filter(_shown(show))
    if mine:
        rows = rows.filter(assigned_to=act.actor)
    if search.strip():
        rows = rows.filter(_found(act, search.strip()))
    keys = keys_of("work", cursor)
    if keys is not None:
        rows = rows.filter(Q(act_by__gt=keys[0]) | Q(act_by=keys[0], number__gt=keys[1]))
    found = list(rows.order_by("act_by", "number").only(*_COLUMNS)[: PAGE + 1])
    packages = Packages()
    today = act.today
    shown = tuple(_work_row(act, case, packages.of(case), today) for case in found[:PAGE])
    last = shown[-1] if len(found) > PAGE else None
    next_cursor = cursor_of("work", [last.act_by.isoformat(), last.number]) if last else ""
    return WorkList(shown, next_cursor)


_COLUMNS = (
    "number",
    "service",
    "service_version",
    "local_territory",
    "local_revision",
    "territory",
    "authority",
    "state",
    "stage",
    "act_by",
    "due_on",
    "started_on",
    "stands_for",
    "stands_until",
    "limit_on",
    "filed_on",
    "channel",
    "assigned_to",
)


def _within_mandate(act: Act, rows: QuerySet[Case]) -> QuerySet[Case]:
    """Only the territories that the mandate covers, where it is narrower than its authority."""
    home = territories.authority(act.authority).territory
    if not act.territory or territories.is_within(home, act.territory):
        return rows
    codes = rows.order_by().values_list("territory", flat=True).distinct()
    return rows.filter(territory__in=[code for code in codes if territories.is_within(code, act.territory)])


def _shown(show: str) -> Q:
    stands = Q(stage=Stage.WAITING) | Q(stands_for=StandsFor.SUSPENDED.value)
    return {"todo": ~stands, "waiting": stands}.get(show, Q())


def _found(act: Act, text: str) -> Q:
    number = tidy_number(text)
    if is_case_number(number):
        return Q(number=number)
    numbers = matters_with(stems(text))
    return Q(applicant__in=people.matching_persons(act, text)) | Q(number__in=numbers)


def _work_row(act: Act, case: Case, package: Package, today: date) -> WorkRow:
    step, by = _next_step(package, case)
    return WorkRow(
        number=case.number,
        service=case.service,
        service_title=package.text(package.title),
        territory=case.territory,
        state=package.text(package.state(case.state).label),
        stage=case.stage,
        next_step=step,
        next_by=by,
        act_by=case.act_by,
        days_left=(case.act_by - today).days,
        due_on=case.due_on,
        is_expected=case.is_expected,
        stands_for=case.stands_for,
        filed_on=case.filed_on,
        channel=case.channel,
        assigned_to=str(case.assigned_to or ""),
        is_mine=str(case.assigned_to or "") == act.actor,
    )


def _next_step(package: Package, case: Case) -> tuple[str, str]:
    """The single next step in words, and whose it is."""
    state = package.state(case.state)
    if case.stands_for == StandsFor.SUSPENDED and case.stands_until:
        return _("Suspended, runs again on %(day)s") % {"day": day(case.stands_until)}, "other"
    if state.waits_for == "applicant":
        if case.limit_on is None:
            return _("Wait for the applicant"), "applicant"
        last = date.fromordinal(case.limit_on.toordinal() - 1)
        return _("Wait for the applicant until %(day)s") % {"day": day(last)}, "applicant"
    expected = next((action for action in state.actions if action.by != "applicant"), None)
    if expected is None:
        return package.text(state.label), "clerk"
    return package.text(expected.label), expected.by
