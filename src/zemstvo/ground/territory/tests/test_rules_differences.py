from dataclasses import dataclass, field
from datetime import date

from zemstvo.ground.territory.rules import Level
from zemstvo.ground.territory.rules.differences import Standing, difference

OLD, NOW, LATER = date(2020, 1, 1), date(2026, 11, 23), date(2026, 12, 1)
REGION, MUNICIPALITY, SETTLEMENT = Level.REGION, Level.MUNICIPALITY, Level.SETTLEMENT


@dataclass(frozen=True)
class Listed:
    code: str
    level: Level
    above: tuple[str, ...] = ()
    names: dict = field(default_factory=lambda: {"ru": "Имя"})
    kind: str = ""


def standing(code, level, parent="", *, name="Имя", until=None, since=OLD):
    return code, Standing(code, level, "", parent, {"ru": name}, since, until, since, since)


def differ(before, listed, on=NOW):
    return difference(dict(before), listed, on=on, root="root")


REGION_LIST = [Listed("r1", REGION), Listed("m1", MUNICIPALITY, ("r1",)), Listed("m2", MUNICIPALITY, ("r1",))]
REGION_HOUSE = [
    standing("r1", REGION, "root"),
    standing("m1", MUNICIPALITY, "r1"),
    standing("m2", MUNICIPALITY, "r1"),
]


def test_an_empty_house_takes_all_of_the_list():
    found = differ([], REGION_LIST)

    assert found.added == ["r1", "m1", "m2"]
    assert found.parents == {"r1": "root", "m1": "r1", "m2": "r1"}


def test_the_same_list_again_changes_nothing():
    found = differ(REGION_HOUSE, REGION_LIST)

    assert found.unchanged == ["r1", "m1", "m2"]
    assert not (found.added or found.renamed or found.moved or found.closed or found.kept)


def test_a_municipality_that_a_whole_list_leaves_out_is_closed_with_what_lies_in_it():
    house = [
        *REGION_HOUSE,
        standing("m3", MUNICIPALITY, "r1"),
        standing("v3", MUNICIPALITY, "m3"),
        standing("s3", SETTLEMENT, "v3"),
    ]

    assert differ(house, REGION_LIST).closed == ["m3", "s3", "v3"]


def test_the_list_of_one_region_closes_nothing_in_another():
    house = [*REGION_HOUSE, standing("r2", REGION, "root"), standing("m9", MUNICIPALITY, "r2")]

    assert differ(house, REGION_LIST).closed == []


def test_a_list_without_settlements_closes_no_settlement():
    house = [*REGION_HOUSE, standing("s1", SETTLEMENT, "m1"), standing("s2", SETTLEMENT, "m1")]

    assert differ(house, REGION_LIST).closed == []


def test_a_part_of_a_closed_district_that_is_still_listed_moves_to_the_next_one_above():
    house = [*REGION_HOUSE, standing("m3", MUNICIPALITY, "r1"), standing("v3", MUNICIPALITY, "m3")]
    found = differ(house, [*REGION_LIST, Listed("v3", MUNICIPALITY, ("m3", "r1"))])

    assert found.closed == ["m3"]
    assert found.moved == ["v3"]
    assert (found.parents["v3"], found.orphans) == ("r1", {"v3": "m3"})


def test_a_new_name_renames_and_a_new_parent_moves():
    house = [*REGION_HOUSE[:2], standing("m2", MUNICIPALITY, "m1", name="Прежнее")]
    found = differ(house, REGION_LIST)

    assert (found.renamed, found.moved) == (["m2"], ["m2"])


def test_what_was_changed_later_than_the_list_is_kept():
    house = [
        *REGION_HOUSE[:2],
        standing("m2", MUNICIPALITY, "r1", name="Новое", since=LATER),
        standing("m3", MUNICIPALITY, "r1", since=LATER),
    ]
    found = differ(house, REGION_LIST)

    assert found.kept == ["m2", "m3"]
    assert not (found.renamed or found.closed)


def test_a_closed_territory_that_is_listed_again_is_reopened_unless_it_was_closed_later():
    house = [
        *REGION_HOUSE[:1],
        standing("m1", MUNICIPALITY, "r1", until=date(2025, 1, 1)),
        standing("m2", MUNICIPALITY, "r1", until=LATER),
    ]
    found = differ(house, REGION_LIST)

    assert (found.reopened, found.kept) == (["m1"], ["m2"])
