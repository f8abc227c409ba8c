from dataclasses import replace
from datetime import date

import pytest

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.territory import refusals
from zemstvo.ground.territory.classifier import read_bytes
from zemstvo.ground.territory.commands import import_territories, rename_territory
from zemstvo.ground.territory.models import Border, Territory, TerritoryName
from zemstvo.ground.territory.queries import territory
from zemstvo.ground.territory.tests.test_classifier import OKTMO, PLAIN
from zemstvo.ground.territory.tests.zarechny import ZARECHNY, build

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
OLD, NEW = date(2026, 1, 1), date(2026, 11, 1)


def listed(text=OKTMO):
    return read_bytes(text.encode())


def rows():
    return [list(table.objects.order_by("pk").values_list()) for table in (Territory, TerritoryName, Border)]


def test_a_list_fills_an_empty_house_and_leaves_one_fact(house, journal):
    report = import_territories(house, listed(), valid_from=OLD)

    assert report.added == ("00000000", "56000000", "56613000", "56613404", "56734000")
    assert territory("56613404").parent == "56613000"
    assert territory("00000000").names["en"] == "Russian Federation"
    assert [kind for kind, _payload in journal()] == ["territory_list.imported"]
    payload = journal()[0][1]
    assert (payload["added"], payload["headings"], payload["lines"], payload["from_"]) == (
        5,
        1,
        5,
        "2026-01-01",
    )


def test_the_same_list_again_changes_nothing(house, journal):
    import_territories(house, listed(), valid_from=OLD)
    before = rows()

    report = import_territories(house, listed(), valid_from=OLD)
    later = import_territories(house, listed(), valid_from=NEW)

    assert (report.added, report.unchanged, later.unchanged) == ((), 4, 4)
    assert rows() == before
    assert journal()[-1][1]["unchanged"] == 4


def test_a_later_list_renames_closes_and_adds_from_its_day(house):
    import_territories(house, listed(), valid_from=OLD)
    text = OKTMO.replace("город Заречный", "городской округ Заречный").replace(
        "56613404;0;Бессоновский сельсовет", "56613405;;Степановский сельсовет"
    )

    report = import_territories(house, listed(text), valid_from=NEW)

    assert (report.renamed, report.closed, report.added) == (("56734000",), ("56613404",), ("56613405",))
    assert territory(ZARECHNY, date(2026, 10, 31)).names["ru"] == "город Заречный"
    assert territory(ZARECHNY, NEW).names["ru"] == "городской округ Заречный"
    assert territory("56613404").valid_until == NEW
    with pytest.raises(refusals.UnknownTerritory):
        territory("56613404", NEW)


def test_a_closed_place_that_comes_back_is_opened_again_and_its_gap_is_kept(house):
    without = OKTMO.replace("56613404;0;Бессоновский сельсовет", "56613405;;Степановский сельсовет")
    import_territories(house, listed(), valid_from=OLD)
    import_territories(house, listed(without), valid_from=date(2026, 6, 1))

    report = import_territories(house, listed(), valid_from=NEW)

    assert (report.reopened, report.closed) == (("56613404",), ("56613405",))
    assert territory("56613404", OLD).code == territory("56613404", NEW).code
    with pytest.raises(refusals.UnknownTerritory):
        territory("56613404", date(2026, 7, 1))


def test_what_a_person_changed_later_than_the_list_stays(house):
    import_territories(house, listed(), valid_from=OLD)
    rename_territory(house, ZARECHNY, names={"ru": "Заречный"}, valid_from=NEW)

    report = import_territories(house, listed(), valid_from=date(2026, 5, 1))

    assert report.kept == (ZARECHNY,)
    assert territory(ZARECHNY).names["ru"] == "Заречный"


def test_a_name_corrected_in_a_list_of_the_same_day_leaves_no_trace(house):
    import_territories(house, listed(OKTMO.replace("город Заречный", "город Зречный")), valid_from=OLD)

    import_territories(house, listed(), valid_from=OLD)

    assert [row.names for row in TerritoryName.objects.filter(territory=ZARECHNY)] == [
        {"ru": "город Заречный"}
    ]


def test_a_misprinted_digit_is_corrected_marked_and_reported(house, journal):
    report = import_territories(house, listed(OKTMO.replace("56734000;4", "56734000;0")))

    assert [fault.line for fault in report.corrected] == [6]
    assert territory(ZARECHNY).is_corrected
    assert territory(ZARECHNY).check_digit == 4
    assert Territory.objects.get(code=ZARECHNY).check_digit_printed == 0
    assert journal()[0][1]["corrected"] == 1


def test_a_place_whose_district_is_missing_comes_under_the_region_and_is_reported(house):
    text = OKTMO.replace("56613000;8;Бессоновский муниципальный район\n", "")

    report = import_territories(house, listed(text))

    assert territory("56613404").parent == "56000000"
    assert [fault.line for fault in report.orphans] == [4]


