"""Life events: the situations in which people look for a service. A table (tables/life_events.csv), never
code.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parents[1] / "tables" / "life_events.csv"


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """A situation in life: its id, stable for ever, and its titles by language."""

    id: str
    titles: Mapping[str, str]


@cache
def life_events() -> Mapping[str, LifeEvent]:
    """All life events by id, in the order in which they are shown."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["id"]: LifeEvent(row["id"], {one: row[one] for one in row if one != "id"}) for row in rows}
