"""An empty house is set up at the desk: the first administrator, places, an authority, its people."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zemstvo.faces.desk.tests.days import typed
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.models import Account, Official
from zemstvo.ground.territory import queries as territories
from zemstvo.town import raising

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

FIRST = {
    "family_name": "Белов",
    "given_name": "Артём",
    "email": "artyom@zarechny.example",
    "password": "correct horse battery",
    "again": "correct horse battery",
}


def test_the_one_time_link_makes_the_first_administrator_once(db):
    link = f"/desk/invitation/{people.invite_administrator(house_act())}"
    visitor = Client()
    assert visitor.get(link).status_code == 200
    assert visitor.post(link, FIRST | {"again": "other"}).status_code == 422

    assert visitor.post(link, FIRST).status_code == 302

    assert Account.objects.count() == 1
    assert visitor.get(link).status_code == 410


def test_the_first_administrator_sets_up_a_second_factor_before_anything_else(db):
    Client().post(f"/desk/invitation/{people.invite_administrator(house_act())}", FIRST)
    administrator = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    administrator.force_login(Account.objects.get(), backend=backend)

    answer = administrator.get("/desk/")

    assert answer.status_code == 302
    assert "totp" in answer["Location"]


def test_the_page_of_an_office_says_once_that_its_hours_may_stay_empty(town, sign_in):
    page = sign_in("artyom").get("/desk/setup/authorities/zarechny/offices/new").content.decode()

    hours = page.split('id="hours"')[1].split("</fieldset>")[0]
    assert hours.count("(необязательно)") == 1
    assert "Понедельник" in hours and "Воскресенье" in hours


def test_artyom_enters_a_village_its_council_its_office_and_its_clerk(town, sign_in):
    artyom = sign_in("artyom")
    artyom.client.post(
        "/desk/setup/territories/new?in=56613000",
        {"code": "56613406", "ru": "Вазерский сельсовет", "level": "settlement"},
    )
    artyom.client.post(
        "/desk/setup/authorities/new",
        {"code": "vazerki", "ru": "Администрация Вазерского сельсовета", "territory": "56613406"},
    )
    office = {"code": "main", "ru": "Приёмная", "mon": "09:00-13:00, 14:00-17:00", "line": "bad"}
    artyom.client.post("/desk/setup/authorities/vazerki/offices/new", office)
    answer = artyom.client.post(
        "/desk/setup/authorities/vazerki/officials/new",
        {
            "family_name": "Ломова",
            "given_name": "Раиса",
            "position_ru": "Специалист",
            "how": "passport",
            "email": "raisa@vazerki.example",
            "role": "clerk",
        },
    )

    assert answer.status_code == 302
    assert territories.authority("vazerki").offices[0].line == "bad"
    page = artyom.get("/desk/setup/authorities/vazerki/").content.decode()
    assert "Ломова" in page
    assert {"territory.created", "authority.created", "office.created", "mandate.granted"} <= set(
        town.kinds()
    )


def test_a_wrong_check_digit_of_a_territory_is_refused_beside_the_form(town, sign_in):
    answer = sign_in("artyom").client.post(
        "/desk/setup/territories/new?in=56613000",
        {"code": "56613406-9", "ru": "Вазерский сельсовет", "level": "settlement"},
    )

    assert answer.status_code == 422
    assert town.kinds() == []


def test_vera_goes_away_boris_stands_in_and_she_comes_back(town, sign_in):
    artyom = sign_in("artyom")
    base = "/desk/setup/authorities/zarechny/"
    vera = str(Official.objects.get(person=town.people["vera"]).pk)
    boris = str(Official.objects.get(person=town.people["boris"]).pk)
    artyom.client.post(f"{base}mandates/{town.mandates['vera']}/deputy", {"official": boris})
    artyom.client.post(
        f"{base}officials/{vera}/absence", typed("from_on", "2026-11-23") | typed("until_on", "2027-01-11")
    )
    page = artyom.get(base).content.decode()
    absence = re.search(r'value="(absence:[^"]+)"', page)[1]

    artyom.client.post(f"{base}end", {"end": absence})

    assert {"deputy.named", "absence.recorded", "absence.ended"} <= set(town.kinds())


def test_nobody_is_offered_as_their_own_deputy(town, sign_in):
    base = "/desk/setup/authorities/zarechny/"
    vera = str(Official.objects.get(person=town.people["vera"]).pk)
    boris = str(Official.objects.get(person=town.people["boris"]).pk)

    page = sign_in("artyom").get(f"{base}mandates/{town.mandates['vera']}/deputy").content.decode()

    assert f'value="{boris}"' in page
    assert f'value="{vera}"' not in page
    assert "Климова" in page


def test_authorities_stand_in_the_order_of_their_names(town, sign_in):
    page = sign_in("artyom").get("/desk/setup/authorities/").content.decode()

    names = re.findall(r'<a href="/desk/setup/authorities/[a-z-]+/">([^<]+)</a>', page)
    assert len(names) > 3
    assert names == sorted(names, key=str.casefold)


def test_artyom_sees_which_days_are_not_what_their_weekday_says(town, sign_in):
    artyom = sign_in("artyom")

    links = artyom.links("/desk/setup/")
    page = artyom.get("/desk/setup/calendar/2026/").content.decode()

    assert any(re.fullmatch(r"/desk/setup/calendar/20\d\d/", link) for link in links)
    assert "4\xa0ноября\xa02026" in page and "праздничный день" in page
    assert artyom.get("/desk/setup/calendar/1999/").status_code == 404
    assert town.kinds() == []


def test_who_may_not_change_the_calendar_does_not_learn_which_years_it_has(town, sign_in):
    vera = sign_in("vera")

    assert vera.get("/desk/setup/calendar/2026/").status_code == 403
    assert vera.get("/desk/setup/calendar/1999/").status_code == 403


def test_a_calendar_is_imported_and_a_faulty_one_is_refused_whole(town, sign_in):
    artyom = sign_in("artyom")
    faulty = SimpleUploadedFile("faulty.csv", b"date,kind\n2026-13-01,holiday\n")
    sound = SimpleUploadedFile("sound.csv", Path(raising.CALENDAR).read_bytes())

    assert artyom.client.post("/desk/setup/calendar/", {"file": faulty}).status_code == 422
    assert artyom.client.post("/desk/setup/calendar/", {"file": sound}).status_code == 302


def test_the_secret_of_a_token_is_shown_once(town, sign_in):
    artyom = sign_in("artyom")
    made = artyom.client.post("/desk/setup/tokens/", {"name": "portal", "scopes": ["applications:write"]})

    assert "zemstvo_" in made.content.decode()
    assert "zemstvo_" not in artyom.get("/desk/setup/tokens/").content.decode()


def test_vera_sets_nothing_up(town, sign_in):
    vera = sign_in("vera")

    assert vera.get("/desk/setup/territories/").status_code == 403
    assert vera.get("/desk/setup/authorities/").status_code == 403
    assert vera.get("/desk/setup/tokens/").status_code == 403
