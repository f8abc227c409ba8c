"""The heart: an act, a command, and how a command leaves its facts in the journal.

    @command
    def return_case(act: Act, number: str, *, reason: str) -> Case: ...

The order inside a command is always the same: lock, mandate, rules, save, record. A command runs
in one transaction; a command called inside a command joins it; a command that records nothing fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction

from zemstvo.ground.journal.facts import Channel, Entry, Fact
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.journal.writing import Line, Stamp, line_of, write_lines

P = ParamSpec("P")
R = TypeVar("R")


class Powers(Protocol):
    """What the one who acts may do. Rooms above the journal bring the implementations."""

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        """Whether the right is held, now and in this transaction, for this place or this matter."""
        ...


class NoPowers:
    """A stranger: may do nothing that asks for a right."""

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        return False


class HousePowers:
    """The installation itself (the command line, the clock): may do everything, and is named as actor."""

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        return True


HOUSE = "house"
"""The actor of acts that no person did: upkeep and the administrator's command line."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, under which mandate, for whom, through which channel and entry, where and when.

    `actor` and `behalf_of` are pseudonyms (one per person per installation), `mandate` the public id
    of a mandate, `authority` and `territory` codes, `at` an instant in UTC, `zone` the time zone in
    which `today` is read.
    """

    actor: str
    at: datetime
    powers: Powers = field(default_factory=NoPowers, compare=False)
    mandate: str = ""
    behalf_of: str = ""
    channel: Channel = Channel.NONE
    entry: Entry = Entry.NONE
    intermediary: str = ""
    authority: str = ""
    territory: str = ""
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an act needs an instant with a time zone")

    @property
    def today(self) -> date:
        """The day of the act in the authority's time zone; legal days are counted from it."""
        return self.day_of(self.at)

    def day_of(self, at: datetime) -> date:
        """The day of another instant in the authority's time zone."""
        return at.astimezone(ZoneInfo(self.zone)).date()

    def may(self, right: str, territory: str = "", *, authority: str = "", of: Sequence[str] = ()) -> bool:
        """Whether the one who acts holds the right here.

        `of` names whose matter it is: pseudonyms and numbers.
        """
        return self.powers.allow(self, right, territory=territory, authority=authority, of=of)

    def must(self, right: str, territory: str = "", *, authority: str = "", of: Sequence[str] = ()) -> None:
        """Refuse with NoMandate unless `may`."""
        if not self.may(right, territory, authority=authority, of=of):
            raise NoMandate(right=right, territory=territory)

    def record(
        self,
        fact: Fact,
        *,
        territory: str = "",
        authority: str = "",
        service: str = "",
        service_version: int = 0,
    ) -> Stamp:
        """Leave a fact in the journal when the command commits. Place and service default to the act's.

        Returns the stamp (fact id, leaf hash) on which a promise can be signed.
        """
        ledger = _ledger.get()
        if ledger is None:
            raise RuntimeError(f"{type(fact).__name__} was recorded outside a command")
        line = line_of(
            self,
            fact,
            territory=territory or self.territory,
            authority=authority or self.authority,
            service=service,
            service_version=service_version,
        )
        ledger.lines.append(line)
        ledger.recorded += 1
        return line.stamp

    def later(self, at: datetime) -> Act:
        """The same act at another moment (upkeep that runs through many days, a replayed year)."""
        return replace(self, at=at)


def house_act(
    *, at: datetime | None = None, zone: str = "UTC", territory: str = "", authority: str = ""
) -> Act:
    """An act of the installation itself: the command line and the clock."""
    return Act(
        actor=HOUSE,
        at=at or datetime.now(UTC),
        powers=HousePowers(),
        zone=zone,
        territory=territory,
        authority=authority,
    )


@dataclass(slots=True)
class Ledger:
    """What the running command has recorded: the lines still to be written, and how many in all."""

    lines: list[Line] = field(default_factory=list)
    recorded: int = 0


_ledger: ContextVar[Ledger | None] = ContextVar("zemstvo_ledger", default=None)


class NothingRecorded(RuntimeError):
    """A command ended without a fact: a mistake of ours, never of the person who acted."""


def command(body: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
    """Make a function a command: one transaction, at least one fact, or nothing at all."""

    @wraps(body)
    def run(act: Act, /, *args: P.args, **kwargs: P.kwargs) -> R:
        outer = _ledger.get()
        if outer is not None:
            return _run_inside(outer, run, body, act, *args, **kwargs)
        ledger = Ledger()
        token = _ledger.set(ledger)
        try:
            with transaction.atomic():
                result = body(act, *args, **kwargs)
                _demand_fact(ledger, 0, run)
                if ledger.lines:
                    write_lines(ledger.lines)
        finally:
            _ledger.reset(token)
        return result

    run.is_command = True  # type: ignore[attr-defined]
    return run


def _run_inside(
    outer: Ledger,
    run: Callable[..., object],
    body: Callable[Concatenate[Act, P], R],
    act: Act,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """A command called inside a command: it joins the transaction, and a refusal takes its facts back."""
    lines, recorded = len(outer.lines), outer.recorded
    try:
        with transaction.atomic():
            result = body(act, *args, **kwargs)
            _demand_fact(outer, recorded, run)
    except BaseException:
        del outer.lines[lines:]
        outer.recorded = recorded
        raise
    return result


def _demand_fact(ledger: Ledger, before: int, body: Callable[..., object]) -> None:
    if ledger.recorded == before:
        raise NothingRecorded(f"{body.__module__}.{body.__qualname__} recorded no fact")
