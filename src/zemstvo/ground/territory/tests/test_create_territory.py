from datetime import date

import pytest

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.territory import refusals
from zemstvo.ground.territory.commands import create_territory
from zemstvo.ground.territory.models import Territory
from zemstvo.ground.territory.queries import territory
from zemstvo.ground.territory.rules import Level
from zemstvo.ground.territory.tests.zarechny import FEDERATION, REGION, ZARECHNY, build

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
VILLAGE = {"names": {"ru": "Бессоновский сельсовет"}}


def test_a_typed_code_says_level_kind_and_parent_itself(house, journal):
    build(house)

    code = create_territory(house, "56613404-0", **VILLAGE)

    found = territory(code)
    assert (found.code, found.level, found.kind) == ("56613404", Level.MUNICIPALITY, "rural_settlement")
    assert (found.parent, found.zone, found.check_digit) == ("56613000", "Europe/Moscow", 0)
    assert found.valid_from == date(2026, 11, 23)
    assert journal()[-1] == (
        "territory.created",
        {"territory": "56613404", "level": "municipality", "parent": "56613000", "from_": "2026-11-23"},
    )


def test_another_country_enters_its_territories_with_level_and_parent(house):
    create_territory(house, "de", names={"en": "Germany"}, level="federation", zone="Europe/Berlin")
    create_territory(house, "de-by", names={"en": "Bavaria"}, level="region", parent="de")
    create_territory(house, "09162", names={"en": "Munich"}, level="municipality", parent="de-by")

    assert (territory("09162").parent, territory("09162").zone) == ("de-by", "Europe/Berlin")


def test_a_stranger_creates_no_territory(house, stranger, journal):
    build(house)
    before = journal()

    for options in ({}, {"parent": "56613000"}, {"parent": "99999999"}):
        with pytest.raises(NoMandate):
            create_territory(stranger, "56613404", **VILLAGE, **options)

    assert journal() == before
    assert not Territory.objects.filter(code="56613404").exists()


@pytest.mark.parametrize(
    ("code", "options", "refusal"),
    [
        ("56613404-1", {}, refusals.WrongCheckDigit),
        ("5661340", {}, refusals.CodeUnclear),
        ("5661340x", {}, refusals.CodeUnclear),
        ("56613400", {}, refusals.CodeIsHeading),
        (ZARECHNY, {}, refusals.TerritoryStands),
        ("71801000", {"parent": "71800000"}, refusals.UnknownTerritory),
        ("56613404", {"parent": FEDERATION, "scheme": "plain", "level": "village"}, refusals.LevelUnclear),
        ("x", {"parent": ZARECHNY, "scheme": "plain", "level": "region"}, refusals.LevelUnclear),
        ("x", {"parent": ZARECHNY, "scheme": "plain"}, refusals.LevelUnclear),
        ("x", {"scheme": "plain", "level": "region"}, refusals.RootExpected),
        ("x", {"scheme": "okato"}, refusals.UnknownScheme),
        ("56613404", {"zone": "Moscow"}, refusals.UnknownZone),
        ("56613404", {"names": {}}, refusals.NamesUnclear),
        ("56613404", {"names": {"ru": "\x00"}}, refusals.NamesUnclear),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(house, journal, code, options, refusal):
    build(house)
    before, count = journal(), Territory.objects.count()

    with pytest.raises(refusal):
        create_territory(
            house, code, **{"parent": "" if "scheme" in options else REGION, **VILLAGE, **options}
        )

    assert journal() == before
    assert Territory.objects.count() == count


def test_a_code_without_anything_above_it_is_refused(house):
    with pytest.raises(refusals.UnknownTerritory, match="56613000"):
        create_territory(house, "56613404", scheme="oktmo", **VILLAGE)


def test_the_same_territory_twice_is_refused(house):
    build(house)
    create_territory(house, "56613404", **VILLAGE, parent=REGION)

    with pytest.raises(refusals.TerritoryStands):
        create_territory(house, "56613404-0", **VILLAGE, parent=REGION)
