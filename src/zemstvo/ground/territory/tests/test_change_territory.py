from datetime import date

import pytest

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.territory import refusals
from zemstvo.ground.territory.commands import (
    change_zone,
    close_territory,
    create_territory,
    move_territory,
    rename_territory,
)
from zemstvo.ground.territory.queries import children, is_within, periods, territory
from zemstvo.ground.territory.tests.zarechny import DISTRICT, FEDERATION, REGION, ZARECHNY, build

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LATER = date(2027, 1, 1)


def test_a_renamed_town_keeps_its_old_name_for_its_time(house, journal):
    build(house)

    rename_territory(house, ZARECHNY, names={"ru": "Заречный-на-Суре"}, valid_from=LATER)

    assert territory(ZARECHNY).names == {"ru": "Заречный-на-Суре"}
    assert territory(ZARECHNY, date(2026, 12, 31)).names["ru"] == "Город Заречный"
    assert territory(ZARECHNY, LATER).names["ru"] == "Заречный-на-Суре"
    assert journal()[-1] == ("territory.renamed", {"territory": ZARECHNY, "from_": "2027-01-01"})
    assert [row.valid_until for row in periods(ZARECHNY) if row.names] == [LATER, None]


def test_a_name_is_corrected_on_the_day_on_which_it_began(house):
    build(house)

    rename_territory(house, ZARECHNY, names={"ru": "ЗАТО Заречный"})

    assert [row.names for row in periods(ZARECHNY) if row.names] == [{"ru": "ЗАТО Заречный"}]


def test_a_district_that_moves_takes_its_villages_along(house, journal):
    build(house)
    create_territory(house, "56613404", names={"ru": "Сельсовет"})
    create_territory(house, "68000000", names={"ru": "Тамбовская область"})

    move_territory(house, DISTRICT, parent="68000000", valid_from=LATER)

    assert is_within("56613404", "68000000")
    assert is_within("56613404", REGION, date(2026, 12, 31))
    assert not is_within("56613404", "68000000", date(2026, 12, 31))
    assert journal()[-1][0] == "territory.moved"


def test_a_closed_territory_stays_readable_and_takes_no_changes(house, journal):
    build(house)

    close_territory(house, DISTRICT, valid_until=LATER, successors=[ZARECHNY])

    assert journal()[-1] == (
        "territory.closed",
        {"territory": DISTRICT, "from_": "2027-01-01", "successors": [ZARECHNY]},
    )
    assert territory(DISTRICT).names["ru"] == "Бессоновский район"
    assert territory(DISTRICT).valid_until == LATER
    assert DISTRICT not in [row.code for row in children(REGION)]
    assert DISTRICT in [row.code for row in children(REGION, date(2026, 12, 31))]
    with pytest.raises(refusals.UnknownTerritory):
        territory(DISTRICT, LATER)
    for change in (
        lambda: rename_territory(house, DISTRICT, names={"ru": "Новое"}),
        lambda: move_territory(house, DISTRICT, parent=FEDERATION),
        lambda: change_zone(house, DISTRICT, zone="Europe/Samara"),
        lambda: close_territory(house, DISTRICT),
    ):
        with pytest.raises(refusals.TerritoryIsClosed):
            change()


def test_a_zone_is_inherited_until_a_territory_has_its_own(house, journal):
    build(house)

    change_zone(house, REGION, zone="Europe/Samara")

    assert territory(ZARECHNY).zone == "Europe/Samara"
    assert journal()[-1] == ("territory.zone_changed", {"territory": REGION, "zone": "Europe/Samara"})
    change_zone(house, REGION, zone="")
    assert territory(ZARECHNY).zone == "Europe/Moscow"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda act: rename_territory(act, "1", names={"ru": "Имя"}), refusals.UnknownTerritory),
        (lambda act: rename_territory(act, "\x00", names={"ru": "Имя"}), refusals.UnknownTerritory),
        (lambda act: rename_territory(act, ZARECHNY, names={"ru": ""}), refusals.NamesUnclear),
        (
            lambda act: rename_territory(act, ZARECHNY, names={"ru": "Имя"}, valid_from=date(2026, 1, 1)),
            refusals.DayTooEarly,
        ),
        (lambda act: move_territory(act, ZARECHNY, parent="1"), refusals.UnknownTerritory),
        (lambda act: move_territory(act, REGION, parent=ZARECHNY), refusals.LevelUnclear),
        (lambda act: move_territory(act, ZARECHNY, parent=ZARECHNY), refusals.PartOfItself),
        (
            lambda act: move_territory(act, ZARECHNY, parent=DISTRICT, valid_from=date(2026, 1, 1)),
            refusals.DayTooEarly,
        ),
        (lambda act: change_zone(act, ZARECHNY, zone="Mars/Olympus"), refusals.UnknownZone),
        (lambda act: change_zone(act, FEDERATION, zone=""), refusals.RootExpected),
        (lambda act: close_territory(act, REGION), refusals.TerritoryHasParts),
        (lambda act: close_territory(act, ZARECHNY), refusals.DayTooEarly),
        (lambda act: close_territory(act, ZARECHNY, successors=["1"]), refusals.UnknownTerritory),
    ],
)
def test_what_cannot_be_is_refused_and_the_journal_is_as_before(house, journal, change, refusal):
    build(house)
    before = journal()

    with pytest.raises(refusal):
        change(house)

    assert journal() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda act: rename_territory(act, ZARECHNY, names={"ru": "Имя"}),
        lambda act: move_territory(act, ZARECHNY, parent=DISTRICT),
        lambda act: change_zone(act, ZARECHNY, zone="Europe/Samara"),
        lambda act: close_territory(act, ZARECHNY),
        lambda act: rename_territory(act, "unknown", names={"ru": "Имя"}),
    ],
)
def test_a_stranger_changes_nothing(house, stranger, journal, change):
    build(house)
    before = journal()

    with pytest.raises(NoMandate):
        change(stranger)

    assert journal() == before


def test_a_ring_of_municipalities_is_refused(house):
    build(house)
    create_territory(house, "56613404", names={"ru": "Сельсовет"})

    with pytest.raises(refusals.PartOfItself):
        move_territory(house, DISTRICT, parent="56613404")
