"""A few facts of the town, for the tests of the journal, which knows no capability above it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from zemstvo.ground.journal.acts import Act, HousePowers, command
from zemstvo.ground.journal.facts import Channel, Code, Entry, Fact, Interaction, Number, PublicId, Touches

VERA = "0198e0a2-0000-7000-8000-00000000ec0a"
ANNA = "0198e0a2-0000-7000-8000-0000000000a0"


class Weather(StrEnum):
    FAIR = "fair"
    FOUL = "foul"


@dataclass(frozen=True, slots=True, kw_only=True)
class FenceMended(Fact):
    """A fence of the town was mended, with everything a fact can hold."""

    kind = "fence.mended"
    sentence = "The fence %(fence)s was mended on %(mended_on)s."
    interaction = Interaction.NOTICE

    fence: Annotated[Number, Touches("fence")]
    reason: Code
    mended_on: date
    planks: int = 0
    is_painted: bool = False
    weather: Weather = Weather.FAIR
    seen_at: datetime | None = None
    helpers: tuple[PublicId, ...] = ()
    neighbours: tuple[Annotated[Number, Touches("fence", "neighbour")], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FencePainted(Fact):
    """A fence of the town was painted."""

    kind = "fence.painted"
    sentence = "The fence %(fence)s was painted."

    fence: Annotated[Number, Touches("fence")]


def vera(at: datetime | None = None) -> Act:
    """Vera the clerk at her counter in Zarechny."""
    return Act(
        actor=VERA,
        at=at or datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        powers=HousePowers(),
        behalf_of=ANNA,
        channel=Channel.COUNTER,
        entry=Entry.TRANSCRIBED,
        authority="zarechny-council",
        territory="79701000",
        zone="Europe/Moscow",
    )


def mended(fence: str = "F-1", **others: object) -> FenceMended:
    return FenceMended(**{"fence": fence, "reason": "R01", "mended_on": date(2026, 11, 23), **others})


@command
def mend_fence(act: Act, fence: str = "F-1", **others: object) -> object:
    """Mend a fence of the town."""
    return act.record(mended(fence, **others))


@command
def paint_fence(act: Act, fence: str = "F-1") -> object:
    """Paint a fence of the town."""
    return act.record(FencePainted(fence=fence))
