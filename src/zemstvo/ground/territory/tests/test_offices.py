import pytest

from zemstvo.ground.journal.refusals import NoMandate, Stale
from zemstvo.ground.territory import refusals
from zemstvo.ground.territory.commands import change_office, close_office, create_office
from zemstvo.ground.territory.queries import authority, offices
from zemstvo.ground.territory.tests.zarechny import build_with_authority

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NAMES = {"ru": "Приёмная"}
WEEK = {"mon": ["09:00-13:00", "14:00-18:00"], "fri": ["09:00-17:00"]}


def build(act):
    build_with_authority(act)
    create_office(
        act,
        "zarechny",
        "main",
        names=NAMES,
        address={"ru": "проспект Мира, 30"},
        phone="+7 (841) 260-00-01, доб. 12",
        email="town@zarechny.example",
        hours=WEEK,
        line="weak",
    )


def test_an_office_has_an_address_a_phone_hours_and_a_line(house, journal):
    build(house)

    (office,) = offices("zarechny")
    assert (office.name, office.address, office.line) == ("Приёмная", {"ru": "проспект Мира, 30"}, "weak")
    assert office.hours.as_week() == WEEK
    assert authority("zarechny").offices == (office,)
    assert journal()[-1] == ("office.created", {"authority": "zarechny", "office": "main"})


def test_what_changes_is_named_in_the_journal_and_not_said(house, journal):
    build(house)

    change_office(
        house, "zarechny", "main", phone="112", hours={"mon": ["10:00-12:00"]}, line="weak", version=1
    )

    (office,) = offices("zarechny")
    assert (office.phone, office.hours.as_week(), office.email, office.version) == (
        "112",
        {"mon": ["10:00-12:00"]},
        "town@zarechny.example",
        2,
    )
    assert journal()[-1][1]["fields"] == ["hours", "phone"]


def test_a_stale_form_changes_nothing(house, journal):
    build(house)
    change_office(house, "zarechny", "main", phone="112", version=1)
    before = journal()

    with pytest.raises(Stale):
        change_office(house, "zarechny", "main", phone="113", version=1)

    assert journal() == before


def test_a_closed_office_is_gone_from_the_list(house, journal):
    build(house)

    close_office(house, "zarechny", "main")

    assert offices("zarechny") == []
    assert journal()[-1] == ("office.closed", {"authority": "zarechny", "office": "main"})
    with pytest.raises(refusals.UnknownOffice):
        close_office(house, "zarechny", "main")


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"code": "main"}, refusals.OfficeStands),
        ({"code": "б"}, refusals.CodeUnclear),
        ({"authority": "nobody"}, refusals.UnknownAuthority),
        ({"names": {}}, refusals.NamesUnclear),
        ({"address": {"ru": "я" * 501}}, refusals.OfficeUnclear),
        ({"phone": "<script>"}, refusals.OfficeUnclear),
        ({"phone": "1" * 41}, refusals.OfficeUnclear),
        ({"phone": "+7 841\r\nBcc: x"}, refusals.OfficeUnclear),
        ({"email": "town"}, refusals.OfficeUnclear),
        ({"email": "a@b.example\r\nBcc: x@y.example"}, refusals.OfficeUnclear),
        ({"line": "perfect"}, refusals.OfficeUnclear),
        ({"hours": {"mon": ["18:00-09:00"]}}, refusals.HoursUnclear),
    ],
)
def test_what_cannot_be_is_refused_and_the_journal_is_as_before(house, journal, options, refusal):
    build(house)
    before = journal()
    given = {"authority": "zarechny", "code": "second", "names": NAMES, **options}

    with pytest.raises(refusal):
        create_office(house, given.pop("authority"), given.pop("code"), **given)

    assert journal() == before
    assert len(offices("zarechny")) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda act: create_office(act, "zarechny", "second", names=NAMES),
        lambda act: change_office(act, "zarechny", "main", phone="112"),
        lambda act: close_office(act, "zarechny", "main"),
        lambda act: close_office(act, "nobody", "main"),
    ],
)
def test_a_stranger_changes_no_office(house, stranger, journal, change):
    build(house)
    before = journal()

    with pytest.raises(NoMandate):
        change(stranger)

    assert journal() == before


def test_an_unknown_office_is_not_changed(house):
    build(house)

    with pytest.raises(refusals.UnknownOffice):
        change_office(house, "zarechny", "cellar", phone="112")
