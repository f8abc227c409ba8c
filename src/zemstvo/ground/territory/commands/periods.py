"""Names and borders in time: how a new one takes the place of the one that stands."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db import models

from zemstvo.ground.territory.models import Border, Territory, TerritoryName
from zemstvo.ground.territory.names import Names, search_form
from zemstvo.ground.territory.refusals import DayTooEarly, TerritoryIsClosed, UnknownTerritory
from zemstvo.ground.territory.rules.schemes import may_be_code

Period = TypeVar("Period", TerritoryName, Border)


def standing_territory(code: str) -> Territory:
    """The territory, locked by the room's edition. Refuses with UnknownTerritory or TerritoryIsClosed."""
    territory = Territory.objects.filter(code=code).first() if may_be_code(code) else None
    if territory is None:
        raise UnknownTerritory(code=code[:60])
    if territory.valid_until is not None:
        raise TerritoryIsClosed(code=code, closed_on=territory.valid_until)
    return territory


def name_from(code: str, names: Names, day: date, until: date | None = None) -> TerritoryName:
    """A row, not yet saved, for a name that holds from a day."""
    search = "\n".join(search_form(name) for name in names.values())
    return TerritoryName(
        territory_id=code, names=dict(names), search=search, valid_from=day, valid_until=until
    )


def take_place(before: Period, after: Period) -> None:
    """End a period the day another begins; on the same day the new one is a correction of it.

    Refuses with DayTooEarly where the new one would begin before the one that stands.
    """
    if after.valid_from < before.valid_from:
        raise DayTooEarly(day=after.valid_from, from_=before.valid_from)
    if after.valid_from == before.valid_from:
        after.pk = before.pk
        after.save(force_update=True)
        return
    end(type(before).objects.filter(pk=before.pk), after.valid_from)
    after.save(force_insert=True)


def end(periods: models.QuerySet[models.Model], day: date) -> None:
    """End periods; those that would have begun on the day or later never were."""
    periods.filter(valid_from__gte=day).delete()
    periods.filter(valid_from__lt=day).update(valid_until=day)
