"""A small country in which Zarechny lies, made with the room's own commands."""

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.territory.calendars import read_bytes as calendar_of
from zemstvo.ground.territory.commands import create_authority, create_territory, import_calendar

FEDERATION, REGION, DISTRICT, ZARECHNY = "00000000", "56000000", "56613000", "56734000"

CALENDAR = """date,kind,name,moved_from,source
2026-01-01,holiday,Новый год,,ТК РФ ст. 112
2026-11-03,short,,,ТК РФ ст. 95
2026-11-04,holiday,День народного единства,,ТК РФ ст. 112
2026-12-31,moved,,2026-01-04,Постановление
2027-01-01,holiday,Новый год,,ТК РФ ст. 112
"""


def build(act: Act) -> None:
    create_territory(
        act,
        FEDERATION,
        names={"ru": "Федерация", "en": "The Federation"},
        level="federation",
        zone="Europe/Moscow",
        scheme="oktmo",
    )
    create_territory(act, REGION, names={"ru": "Пензенская область", "en": "Penza Region"})
    create_territory(act, ZARECHNY, names={"ru": "Город Заречный", "en": "Zarechny"})
    create_territory(act, DISTRICT, names={"ru": "Бессоновский район"})


def build_with_authority(act: Act) -> None:
    build(act)
    create_authority(act, "zarechny", names={"ru": "Администрация города Заречного"}, territory=ZARECHNY)


def build_with_calendar(act: Act) -> None:
    build(act)
    import_calendar(act, FEDERATION, calendar_of(CALENDAR.encode()))
