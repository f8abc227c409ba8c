"""The four levels of territories."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """How high a territory stands. A municipality may lie in another one (a settlement of a district)."""

    FEDERATION = "federation"
    REGION = "region"
    MUNICIPALITY = "municipality"
    SETTLEMENT = "settlement"

    def may_lie_in(self, above: Level) -> bool:
        """Whether a territory of this level can be a part of one of that level."""
        order = list(Level)
        return order.index(above) < order.index(self) or self is above is Level.MUNICIPALITY
