"""Who may do what, and where: asked of the database each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands, queries, roles
from zemstvo.ground.people.refusals import LookNotRecorded, UnknownToken
from zemstvo.ground.people.tests.conftest import ANNA, AT, BESSONOVKA, PENZA, TAMBOV, ZARECHNY, Account

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_vera_works_in_zarechny(official, act_of):
    vera, _official, mandate = official("Климова", "clerk", "zarechny")

    act = act_of(vera, mandate)

    assert act.actor == vera
    assert (act.authority, act.territory, act.zone) == ("zarechny", ZARECHNY, "Europe/Moscow")
    assert act.may("case.return", ZARECHNY, authority="zarechny")
    assert not act.may("case.sign", ZARECHNY, authority="zarechny")


@pytest.mark.parametrize(
    ("territory", "authority"),
    [
        (BESSONOVKA, "bessonovka"),
        (BESSONOVKA, ""),
        ("", "bessonovka"),
        (ZARECHNY, "penza"),
        (PENZA, ""),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_a_clerk_of_another_municipality_is_refused(official, act_of, territory, authority):
    vera, _official, mandate = official("Климова", "clerk", "zarechny")

    with pytest.raises(NoMandate):
        act_of(vera, mandate).must("case.return", territory, authority=authority)


def test_a_mandate_holds_wherever_its_authority_acts_and_below(official, act_of, house):
    oleg, _official, mandate = official("Рябов", "clerk", "penza")

    act = act_of(oleg, mandate)

    assert act.may("case.read", PENZA, authority="penza")
    assert act.may("case.read", ZARECHNY, authority="penza")
    assert act.may("case.read", ZARECHNY)
    assert not act.may("case.read", ZARECHNY, authority="zarechny")
    assert not act.may("case.read", TAMBOV)


def test_a_mandate_can_be_narrower_than_its_authority(official, act_of):
    oleg, _official, mandate = official("Рябов", "clerk", "penza", territory=ZARECHNY)

    act = act_of(oleg, mandate)

    assert act.may("case.read", ZARECHNY, authority="penza")
    assert not act.may("case.read", BESSONOVKA, authority="penza")
    assert not act.may("case.read", PENZA, authority="penza")


def test_a_mandate_over_a_territory_covers_every_authority_in_it(official, act_of):
    artyom, _official, mandate = official("Белов", "administrator", "penza", at="", territory=PENZA)

    act = act_of(artyom, mandate)

    assert act.may("official.change", authority="zarechny")
    assert act.may("authority.change", BESSONOVKA)
    assert not act.may("official.change", authority="tambov")
    assert not act.may("official.change", ZARECHNY, authority="tambov")
    assert not act.may("territory.change")


def test_an_administrator_of_the_installation_changes_every_place_but_no_case(official, act_of):
    artyom, _official, mandate = official("Белов", "administrator", "penza", at="")

    act = act_of(artyom, mandate)

    assert act.may("territory.change")
    assert act.may("mandate.change", TAMBOV, authority="tambov")
    assert not act.may("case.read", ZARECHNY, authority="zarechny")
    assert not [right for right in roles.ROLES["administrator"] if right.startswith(("case.", "document."))]


def test_a_revoked_mandate_is_found_at_once(official, act_of, house):
    vera, _official, mandate = official("Климова", "clerk", "zarechny")
    act = act_of(vera, mandate)
    assert act.may("case.read", ZARECHNY, authority="zarechny")

    commands.revoke_mandate(house, mandate)

    assert not act.may("case.read", ZARECHNY, authority="zarechny")
    with pytest.raises(NoMandate):
        act_of(vera, mandate)


def test_a_dismissed_official_may_nothing(official, act_of, house):
    vera, made, mandate = official("Климова", "clerk", "zarechny")
    act = act_of(vera, mandate)

    commands.dismiss_official(house, made)

    assert not act.may("case.read", ZARECHNY, authority="zarechny")


def test_a_mandate_ends_on_its_day(official, act_of, house):
    vera, made, _mandate = official("Климова", "clerk", "zarechny")
    short = commands.grant_mandate(
        house, made, role="head", authority="zarechny", until_on=date(2026, 11, 25)
    )

    assert act_of(vera, short, AT + timedelta(days=1)).may("case.sign", authority="zarechny")
    with pytest.raises(NoMandate):
        act_of(vera, short, AT + timedelta(days=2))


def test_nobody_acts_under_the_mandate_of_another(official, act_of):
    vera, _official, _mandate = official("Климова", "clerk", "zarechny")
    _galina, _head, heads = official("Соколова", "head", "zarechny")

    with pytest.raises(NoMandate):
        act_of(vera, heads)


@pytest.fixture
def stand_in(official, house):
    """Boris, named as deputy of Galina, who is away from the 25th until the 27th: (Boris, her mandate)."""
    boris, clerk, _own = official("Ефремов", "clerk", "zarechny")
    _galina, head, mandate = official("Соколова", "head", "zarechny")
    commands.name_deputy(house, mandate, official=clerk)
    commands.record_absence(house, head, from_on=date(2026, 11, 25), until_on=date(2026, 11, 27))
    return boris, mandate


@pytest.mark.parametrize(("days", "may"), [(0, False), (1, False), (2, True), (3, True), (4, False)])
def test_a_deputy_acts_under_the_mandate_of_an_absent_colleague(stand_in, act_of, days, may):
    boris, mandate = stand_in
    at = AT + timedelta(days=days)

    if may:
        act = act_of(boris, mandate, at)
        assert (act.actor, act.mandate) == (boris, mandate)
        assert act.may("case.sign", ZARECHNY, authority="zarechny")
    else:
        with pytest.raises(NoMandate):
            act_of(boris, mandate, at)


def test_a_deputy_chooses_among_own_and_other_mandates(stand_in):
    boris, mandate = stand_in

    today = queries.mandates_of_account(Account(boris), AT)
    later = queries.mandates_of_account(Account(boris), AT + timedelta(days=2))

    assert [one.is_deputy for one in today] == [False]
    assert [(one.is_deputy, one.mandate.role) for one in later] == [(False, "clerk"), (True, "head")]
    assert later[1].mandate.id == mandate


def test_a_dismissed_deputy_stands_in_no_more(stand_in, act_of, house):
    boris, mandate = stand_in
    at = AT + timedelta(days=2)
    act = act_of(boris, mandate, at)
    (office,) = [row for row in queries.officials(house, authority="zarechny") if row.person == boris]

    commands.dismiss_official(house, office.id)

    assert not act.may("case.sign", authority="zarechny")


def test_anna_has_power_over_her_own_matters_alone(anna, pavel, act_of, django_assert_num_queries):
    act = act_of(anna)

    with django_assert_num_queries(0):
        assert act.may("case.own.read", of=(anna, "ЗР-1"))
    assert not act.may("case.own.read", of=(pavel, "ЗР-2"))
    assert not act.may("case.own.read")
    assert not act.may("case.read", of=(anna,))
    assert not act.may("case.decide", ZARECHNY, of=(anna,))


@pytest.fixture
def attorney(house, anna, pavel) -> str:
    """Pavel, who acts for Anna in one service until December."""
    commands.represent(
        house,
        person=anna,
        representative=pavel,
        ground="attorney",
        services=["housing-subsidy"],
        until_on=date(2026, 12, 1),
    )
    return pavel


def test_pavel_acts_for_anna_in_the_service_named(anna, attorney, act_of):
    act = act_of(attorney)

    assert act.may("case.own.submit", of=(anna, "service:housing-subsidy"))
    assert act.may("case.own.read", of=(anna, "ЗР-1", "service:housing-subsidy"))
    assert not act.may("case.own.submit", of=(anna, "service:address-assignment"))
    assert not act.may("case.own.submit", of=(anna,))
    assert not act.may("person.own.erase", of=(anna,))


def test_pavel_reads_who_anna_is_in_that_service_and_always_her_name(anna, attorney, act_of):
    act = act_of(attorney)

    assert queries.principal_names(act) == {anna: ANNA.checked().name}
    assert queries.identity(act, anna, service="housing-subsidy").name == ANNA.checked().name
    for service in ("", "address-assignment"):
        with pytest.raises(LookNotRecorded):
            queries.identity(act, anna, service=service)


def test_pavel_acts_until_the_day_named(anna, attorney, act_of):
    matter = (anna, "service:housing-subsidy")

    assert act_of(attorney, at=AT + timedelta(days=7)).may("case.own.read", of=matter)
    assert not act_of(attorney, at=AT + timedelta(days=8)).may("case.own.read", of=matter)


def test_a_social_worker_may_act_without_reading(house, anna, pavel, act_of):
    commands.represent(house, person=anna, representative=pavel, ground="social-worker", may_read=False)

    assert act_of(pavel).may("case.own.submit", of=(anna,))
    assert not act_of(pavel).may("case.own.read", of=(anna,))


def test_an_ended_representation_is_found_at_once(house, anna, pavel, act_of):
    representation = commands.represent(house, person=anna, representative=pavel, ground="attorney")
    act = act_of(pavel)
    assert act.may("case.own.read", of=(anna,))

    commands.end_representation(house, representation)

    assert not act.may("case.own.read", of=(anna,))


def test_an_employee_acts_for_the_firm_and_only_its_leader_names_others(house, firm, anna, pavel, act_of):
    commands.employ(house, organisation=firm, person=anna, leads=True)

    commands.employ(act_of(anna), organisation=firm, person=pavel)

    assert act_of(pavel).may("case.own.submit", of=(firm,))
    with pytest.raises(NoMandate):
        commands.employ(act_of(pavel), organisation=firm, person=pavel)


def test_a_code_opens_its_number_and_nothing_else(anna):
    act = queries.act_of_code("ЗР-1", AT)

    assert act.may("case.own.read", of=(anna, "ЗР-1"))
    assert not act.may("case.own.read", of=(anna, "ЗР-2"))
    assert not act.may("person.own.read", of=("ЗР-1",))
    assert not act.may("case.read", ZARECHNY)


def test_a_visitor_may_begin_and_nothing_else(anna):
    act = queries.visitor_act(AT)

    assert act.may("draft.open")
    assert act.may("person.register")
    assert not act.may("case.own.read", of=(anna,))


@pytest.fixture
def token(house, places):
    """A token of a portal that files in Zarechny."""
    return commands.create_token(house, name="портал", scopes=["applications:write"], territory=ZARECHNY)


def test_a_machine_files_at_its_place_and_reads_what_it_filed(token, anna):
    act = queries.act_of_token(token.secret, AT)

    assert act.actor == token.id
    assert act.channel == "api"
    assert act.may("case.own.submit", ZARECHNY)
    assert not act.may("case.own.submit", BESSONOVKA)
    assert not act.may("case.own.submit")
    assert act.may("case.own.read", of=(anna, "ЗР-1", token.id))
    assert not act.may("case.own.read", of=(anna, "ЗР-1"))
    assert not act.may("case.read", ZARECHNY)
    assert act.may("person.register")


def test_a_machine_begins_no_draft_and_opens_nobodys(token, house, anna):
    everywhere = commands.create_token(house, name="край", scopes=["applications:write", "cases:read"])

    for secret in (token.secret, everywhere.secret):
        act = queries.act_of_token(secret, AT)
        assert not act.may("draft.open")
        assert not act.may("draft.open", ZARECHNY)
        assert not act.may("draft.own", of=(anna,))
        assert not act.may("draft.own", of=(act.actor,))


def test_a_revoked_token_is_found_at_once(token, house):
    act = queries.act_of_token(token.secret, AT)
    assert act.may("case.own.submit", ZARECHNY)

    commands.revoke_token(house, token.id)

    assert not act.may("case.own.submit", ZARECHNY)


def test_a_token_runs_out(house, places):
    token = commands.create_token(
        house, name="кратко", scopes=["applications:write"], expires_at=AT + timedelta(hours=1)
    )

    assert queries.act_of_token(token.secret, AT).may("case.own.submit")
    act = replace(queries.act_of_token(token.secret, AT), at=AT + timedelta(hours=1))
    assert not act.may("case.own.submit")
    with pytest.raises(UnknownToken):
        queries.act_of_token(token.secret, AT + timedelta(hours=1))


def test_an_unknown_secret_is_refused():
    with pytest.raises(UnknownToken):
        queries.act_of_token("zemstvo_nobody", AT)


def test_a_question_of_powers_costs_little(official, act_of, django_assert_max_num_queries):
    vera, _official, mandate = official("Климова", "clerk", "zarechny")
    act: Act = act_of(vera, mandate)
    act.may("case.read", ZARECHNY, authority="zarechny")

    with django_assert_max_num_queries(2):  # the mandate, and whether the territories have changed
        assert act.may("case.read", ZARECHNY, authority="zarechny")


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_page_asks_for_the_mandate_once_and_a_command_again(
    official, act_of, house, django_assert_max_num_queries
):
    vera, _official, mandate = official("Климова", "clerk", "zarechny")
    act = act_of(vera, mandate)
    act.may("case.read", ZARECHNY, authority="zarechny")

    with django_assert_max_num_queries(2):  # whether the territories have changed, each time
        assert act.may("case.return", ZARECHNY, authority="zarechny")
        assert act.may("case.file", ZARECHNY, authority="zarechny")
    commands.revoke_mandate(house, mandate)

    with transaction.atomic():
        assert not act.may("case.return", ZARECHNY, authority="zarechny")
    assert not act.later(AT + timedelta(seconds=1)).may("case.return", ZARECHNY, authority="zarechny")
