"""Every write of the room of territory, by noun."""

from zemstvo.ground.territory.commands.authorities import (
    close_authority,
    create_authority,
    place_authority,
    rename_authority,
    withdraw_authority,
)
from zemstvo.ground.territory.commands.calendars import declare_holiday, import_calendar, revoke_holiday
from zemstvo.ground.territory.commands.lists import ImportReport, import_territories
from zemstvo.ground.territory.commands.offices import change_office, close_office, create_office
from zemstvo.ground.territory.commands.places import (
    change_zone,
    close_territory,
    create_territory,
    move_territory,
    rename_territory,
)

__all__ = [
    "ImportReport",
    "change_office",
    "change_zone",
    "close_authority",
    "close_office",
    "close_territory",
    "create_authority",
    "create_office",
    "create_territory",
    "declare_holiday",
    "import_calendar",
    "import_territories",
    "move_territory",
    "place_authority",
    "rename_authority",
    "rename_territory",
    "revoke_holiday",
    "withdraw_authority",
]
