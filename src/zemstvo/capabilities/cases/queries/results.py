"""The register of results: what was granted, and until when it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from zemstvo.capabilities.cases.matter import whose
from zemstvo.capabilities.cases.models import ResultEntry
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.queries.cursors import PAGE, cursor_of, keys_of
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import queries as people
from zemstvo.ground.people import vault

MOST = 200
"""How many of a person's results are listed, the newest first."""


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result. `valid_until` is exclusive, None without end; `is_in_force` on the day asked.

    `values` are those that the package puts into the register; empty in a list of many persons' results.
    """

    id: str
    register: str
    case: str
    holder: str
    document: str
    valid_from: date
    valid_until: date | None
    revoked_on: date | None
    is_in_force: bool
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of a register, and the cursor of the next one (empty at the end)."""

    rows: tuple[ResultRow, ...]
    next_cursor: str


def results(act: Act, register: str, *, cursor: str = "") -> ResultPage:
    """The results of a register that the official's authority granted, the newest first, fifty a page.

    Names nobody, so it needs no look. One statement. Refuses strangers with NoMandate, and a forged cursor.
    """
    act.must("case.read", act.territory, authority=act.authority)
    rows = ResultEntry.objects.filter(authority=act.authority, register=register).select_related("case")
    keys = keys_of("results", cursor)
    if keys is not None:
        rows = rows.filter(Q(valid_from__lt=keys[0]) | Q(valid_from=keys[0], id__lt=keys[1]))
    found = list(rows.order_by("-valid_from", "-id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    next_cursor = cursor_of("results", [last.valid_from.isoformat(), str(last.id)]) if last else ""
    return ResultPage(tuple(_row(entry, act.today, {}) for entry in found[:PAGE]), next_cursor)


def own_results(act: Act) -> list[ResultRow]:
    """What was granted to the person and to those for whom the person acts, with its values.

    Two statements.
    """
    act.must("case.own.read", of=[act.actor])
    holders = [act.actor, *(one.pseudonym for one in people.principals(act) if one.may_read)]
    rows = ResultEntry.objects.filter(holder__in=holders).select_related("case")
    return [
        _row(entry, act.today, _values(entry))
        for entry in rows.order_by("-valid_from", "id")[:MOST]
        if act.may("case.own.read", of=whose(entry.case))
    ]


def results_of_case(act: Act, number: str) -> list[ResultRow]:
    """What a case granted, with its values, for its applicant. One statement."""
    rows = ResultEntry.objects.filter(case__number=number).select_related("case")
    return [
        _row(entry, act.today, _values(entry))
        for entry in rows.order_by("register")
        if act.may("case.own.read", of=whose(entry.case))
    ]


def has_result(holder: str, register: str, *, on: date) -> bool:
    """Whether a person holds a result in force on a day: the question other services ask. One statement."""
    rows = ResultEntry.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gt=on),
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=on),
        holder=holder,
        register=register,
        valid_from__lte=on,
    )
    return rows.exists()


def _row(entry: ResultEntry, on: date, values: Mapping[str, Any]) -> ResultRow:
    is_revoked = entry.revoked_on is not None and entry.revoked_on <= on
    is_over = entry.valid_until is not None and entry.valid_until <= on
    return ResultRow(
        id=str(entry.id),
        register=entry.register,
        case=entry.case.number,
        holder=str(entry.holder),
        document=entry.document,
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
        revoked_on=entry.revoked_on,
        is_in_force=entry.valid_from <= on and not is_over and not is_revoked,
        values=values,
    )


def _values(entry: ResultEntry) -> Mapping[str, Any]:
    try:
        found: dict[str, Any] = vault.open_sealed(
            str(entry.holder), bytes(entry.values), purpose=Purpose.RESULT
        )
    except vault.Erased:
        return {}
    return found
