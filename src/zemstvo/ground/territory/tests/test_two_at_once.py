"""Two administrators press the button in the same second: one changes the territory, one reads why not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.territory.classifier import read_bytes
from zemstvo.ground.territory.commands import (
    create_authority,
    create_office,
    create_territory,
    declare_holiday,
    import_territories,
    rename_territory,
)
from zemstvo.ground.territory.models import Border, TerritoryName
from zemstvo.ground.territory.tests.test_classifier import OKTMO
from zemstvo.ground.territory.tests.zarechny import FEDERATION, ZARECHNY, build_with_calendar

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def at_once(*deeds):
    """What each deed answered: its result, or the code of its refusal."""
    start = Barrier(len(deeds))

    def do(deed):
        start.wait()
        try:
            return deed()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


@pytest.mark.parametrize(
    ("deed", "refused"),
    [
        (lambda act: create_territory(act, "56613404", names={"ru": "Сельсовет"}), "territory.stands"),
        (
            lambda act: create_authority(act, "town", names={"ru": "Мэрия"}, territory=ZARECHNY),
            "authority.stands",
        ),
        (lambda act: declare_holiday(act, ZARECHNY, date(2026, 6, 19)), "calendar.holiday-stands"),
    ],
)
def test_what_two_want_at_once_is_done_once(house, journal, deed, refused):
    build_with_calendar(house)
    before = len(journal())

    answers = at_once(lambda: deed(house), lambda: deed(house))

    assert answers.count(refused) == 1
    done = [kind for kind, _payload in journal()[before:] if kind != "authority.placed"]
    assert len(done) == 1


def test_two_new_names_at_once_leave_one(house):
    build_with_calendar(house)

    at_once(
        lambda: rename_territory(house, ZARECHNY, names={"ru": "Один"}, valid_from=date(2027, 1, 1)),
        lambda: rename_territory(house, ZARECHNY, names={"ru": "Другой"}, valid_from=date(2027, 1, 1)),
    )

    assert TerritoryName.objects.filter(territory=ZARECHNY, valid_until=None).count() == 1


def test_the_same_list_imported_twice_at_once_is_there_once(house):
    listed = read_bytes(OKTMO.encode())

    first, second = at_once(
        lambda: import_territories(house, listed), lambda: import_territories(house, listed)
    )

    assert sorted([len(first.added), len(second.added)]) == [0, 5]
    assert Border.objects.count() == 5


def test_an_office_of_two_hands_is_one_office(house):
    build_with_calendar(house)
    create_authority(house, "centre", names={"ru": "Центр"}, territory=FEDERATION)

    answers = at_once(
        *[lambda: create_office(house, "centre", "main", names={"ru": "Приёмная"}) for _hand in range(3)]
    )

    assert sorted(answers) == ["main", "office.stands", "office.stands"]
