from datetime import date

import pytest

from zemstvo.ground.journal.refusals import NoMandate, Stale
from zemstvo.ground.territory import refusals
from zemstvo.ground.territory.commands import (
    close_authority,
    close_territory,
    create_authority,
    create_office,
    place_authority,
    rename_authority,
    withdraw_authority,
)
from zemstvo.ground.territory.queries import authorities, authorities_for, authority
from zemstvo.ground.territory.tests.zarechny import DISTRICT, REGION, ZARECHNY, build, build_with_authority

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NAMES = {"ru": "Правительство области", "en": "Government of the region"}


def test_an_authority_acts_for_its_home_from_the_first_day(house, journal):
    build(house)

    create_authority(house, "zarechny", names={"ru": "Администрация"}, territory=ZARECHNY, prefix="ЗАР")

    found = authority("zarechny")
    assert (found.territory, found.zone, found.prefix) == (ZARECHNY, "Europe/Moscow", "ЗАР")
    assert found.acts_for == (ZARECHNY,)
    assert journal()[-2:] == [
        ("authority.created", {"authority": "zarechny", "territory": ZARECHNY}),
        ("authority.placed", {"authority": "zarechny", "territory": ZARECHNY, "from_": "2026-11-23"}),
    ]


def test_an_authority_may_have_a_zone_and_territories_of_its_own(house):
    build(house)

    create_authority(
        house, "both", names=NAMES, territory=REGION, zone="Asia/Tomsk", acts_for=[ZARECHNY, DISTRICT]
    )

    assert (authority("both").zone, authority("both").acts_for) == ("Asia/Tomsk", (DISTRICT, ZARECHNY))


def test_for_a_place_act_its_own_authority_first_and_then_those_above(house):
    build_with_authority(house)
    create_authority(house, "region", names=NAMES, territory=REGION)

    assert [row.code for row in authorities_for(ZARECHNY)] == ["zarechny", "region"]
    assert [row.code for row in authorities_for(DISTRICT)] == ["region"]
    assert [row.code for row in authorities(territory=REGION)] == ["region", "zarechny"]
    assert [row.code for row in authorities(territory=ZARECHNY)] == ["zarechny"]


def test_an_authority_withdraws_and_may_come_back(house, journal):
    build_with_authority(house)

    withdraw_authority(house, "zarechny", territory=ZARECHNY, valid_until=date(2026, 12, 1))

    assert authorities_for(ZARECHNY) == []
    assert [row.code for row in authorities_for(ZARECHNY, date(2026, 11, 30))] == ["zarechny"]
    assert journal()[-1][0] == "authority.withdrawn"
    place_authority(house, "zarechny", territory=ZARECHNY, valid_from=date(2026, 12, 5))
    assert [row.code for row in authorities_for(ZARECHNY)] == ["zarechny"]


def test_a_renamed_authority_turns_its_version(house, journal):
    build_with_authority(house)

    rename_authority(house, "zarechny", names=NAMES, version=1)

    assert (authority("zarechny").names, authority("zarechny").version) == (NAMES, 2)
    assert journal()[-1] == ("authority.renamed", {"authority": "zarechny"})
    with pytest.raises(Stale):
        rename_authority(house, "zarechny", names={"ru": "Поздно"}, version=1)


def test_a_closed_authority_stays_readable_and_acts_for_nothing(house, journal):
    build_with_authority(house)
    create_office(house, "zarechny", "main", names={"ru": "Приёмная"})

    close_authority(house, "zarechny")

    assert journal()[-1] == ("authority.closed", {"authority": "zarechny", "from_": "2026-11-23"})
    found = authority("zarechny")
    assert (found.acts_for, found.offices, found.valid_until) == ((), (), date(2026, 11, 23))
    assert authorities() == []
    assert [row.code for row in authorities(closed=True)] == ["zarechny"]
    with pytest.raises(refusals.AuthorityIsClosed):
        close_authority(house, "zarechny")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (
            lambda act: create_authority(act, "zarechny", names=NAMES, territory=ZARECHNY),
            refusals.AuthorityStands,
        ),
        (lambda act: create_authority(act, "б", names=NAMES, territory=ZARECHNY), refusals.CodeUnclear),
        (lambda act: create_authority(act, "x1", names=NAMES, territory="1"), refusals.UnknownTerritory),
        (lambda act: create_authority(act, "x1", names={}, territory=ZARECHNY), refusals.NamesUnclear),
        (
            lambda act: create_authority(act, "x1", names=NAMES, territory=ZARECHNY, prefix="a b"),
            refusals.PrefixUnclear,
        ),
        (
            lambda act: create_authority(act, "x1", names=NAMES, territory=ZARECHNY, prefix="ZARECHNY"),
            refusals.PrefixUnclear,
        ),
        (
            lambda act: create_authority(act, "x1", names=NAMES, territory=ZARECHNY, zone="X"),
            refusals.UnknownZone,
        ),
        (
            lambda act: create_authority(
                act, "x1", names=NAMES, territory=ZARECHNY, acts_for=[ZARECHNY, ZARECHNY]
            ),
            refusals.ActsAlready,
        ),
        (lambda act: place_authority(act, "zarechny", territory=ZARECHNY), refusals.ActsAlready),
        (lambda act: place_authority(act, "zarechny", territory="1"), refusals.UnknownTerritory),
        (lambda act: place_authority(act, "nobody", territory=ZARECHNY), refusals.UnknownAuthority),
        (lambda act: withdraw_authority(act, "zarechny", territory=REGION), refusals.DoesNotAct),
        (lambda act: rename_authority(act, "nobody", names=NAMES), refusals.UnknownAuthority),
        (lambda act: rename_authority(act, "zarechny", names={}), refusals.NamesUnclear),
        (
            lambda act: close_authority(act, "zarechny", valid_until=date(2026, 1, 1)),
            refusals.DayTooEarly,
        ),
    ],
)
def test_what_cannot_be_is_refused_and_the_journal_is_as_before(house, journal, change, refusal):
    build_with_authority(house)
    before, standing = journal(), authorities()

    with pytest.raises(refusal):
        change(house)

    assert journal() == before
    assert authorities() == standing


@pytest.mark.parametrize(
    "change",
    [
        lambda act: create_authority(act, "x1", names=NAMES, territory=ZARECHNY),
        lambda act: rename_authority(act, "zarechny", names=NAMES),
        lambda act: rename_authority(act, "nobody", names=NAMES),
        lambda act: place_authority(act, "zarechny", territory=DISTRICT),
        lambda act: withdraw_authority(act, "zarechny", territory=ZARECHNY),
        lambda act: close_authority(act, "zarechny"),
    ],
)
def test_a_stranger_changes_no_authority(house, stranger, journal, change):
    build_with_authority(house)
    before = journal()

    with pytest.raises(NoMandate):
        change(stranger)

    assert journal() == before


def test_no_authority_comes_to_a_closed_territory(house):
    build(house)
    close_territory(house, DISTRICT, valid_until=date(2027, 1, 1))

    with pytest.raises(refusals.TerritoryIsClosed):
        create_authority(house, "late", names=NAMES, territory=DISTRICT)
