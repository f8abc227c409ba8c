"""Officials are appointed, get mandates, are away, are stood in for, and leave."""

from __future__ import annotations

from datetime import date

import pytest

from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.people import commands, queries
from zemstvo.ground.people.refusals import (
    AlreadyEnded,
    AlreadyInOffice,
    DaysInDisorder,
    MandateHasEnded,
    NotInOffice,
    OwnDeputy,
    OwnMandate,
    UnknownRole,
)
from zemstvo.ground.people.tests.conftest import AT, PENZA, TAMBOV, ZARECHNY
from zemstvo.ground.territory.refusals import UnknownAuthority, UnknownTerritory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NOBODY = "0190b5e0-0000-7000-8000-000000000000"
TITLE = {"ru": "ведущий специалист", "en": "senior clerk"}


@pytest.fixture
def vera(house, places, anna) -> str:
    """An official of Zarechny without a mandate: her id."""
    return commands.appoint_official(house, anna, authority="zarechny", position=TITLE)


@pytest.fixture
def administrator(official, act_of):
    """The act of an administrator of the region of Penza."""
    person, _made, mandate = official("Белов", "administrator", "penza", at="", territory=PENZA)
    return act_of(person, mandate)


def test_vera_is_appointed_and_the_journal_says_so(administrator, anna, journal):
    vera = commands.appoint_official(administrator, anna, authority="zarechny", position=TITLE)

    fact = journal()[-1]
    assert fact["kind"] == "official.appointed"
    assert fact["authority"] == "zarechny"
    assert fact["payload"] == {
        "official": vera,
        "person": anna,
        "at_authority": "zarechny",
        "from_on": "2026-11-23",
    }
    row = queries.official(vera)
    assert (row.name, row.short_name) == ("Соколова Анна Петровна", "Соколова А. П.")
    assert row.position == TITLE


def test_only_an_administrator_of_the_place_appoints(stranger, administrator, anna, journal):
    before = journal()

    for act, authority in ((stranger, "zarechny"), (administrator, "tambov")):
        with pytest.raises(NoMandate):
            commands.appoint_official(act, anna, authority=authority, position=TITLE)

    assert journal() == before


def test_an_official_serves_an_authority_once(house, vera, anna, journal):
    before = journal()

    with pytest.raises(AlreadyInOffice):
        commands.appoint_official(house, anna, authority="zarechny", position=TITLE)

    assert journal() == before


def test_nobody_serves_an_authority_that_is_not_there(house, places, anna):
    with pytest.raises(UnknownAuthority):
        commands.appoint_official(house, anna, authority="nowhere", position=TITLE)


def test_vera_leaves_and_may_come_back(house, vera, anna, kinds):
    commands.dismiss_official(house, vera)

    assert kinds()[-1] == "official.dismissed"
    assert queries.officials(house, authority="zarechny") == []
    with pytest.raises(AlreadyEnded):
        commands.dismiss_official(house, vera)
    assert commands.appoint_official(house, anna, authority="zarechny", position=TITLE) != vera


def test_a_stranger_dismisses_nobody(stranger, vera):
    with pytest.raises(NoMandate):
        commands.dismiss_official(stranger, vera)
    with pytest.raises(NotFound):
        commands.dismiss_official(stranger, NOBODY)


def test_vera_gets_a_mandate_and_the_journal_says_so(administrator, vera, journal):
    mandate = commands.grant_mandate(administrator, vera, role="clerk", authority="zarechny")

    fact = journal()[-1]
    assert fact["kind"] == "mandate.granted"
    assert fact["actor"] == administrator.actor
    assert fact["mandate"] == administrator.mandate
    assert fact["payload"]["role"] == "clerk"
    (row,) = queries.mandates(administrator, official=vera)
    assert (row.id, row.authority, row.territory, row.from_on) == (mandate, "zarechny", "", AT.date())


@pytest.mark.parametrize(
    "place",
    [{}, {"authority": "tambov"}, {"territory": TAMBOV}, {"authority": "zarechny", "territory": TAMBOV}],
)
def test_an_administrator_grants_nothing_beyond_the_own_place(administrator, vera, place, journal):
    before = journal()

    with pytest.raises(NoMandate):
        commands.grant_mandate(administrator, vera, role="clerk", **place)

    assert journal() == before


def test_nobody_grants_themselves_anything(administrator, journal):
    (own,) = queries.officials(administrator, authority="penza")
    before = journal()

    with pytest.raises(OwnMandate):
        commands.grant_mandate(administrator, own.id, role="head", authority="penza")

    assert journal() == before


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"role": "tsar", "authority": "zarechny"}, UnknownRole),
        ({"role": "clerk", "authority": "nowhere"}, UnknownAuthority),
        ({"role": "clerk", "territory": "00000000"}, UnknownTerritory),
        ({"role": "clerk", "authority": "zarechny", "until_on": AT.date()}, DaysInDisorder),
    ],
)
def test_what_cannot_be_a_mandate_is_refused(house, vera, given, refusal, journal):
    before = journal()

    with pytest.raises(refusal):
        commands.grant_mandate(house, vera, **given)

    assert journal() == before


def test_a_former_official_gets_no_mandate(house, vera):
    commands.dismiss_official(house, vera)

    with pytest.raises(NotInOffice):
        commands.grant_mandate(house, vera, role="clerk", authority="zarechny")


def test_a_mandate_is_revoked_once(administrator, stranger, vera, kinds):
    mandate = commands.grant_mandate(administrator, vera, role="clerk", authority="zarechny")
    with pytest.raises(NoMandate):
        commands.revoke_mandate(stranger, mandate)

    commands.revoke_mandate(administrator, mandate)

    assert kinds()[-1] == "mandate.revoked"
    assert queries.mandates(administrator, official=vera) == []
    with pytest.raises(MandateHasEnded):
        commands.revoke_mandate(administrator, mandate)


