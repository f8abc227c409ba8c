"""The whole official list of 2019: 25,088 rows that no one here wrote."""

import csv
from collections import Counter
from datetime import date
from time import process_time

import pytest
from django.db import connection

from zemstvo.ground.territory import queries
from zemstvo.ground.territory.classifier import read
from zemstvo.ground.territory.commands import import_territories
from zemstvo.ground.territory.models import Border, Territory, TerritoryName
from zemstvo.ground.territory.rules import Level
from zemstvo.ground.territory.rules.oktmo import check_digit, oktmo

pytestmark = pytest.mark.corpus
MISPRINTED = {
    "07705000": 2373,
    "07713000": 2377,
    "07714000": 2378,
    "07716000": 2380,
    "07725000": 2383,
    "07726000": 2384,
    "07731000": 2386,
    "07735000": 2387,
    "19614410": 4767,
    "22727000": 5970,
    "28650449": 7071,
    "28752000": 7147,
    "35652468": 8790,
    "41648165": 10432,
    "46787000": 11288,
    "49625405": 11429,
}
KINDS = {"intracity_area_fed_city": "intracity_area", "inter_settlement_territory": "inter_settlement"}
LIST_DAY = date(2019, 8, 1)


@pytest.fixture(scope="session")
def national(corpus):
    return corpus / "ru" / "oktmo_8digit_2019.csv"


@pytest.fixture(scope="session")
def adygea(corpus):
    return corpus / "ru" / "oktmo_sample_adygea_8_and_11digit.csv"


@pytest.fixture(scope="session")
def rows(national):
    with national.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_check_digit_of_the_list_is_ours_but_for_sixteen_misprints(rows):
    wrong = {row["code8"] for row in rows if int(row["check_in_source"]) != check_digit(row["code8"])}

    assert len(rows) == 25_088
    assert wrong == set(MISPRINTED)
    assert all(int(row["check_computed"]) == check_digit(row["code8"]) for row in rows)


def test_every_code_says_what_the_list_says_it_is(rows):
    for row in rows:
        meaning, listed = oktmo(row["code8"]), row["level_derived"]
        if meaning.level is Level.REGION:
            assert listed == "region" or row["code8"] in ("11800000", "71800000", "71900000")
        elif listed.startswith("group"):
            assert meaning.is_heading, row
        elif listed != "ao_municipality":
            assert (meaning.kind, meaning.is_heading) == (KINDS.get(listed, listed), False), row


def test_a_heading_is_called_like_one_and_a_municipality_is_not(rows):
    plural = ("Муниципальные ", "Городские ", "Сельские ", "Внутригородские ", "Межселенн")
    headings = [row for row in rows if oktmo(row["code8"]).is_heading]
    places = [
        row
        for row in rows
        if not oktmo(row["code8"]).is_heading
        and oktmo(row["code8"]).level is Level.MUNICIPALITY
        and oktmo(row["code8"]).kind != "inter_settlement"
    ]

    assert len(headings) == 3_021
    assert all(row["name"].startswith(plural) for row in headings)
    assert [row for row in places if row["name"].startswith(plural)] == []


def test_the_sixteen_misprints_are_reported_by_line(national):
    listed = read(national)

    assert listed.faults == ()
    assert {
        one.code: one.line for one in listed.territories if one.check_digit_printed is not None
    } == MISPRINTED
    assert sorted(remark.line for remark in listed.remarks) == sorted(MISPRINTED.values())


def test_eighty_five_regions_bear_their_own_names_and_zones(national):
    regions = [one for one in read(national).territories if one.level is Level.REGION]

    assert len(regions) == 85
    assert all("униципальн" not in one.names["ru"] and one.names["en"] and one.zone for one in regions)


def test_cities_and_villages_of_adygea_lie_in_their_municipalities(adygea):
    listed = read(adygea)
    codes = {one.code for one in listed.territories}

    assert listed.faults == listed.remarks == ()
    assert all(one.above[0] in codes for one in listed.territories if one.level is not Level.REGION)
    maykop = next(one for one in listed.territories if one.code == "79701000001")
    assert (maykop.names["ru"], maykop.kind, maykop.above[0]) == ("г Майкоп", "city", "79701000")


def rows_as_planned(table):
    """How many rows PostgreSQL reckons with; it checks a commit row by row where it believes in few."""
    if connection.vendor != "postgresql":
        return float("inf")
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        return cursor.fetchone()[0]


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_country_is_imported_in_a_few_seconds_and_a_second_time_changes_nothing(
    house, journal, national, adygea
):
    begins = process_time()
    report = import_territories(house, read(national), valid_from=LIST_DAY)
    seconds = process_time() - begins

    assert seconds < 20, "of this process; three on a quiet machine"
    assert len(report.added) == Territory.objects.count() == 22_068
    assert (report.headings, len(report.corrected)) == (3_021, 16)
    assert TerritoryName.objects.count() == Border.objects.count() == 22_068
    assert len(journal()) == 1
    assert rows_as_planned("territory_territory") > 20_000
    orphans = Counter(queries.territory(fault.value).parent[2:] for fault in report.orphans)
    assert orphans == {"000000": len(report.orphans)}

    again = import_territories(house, read(national), valid_from=LIST_DAY)

    assert (again.unchanged, again.added, again.renamed, again.moved, again.closed) == (
        22_067,
        (),
        (),
        (),
        (),
    )

    sample = import_territories(house, read(adygea), valid_from=LIST_DAY)

    assert sample.closed == ()
    assert {queries.territory(code).level for code in sample.added} == {Level.SETTLEMENT}
    assert queries.is_within("79605402101", "79605000")


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_traps_of_the_list_are_avoided_in_the_house(house, national):
    import_territories(house, read(national), valid_from=LIST_DAY)

    assert queries.lineage("71871000") == ("71871000", "71800000", "00000000")
    assert not queries.is_within("71871000", "71000000")
    assert queries.lineage("11851000") == ("11851000", "11800000", "00000000")
    assert queries.lineage("57851000") == ("57851000", "57000000", "00000000")
    assert queries.lineage("40910000") == ("40910000", "40000000", "00000000")
    assert [row.code for row in queries.roots()] == ["00000000"]
    assert len(queries.children("00000000")) == 85
    assert queries.territory("98639000").zone == "Asia/Vladivostok"
    assert queries.territory("27701000").zone == "Europe/Kaliningrad"
    assert [row.code for row in queries.find_territories("заречный", within="56000000")] == ["56734000"]
