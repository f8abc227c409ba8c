"""The federation of the demo: its centre, two regions, Zarechny and four more municipalities.

The codes are those of the all-Russian classifier OKTMO. Populations are rounded. The authorities, their
addresses and telephones are invented (the numbers lie in +7 000, which no operator has).
"""

from __future__ import annotations

from dataclasses import dataclass

MOSCOW_TIME = "Europe/Moscow"
CENTRE = "00000000"
PENZA_REGION = "56000000"
TAMBOV_REGION = "68000000"
ZARECHNY = "56734000"
BESSONOVKA = "56613000"
BESSONOVKA_VILLAGE = "56613404"
TAMBOV = "68701000"
KIRSANOV = "68610000"


@dataclass(frozen=True, slots=True)
class Place:
    """A territory of the demo."""

    code: str
    level: str
    parent: str
    ru: str
    en: str
    population: int


@dataclass(frozen=True, slots=True)
class Council:
    """An authority of the demo with its one office; `line` says how good the office's connection is."""

    code: str
    territory: str
    ru: str
    en: str
    address_ru: str
    address_en: str
    phone: str
    line: str


PLACES = (
    Place(CENTRE, "federation", "", "Федерация", "The Federation", 146_000_000),
    Place(PENZA_REGION, "region", CENTRE, "Пензенская область", "Penza Region", 1_240_000),
    Place(TAMBOV_REGION, "region", CENTRE, "Тамбовская область", "Tambov Region", 960_000),
    Place(ZARECHNY, "municipality", PENZA_REGION, "Город Заречный", "Zarechny", 62_000),
    Place(BESSONOVKA, "municipality", PENZA_REGION, "Бессоновский район", "Bessonovka District", 45_000),
    Place(
        BESSONOVKA_VILLAGE, "settlement", BESSONOVKA, "Бессоновский сельсовет", "Bessonovka Village", 9_000
    ),
    Place(TAMBOV, "municipality", TAMBOV_REGION, "Город Тамбов", "Tambov", 260_000),
    Place(KIRSANOV, "municipality", TAMBOV_REGION, "Кирсановский район", "Kirsanov District", 18_000),
)

COUNCILS = (
    Council(
        "centre",
        CENTRE,
        "Федеральный центр цифрового управления",
        "Federal Centre of Digital Administration",
        "Москва, Примерная площадь, 1",
        "1 Example Square, Moscow",
        "+7 000 100-00-01",
        "good",
    ),
    Council(
        "penza-region",
        PENZA_REGION,
        "Правительство Пензенской области",
        "Government of Penza Region",
        "Пенза, Примерная улица, 75",
        "75 Example Street, Penza",
        "+7 000 841-20-00",
        "good",
    ),
    Council(
        "tambov-region",
        TAMBOV_REGION,
        "Правительство Тамбовской области",
        "Government of Tambov Region",
        "Тамбов, Примерная улица, 14",
        "14 Example Street, Tambov",
        "+7 000 475-20-00",
        "good",
    ),
    Council(
        "zarechny",
        ZARECHNY,
        "Администрация города Заречного",
        "Zarechny Town Administration",
        "Заречный, проспект Мира, 30",
        "30 Mira Avenue, Zarechny",
        "+7 000 841-60-01",
        "good",
    ),
    Council(
        "bessonovka",
        BESSONOVKA,
        "Администрация Бессоновского района",
        "Bessonovka District Administration",
        "Бессоновка, Коммунистическая улица, 2",
        "2 Kommunisticheskaya Street, Bessonovka",
        "+7 000 841-40-01",
        "weak",
    ),
    Council(
        "bessonovka-village",
        BESSONOVKA_VILLAGE,
        "Администрация Бессоновского сельсовета",
        "Bessonovka Village Council",
        "Бессоновка, Сурская улица, 11",
        "11 Surskaya Street, Bessonovka",
        "+7 000 841-40-90",
        "bad",
    ),
    Council(
        "tambov",
        TAMBOV,
        "Администрация города Тамбова",
        "Tambov City Administration",
        "Тамбов, Интернациональная улица, 30",
        "30 Internatsionalnaya Street, Tambov",
        "+7 000 475-20-30",
        "good",
    ),
    Council(
        "kirsanov",
        KIRSANOV,
        "Администрация Кирсановского района",
        "Kirsanov District Administration",
        "Кирсанов, Советская улица, 29",
        "29 Sovetskaya Street, Kirsanov",
        "+7 000 475-37-01",
        "weak",
    ),
)