def test_a_head_records_that_vera_is_away(official, act_of, vera, journal):
    galina, _made, mandate = official("Соколова", "head", "zarechny")
    head = act_of(galina, mandate)

    commands.record_absence(head, vera, from_on=date(2026, 12, 1), until_on=date(2026, 12, 15))

    assert journal()[-1]["kind"] == "absence.recorded"
    (row,) = queries.absences(head, authority="zarechny")
    assert (row.official, row.from_on, row.until_on) == (vera, date(2026, 12, 1), date(2026, 12, 15))


def test_vera_comes_back_earlier(house, vera, kinds):
    absence = commands.record_absence(
        house, vera, from_on=AT.date().replace(day=2), until_on=date(2026, 12, 15)
    )

    commands.end_absence(house, absence)

    assert kinds()[-1] == "absence.ended"
    assert queries.absences(house, authority="zarechny") == []
    with pytest.raises(AlreadyEnded):
        commands.end_absence(house, absence)


def test_an_absence_that_never_begins_is_taken_back(house, vera):
    absence = commands.record_absence(house, vera, from_on=date(2026, 12, 1), until_on=date(2026, 12, 2))

    commands.end_absence(house, absence)

    assert queries.absences(house, authority="zarechny") == []
    with pytest.raises(NotFound):
        commands.end_absence(house, absence)


def test_absences_of_the_neighbour_are_not_ours(stranger, official, act_of, vera, journal):
    oleg, _made, mandate = official("Рябов", "head", "bessonovka")
    before = journal()

    for act in (stranger, act_of(oleg, mandate)):
        with pytest.raises(NoMandate):
            commands.record_absence(act, vera, from_on=AT.date(), until_on=date(2026, 12, 1))

    assert journal() == before


def test_an_absence_lasts_a_day_at_least(house, vera):
    with pytest.raises(DaysInDisorder):
        commands.record_absence(house, vera, from_on=AT.date(), until_on=AT.date())


@pytest.fixture
def galina(official):
    """The head of Zarechny: (pseudonym, official, mandate)."""
    return official("Соколова", "head", "zarechny")


def test_vera_is_named_deputy_of_the_head(administrator, vera, galina, kinds):
    _person, head, mandate = galina

    deputy = commands.name_deputy(administrator, mandate, official=vera)

    assert kinds()[-1] == "deputy.named"
    (row,) = queries.deputies(administrator, authority="zarechny")
    assert (row.id, row.mandate, row.official) == (deputy, mandate, vera)
    with pytest.raises(OwnDeputy):
        commands.name_deputy(administrator, mandate, official=head)


def test_a_deputy_is_named_by_who_may(stranger, vera, galina, journal):
    before = journal()

    with pytest.raises(NoMandate):
        commands.name_deputy(stranger, galina[2], official=vera)

    assert journal() == before


def test_nobody_deputises_under_an_ended_mandate(house, vera, galina):
    commands.revoke_mandate(house, galina[2])

    with pytest.raises(MandateHasEnded):
        commands.name_deputy(house, galina[2], official=vera)


def test_a_former_official_deputises_for_nobody(house, vera, galina):
    commands.dismiss_official(house, vera)

    with pytest.raises(NotInOffice):
        commands.name_deputy(house, galina[2], official=vera)


def test_a_deputy_stops_standing_in(house, stranger, vera, galina, kinds):
    deputy = commands.name_deputy(house, galina[2], official=vera)
    with pytest.raises(NoMandate):
        commands.end_deputy(stranger, deputy)

    commands.end_deputy(house, deputy)

    assert kinds()[-1] == "deputy.ended"
    assert queries.deputies(house, authority="zarechny") == []
    with pytest.raises(AlreadyEnded):
        commands.end_deputy(house, deputy)


def test_the_list_of_officials_costs_three_queries(house, official, django_assert_num_queries):
    for name in ("Анина", "Борина", "Верина"):
        official(name, "clerk", "zarechny")

    with django_assert_num_queries(2):  # the officials, their persons; the keys are in the other database
        rows = queries.officials(house, authority="zarechny")

    assert [row.name for row in rows] == ["Анина", "Борина", "Верина"]


def test_a_stranger_sees_no_list(stranger, places):
    for ask in (queries.officials, queries.mandates, queries.absences, queries.deputies):
        with pytest.raises(NoMandate):
            ask(stranger, authority="zarechny")


def test_names_of_officials_stand_in_histories(house, official, pavel):
    vera, _made, _mandate = official("Климова", "clerk", "zarechny")

    assert queries.official_names([vera, pavel, "house"]) == {vera: "Климова"}
    assert ZARECHNY


@pytest.mark.parametrize("guess", ["", "1", "../../etc/passwd", NOBODY, "\x00", "я" * 36, NOBODY.upper()])
def test_whoever_guesses_an_address_finds_nothing(house, guess):
    asked = (
        lambda: commands.dismiss_official(house, guess),
        lambda: commands.revoke_mandate(house, guess),
        lambda: commands.end_absence(house, guess),
        lambda: commands.end_deputy(house, guess),
        lambda: commands.revoke_token(house, guess),
        lambda: commands.end_representation(house, guess),
        lambda: commands.end_employment(house, guess),
        lambda: commands.erase_person(house, guess),
        lambda: queries.official(guess),
        lambda: queries.person(guess),
        lambda: queries.identity(house, guess),
    )

    for ask in asked:
        with pytest.raises(NotFound):
            ask()
