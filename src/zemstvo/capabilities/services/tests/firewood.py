"""The package of the tests: firewood for Zarechny, whole or with some of its words changed."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from zemstvo.capabilities.services.check import Checked, check_package
from zemstvo.capabilities.services.package import Circumstances, Package

FIREWOOD = Path(__file__).parent / "packages" / "firewood"

ZARECHNY, TAMBOV = "56734000", "68701000"
PENZA_REGION, BESSONOVKA_VILLAGE = "56000000", "56613404"
"""Places of the town's federation, by OKTMO code."""

ANNA = {
    "kind": "person",
    "family_name": "Морозова",
    "given_name": "Анна",
    "patronymic": "Игоревна",
    "born_on": "1990-04-12",
    "snils": "16002045190",
}
MONDAY = Circumstances(
    today=date(2026, 11, 23), filed_on=date(2026, 11, 23), channel="portal", applicant=ANNA
)


def answers(**changed):
    """Sound answers of a family with a stove; None takes one away."""
    whole = {
        "members": [
            {"name": "Анна", "born_on": "1990-04-12", "income": 1_200_000},
            {"name": "Дима", "born_on": "2020-01-31"},
        ],
        "home": {"text": "Заречный, ул. Лесная, 3"},
        "area": 60,
        "heating": "stove",
        "fuel": ["wood"],
        "since": "2026-11",
        "owner": {
            "family_name": "Морозова",
            "given_name": "Анна",
            "born_on": "1990-04-12",
            "snils": "16002045190",
        },
        "is_firm": False,
        "account": "40817810000000000001",
        "consent": True,
    }
    return {name: value for name, value in (whole | changed).items() if value is not None}


@cache
def checked() -> Checked:
    """The package as it is; sound."""
    return check_package(FIREWOOD)


def package() -> Package:
    """The compiled package."""
    found = checked().package
    assert found is not None, [str(fault) for fault in checked().faults]
    return found


def changed(
    folder: Path, *changes: tuple[str, str], file: str = "service.yaml", name: str = "firewood"
) -> Path:
    """A copy of the package in a folder, with pieces of one file replaced; each must be there once."""
    copy = folder / name
    if not copy.exists():
        shutil.copytree(FIREWOOD, copy)
    path = copy / file
    text = path.read_text()
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new)
    path.write_text(text)
    return copy


def faults(folder: Path) -> list[str]:
    """The faults of a package without warnings, each without the path of the folder."""
    found = [fault for fault in check_package(folder).faults if not fault.warning]
    return [str(fault).removeprefix(f"{folder}/") for fault in found]
