"""The people of the demo, few and permanent. All are invented; only the check digits are right."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

PASSWORD = "zarechny-demo"  # noqa: S105  the demo says it aloud; outside the demo no official signs in by password alone


@dataclass(frozen=True, slots=True)
class Player:
    """A person of the demo: the short name that tests use, who that is, and with what they sign in."""

    key: str
    surname: str
    given_name: str
    patronymic: str
    born_on: date
    snils: str
    en: str
    part_ru: str
    part_en: str
    role: str = ""
    authority: str = ""
    acts_for: str = ""
    employer: str = ""
    email: str = field(default="")

    @property
    def address(self) -> str:
        """The e-mail address, on a domain reserved for examples (RFC 2606)."""
        return self.email or f"{self.key}@zarechny.example"


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm of the demo."""

    key: str
    ru: str
    en: str
    inn: str
    ogrn: str


FIRM = Firm("teplostroy", "ООО «Теплострой»", "Teplostroy LLC", "5838000128", "1245800001237")

CAST = (
    Player(
        "vera",
        "Климова",
        "Вера",
        "Андреевна",
        date(1984, 3, 12),
        "16002045190",
        "Vera Klimova",
        "специалист администрации Заречного",
        "clerk in Zarechny",
        role="clerk",
        authority="zarechny",
    ),
    Player(
        "boris",
        "Ефремов",
        "Борис",
        "Львович",
        date(1979, 8, 2),
        "16002046293",
        "Boris Yefremov",
        "второй специалист администрации Заречного",
        "second clerk in Zarechny",
        role="clerk",
        authority="zarechny",
    ),
    Player(
        "galina",
        "Соколова",
        "Галина",
        "Петровна",
        date(1968, 11, 30),
        "16002047396",
        "Galina Sokolova",
        "глава администрации Заречного",
        "head of Zarechny",
        role="head",
        authority="zarechny",
    ),
    Player(
        "oleg",
        "Рябов",
        "Олег",
        "Викторович",
        date(1990, 1, 25),
        "16002048499",
        "Oleg Ryabov",
        "специалист соседнего Бессоновского района",
        "clerk of the next district",
        role="clerk",
        authority="bessonovka",
    ),
    Player(
        "nina",
        "Журавлёва",
        "Нина",
        "Семёновна",
        date(1975, 5, 17),
        "16002049501",
        "Nina Zhuravlyova",
        "владелец услуг в правительстве области",
        "service owner of the region",
        role="service_owner",
        authority="penza-region",
    ),
    Player(
        "artyom",
        "Белов",
        "Артём",
        "Игоревич",
        date(1993, 9, 9),
        "16002050688",
        "Artyom Belov",
        "администратор системы",
        "administrator",
        role="administrator",
        authority="centre",
    ),
    Player(
        "anna",
        "Морозова",
        "Анна",
        "Сергеевна",
        date(1991, 6, 21),
        "16002051791",
        "Anna Morozova",
        "жительница Заречного, подаёт заявления",
        "lives in Zarechny and applies",
    ),
    Player(
        "pavel",
        "Морозов",
        "Павел",
        "Дмитриевич",
        date(1988, 2, 3),
        "16002052894",
        "Pavel Morozov",
        "действует за Анну по доверенности",
        "acts for Anna under a power of attorney",
        acts_for="anna",
    ),
    Player(
        "dina",
        "Ахметова",
        "Дина",
        "Рашидовна",
        date(1986, 10, 14),
        "16002053997",
        "Dina Akhmetova",
        "сотрудница ООО «Теплострой»",
        "employee of Teplostroy LLC",
        employer="teplostroy",
    ),
    Player(
        "stepan",
        "Чужаков",
        "Степан",
        "Юрьевич",
        date(1995, 4, 1),
        "16002054191",
        "Stepan Chuzhakov",
        "посторонний: своих дел здесь нет",
        "a stranger: no matter of his own here",
    ),
)
