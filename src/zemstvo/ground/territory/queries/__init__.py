"""Every question from outside about territories, authorities and calendars: frozen rows out.

They stand open to all (where an office is, is no secret), so they take no act. Answers are kept in the
memory of the process under the room's edition: a warm answer costs one small statement, which a page pays
once (`one_edition`).
"""

from zemstvo.ground.territory.editions import one_edition
from zemstvo.ground.territory.queries.authorities import (
    AuthorityRow,
    OfficeRow,
    authorities,
    authorities_for,
    authority,
    offices,
)
from zemstvo.ground.territory.queries.calendars import DayRow, calendar, calendar_days, calendar_years
from zemstvo.ground.territory.queries.places import (
    PeriodRow,
    TerritoryRow,
    children,
    find_territories,
    is_within,
    lineage,
    periods,
    roots,
    territory,
    within,
)

__all__ = [
    "AuthorityRow",
    "DayRow",
    "OfficeRow",
    "PeriodRow",
    "TerritoryRow",
    "authorities",
    "authorities_for",
    "authority",
    "calendar",
    "calendar_days",
    "calendar_years",
    "children",
    "find_territories",
    "is_within",
    "lineage",
    "offices",
    "one_edition",
    "periods",
    "roots",
    "territory",
    "within",
]
