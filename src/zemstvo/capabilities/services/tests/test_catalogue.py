"""What people find of the services of Zarechny: by situation in life, by authority, by their own words."""

from datetime import date

import pytest

from zemstvo.capabilities.services.catalogue.sheet import read_bytes
from zemstvo.capabilities.services.commands import (
    import_register,
    localise_service,
    retire_service,
)
from zemstvo.capabilities.services.queries import (
    catalogue,
    entry_of_package,
    life_events,
    search,
    service_page,
    shares,
)
from zemstvo.capabilities.services.refusals import NoSuchEntry
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.territory.refusals import UnknownTerritory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MONDAY = date(2026, 11, 23)
PENZA_REGION, ZARECHNY, BESSONOVKA_VILLAGE, TAMBOV = "56000000", "56734000", "56613404", "68701000"
REGISTER = """authority;code;title;title_en;life_events;electronic;term;fee;package;address
zarechny;01;Выдача архивной справки;;archives;нет;30d;бесплатно;;
zarechny;02;Разрешение на снос зелёных насаждений;Felling trees;trees-and-surroundings;да;15wd;0;;https://trees.example/
zarechny;03;Выдача охотничьего билета;;hunting-and-fishing;нет;5wd;650;;
zarechny;04;Присвоение адреса;;housing;да;10wd;0;address-assignment;
tambov;01;Регистрация рождения;;birth;нет;1d;0;;
"""


@pytest.fixture
def offered(town):
    """The register of Zarechny and Tambov, and both packages."""
    town.publish()
    import_register(town.act("artyom"), read_bytes(REGISTER.encode()))
    return town


def keys(entries):
    return [one.key for one in entries]


def test_a_person_of_zarechny_sees_what_is_offered_there(offered):
    found = keys(catalogue(place=ZARECHNY))

    assert found[0] in ("housing-subsidy", "zarechny/04")
    assert set(found) == {"housing-subsidy", "zarechny/01", "zarechny/02", "zarechny/03", "zarechny/04"}
    assert "tambov/01" in keys(catalogue(place=TAMBOV))
    with pytest.raises(UnknownTerritory):
        catalogue(place="99999999")


def test_services_stand_under_situations_in_life(offered):
    assert keys(catalogue(life_event="archives")) == ["zarechny/01"]
    assert set(keys(catalogue(life_event="housing", place=ZARECHNY))) == {"housing-subsidy", "zarechny/04"}

    counts = {row.id: row.services for row in life_events(ZARECHNY)}
    assert (counts["archives"], counts["housing"], counts["birth"]) == (1, 2, 0)


def test_services_are_listed_by_authority_and_by_applicant(offered):
    assert keys(catalogue(authority="tambov")) == ["tambov/01"]
    assert "housing-subsidy" not in keys(catalogue(place=ZARECHNY, audience="organisation"))
    assert "zarechny/04" in keys(catalogue(place=ZARECHNY, audience="organisation"))


def test_a_package_stands_once_where_a_register_names_it(offered):
    assert entry_of_package("address-assignment", ZARECHNY).key == "zarechny/04"
    assert "address-assignment" not in keys(catalogue())


def test_a_retired_package_leaves_the_catalogue(offered):
    retire_service(house_act(), "housing-subsidy")
    retire_service(house_act(), "address-assignment")

    assert "housing-subsidy" not in keys(catalogue())
    assert entry_of_package("address-assignment", ZARECHNY) is None
    assert service_page("zarechny/04", ZARECHNY, on=MONDAY).package is None


def test_people_find_a_service_by_their_own_words(offered):
    questions = {
        "субсидия за квартплату": "housing-subsidy",
        "housing subsidy": "housing-subsidy",
        "адрес дома": "zarechny/04",
        "спилить зеленое насаждение": "zarechny/02",
        "trees": "zarechny/02",
        "охотничей билет": "zarechny/03",
        "fh[bd": "zarechny/01",
    }

    assert {
        question: keys(search(question, place=ZARECHNY).entries)[0] for question in questions
    } == questions


def test_a_search_finds_nothing_of_another_place(offered):
    assert search("рождение", place=ZARECHNY).entries == ()
    assert keys(search("рождение", place=TAMBOV).entries) == ["tambov/01"]
    assert keys(search("рождение").entries) == ["tambov/01"]


def test_before_the_start_the_page_says_all_that_counts(offered):
    page = service_page("housing-subsidy", ZARECHNY, on=MONDAY)

    assert page.minutes == 15
    assert page.bring[0]["ru"].startswith("Документ на жильё")
    assert page.fee_minor == 0
    assert page.registered_by == date(2026, 11, 24)
    # Registered by 24 November, other authorities answer by 1 December, ten working days from there.
    assert page.answer_by == date(2026, 12, 15)
    assert (page.start, page.is_expected) == ("complete", True)
    assert page.authority.code == "zarechny"
    assert page.offices[0].phone == "+7 000 841-60-01"
    assert page.package.is_electronic


def test_an_address_is_answered_sooner_electronically_than_on_paper(offered):
    page = service_page("address-assignment", ZARECHNY, on=MONDAY)

    assert page.entry.key == "zarechny/04"
    assert (str(page.term), str(page.paper_term)) == ("5wd", "10wd")
    assert (page.answer_by, page.is_expected) == (date(2026, 11, 30), False)


def test_a_service_without_a_package_has_a_page_too(offered):
    hunting = service_page("zarechny/03", ZARECHNY, on=MONDAY)
    trees = service_page("zarechny/02", ZARECHNY, on=MONDAY)

    assert hunting.package is None
    assert (hunting.fee_minor, hunting.currency) == (65000, "RUB")
    assert hunting.answer_by == date(2026, 11, 30)
    assert hunting.offices
    assert not hunting.entry.is_electronic
    assert trees.entry.is_electronic
    assert trees.address == "https://trees.example/"


def test_a_municipality_says_when_it_receives_people(offered):
    localise_service(
        house_act(), "housing-subsidy", {"hours": {"ru": "По вторникам с 9 до 18"}}, territory=ZARECHNY
    )

    assert service_page("housing-subsidy", ZARECHNY, on=MONDAY).hours == {"ru": "По вторникам с 9 до 18"}


def test_a_place_outside_the_calendar_has_no_day_of_answer(offered):
    page = service_page("housing-subsidy", ZARECHNY, on=date(2049, 1, 1))

    assert page.answer_by is None


def test_without_a_place_there_is_a_page_and_no_day(offered):
    page = service_page("housing-subsidy", on=MONDAY)

    assert (page.answer_by, page.authority, page.offices) == (None, None, ())


def test_what_is_in_no_catalogue_has_no_page(offered):
    for key in ("", "nothing", "zarechny/99", "../etc"):
        with pytest.raises(NoSuchEntry):
            service_page(key, ZARECHNY, on=MONDAY)


def test_services_of_the_region_are_offered_in_its_villages(offered):
    text = "authority;code;title\npenza-region;1;Выдача удостоверения многодетной семьи\n"
    import_register(offered.act("artyom"), read_bytes(text.encode()))

    assert "penza-region/1" in keys(catalogue(place=BESSONOVKA_VILLAGE))
    assert "penza-region/1" not in keys(catalogue(place=TAMBOV))
    assert "penza-region/1" in keys(catalogue(place=PENZA_REGION))


def test_the_share_of_electronic_services_is_known_by_authority(offered):
    (tambov, zarechny) = shares()

    assert (tambov.authority, tambov.services, tambov.declared_electronic) == ("tambov", 1, 0)
    assert (zarechny.services, zarechny.declared_electronic, zarechny.with_package) == (4, 2, 1)