def test_a_list_takes_over_what_was_entered_by_hand(house):
    build(house)

    report = import_territories(house, listed())

    assert set(report.renamed) == {ZARECHNY, "56613000", "56000000"}
    assert report.added == ("56613404",)


def test_a_place_whose_region_is_missing_too_is_a_fault(house, journal):
    with pytest.raises(refusals.ListHasFaults) as refused:
        import_territories(house, listed("code,name\n56734000,Заречный\n"))

    assert [(fault.line, fault.value) for fault in refused.value.facts["faults"]] == [(2, "56000000")]
    assert journal() == []


def test_the_list_of_another_country_brings_its_own_tree(house, journal):
    import_territories(house, listed(PLAIN))

    assert (territory("by").parent, territory("by").zone) == ("de", "Europe/Berlin")
    assert journal()[0][1]["root"] == "de"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("code,level,parent,name\nby,region,de,B\n", 2, "de"),
        ("code,level,name\nby,region,B\n", 2, ""),
        ("code,level,parent,name\nde,federation,,G\nm,municipality,de,M\nby,region,m,B\n", 4, "region"),
        ("code,level,parent,name\nde,federation,,G\na,municipality,b,A\nb,municipality,a,B\n", 3, "b"),
    ],
)
def test_a_list_that_does_not_fit_together_is_refused_by_line(house, journal, text, line, sentence):
    with pytest.raises(refusals.ListHasFaults) as refused:
        import_territories(house, listed(text))

    fault = refused.value.facts["faults"][0]
    assert (fault.line, fault.value) == (line, sentence)
    assert not Territory.objects.exists()
    assert journal() == []


def test_a_list_with_a_fault_is_not_stored_even_in_part(house, journal):
    with pytest.raises(refusals.ListHasFaults, match="5661"):
        import_territories(house, listed(OKTMO + "5661;1;Обрыв\n"))

    assert not Territory.objects.exists()
    assert journal() == []


def test_a_torn_list_does_not_close_the_country(house, journal):
    places = "".join(f"566134{n:02};;Сельсовет {n}\n" for n in range(1, 60))
    import_territories(house, listed(OKTMO + places.replace("56613404;;Сельсовет 4\n", "")), valid_from=OLD)
    before = journal()

    with pytest.raises(refusals.ListClosesTooMuch):
        import_territories(house, listed(), valid_from=NEW)

    assert journal() == before
    report = import_territories(house, listed(), valid_from=NEW, closing_confirmed=True)
    assert len(report.closed) == 58


def test_a_stranger_imports_nothing(stranger, journal):
    with pytest.raises(NoMandate):
        import_territories(stranger, listed())

    assert not Territory.objects.exists()
    assert journal() == []


def test_a_root_that_is_not_there_is_refused(house):
    with pytest.raises(refusals.UnknownTerritory):
        import_territories(house, listed(PLAIN), root="nowhere")


def test_a_list_for_one_region_touches_nothing_outside_it(house, journal):
    build(house)
    before, tables = journal(), rows()
    text = OKTMO + "68701000;;город Тамбов\n"

    with pytest.raises(refusals.ListHasFaults) as refused:
        import_territories(house, listed(text), root="56000000")

    assert [(fault.line, fault.value) for fault in refused.value.facts["faults"]] == [(7, "68000000")]
    assert journal() == before
    assert rows() == tables
    with pytest.raises(refusals.ListHasFaults, match=r"lies outside|вне территории"):
        import_territories(house, listed(OKTMO + "68000000;;Тамбов\n"), root="56000000")
    assert import_territories(house, listed(), root="56000000").added == ("56613404",)


def test_a_list_cannot_take_a_place_away_from_another_region(house):
    import_territories(house, listed(PLAIN))
    import_territories(house, listed("code,level,parent,name\nm,municipality,by,M\nh,region,de,H\n"))
    stolen = listed("code,level,parent,name\nm,municipality,h,M\n")

    with pytest.raises(refusals.ListHasFaults, match=r"lies outside h|вне территории h"):
        import_territories(house, stolen, root="h")

    assert territory("m").parent == "by"


def test_a_list_that_would_close_a_ring_with_what_stands_is_refused(house):
    import_territories(house, listed(PLAIN))
    import_territories(house, listed("code,level,parent,name\na,municipality,by,A\nb,municipality,a,B\n"))

    with pytest.raises(refusals.ListHasFaults):
        import_territories(house, listed("code,level,parent,name\na,municipality,b,A\n"))


def test_a_list_without_a_digest_is_imported_too(house):
    assert import_territories(house, replace(listed(), digest="")).unchanged == 0
