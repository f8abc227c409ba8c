"""Machines sign in with tokens, whose secrets are shown once."""

from __future__ import annotations

import pytest

from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.people import commands, models, queries
from zemstvo.ground.people.refusals import AlreadyEnded, TokenNameIsTaken, UnknownScope
from zemstvo.ground.people.tests.conftest import PENZA, TAMBOV

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WRITE = ["applications:write"]


def test_a_token_is_created_and_only_its_hash_is_kept(house, journal):
    token = commands.create_token(house, name="национальный портал", scopes=WRITE, intermediary="epgu")

    row = models.ApiToken.objects.get()
    assert token.secret.startswith("zemstvo_")
    assert token.secret not in repr(token)
    assert token.secret.encode() not in bytes(row.hash)
    assert journal()[-1]["payload"] == {"token": token.id, "scopes": WRITE}
    (shown,) = queries.tokens(house)
    assert (shown.name, shown.intermediary) == ("национальный портал", "epgu")


def test_an_administrator_makes_tokens_for_the_own_place(official, act_of, journal):
    person, _made, mandate = official("Белов", "administrator", "penza", at="", territory=PENZA)
    act = act_of(person, mandate)

    commands.create_token(act, name="portal", scopes=WRITE, territory=PENZA)
    before = journal()

    for place in ({}, {"territory": TAMBOV}, {"authority": "tambov"}):
        with pytest.raises(NoMandate):
            commands.create_token(act, name="elsewhere", scopes=WRITE, **place)
    assert journal() == before


def test_a_stranger_makes_and_sees_none(stranger, house, journal):
    token = commands.create_token(house, name="portal", scopes=WRITE)
    before = journal()

    with pytest.raises(NoMandate):
        commands.create_token(stranger, name="other", scopes=WRITE)
    with pytest.raises(NoMandate):
        commands.revoke_token(stranger, token.id)
    with pytest.raises(NoMandate):
        queries.tokens(stranger)

    assert journal() == before


@pytest.mark.parametrize("scopes", [["everything"], []])
def test_a_scope_that_nobody_knows_is_refused(house, scopes, journal):
    with pytest.raises(UnknownScope):
        commands.create_token(house, name="portal", scopes=scopes)

    assert journal() == []


def test_a_living_token_has_its_name_alone(house):
    token = commands.create_token(house, name="portal", scopes=WRITE)

    with pytest.raises(TokenNameIsTaken):
        commands.create_token(house, name="portal", scopes=WRITE)

    commands.revoke_token(house, token.id)
    assert commands.create_token(house, name="portal", scopes=WRITE).id != token.id


def test_a_token_is_revoked_once(house, kinds):
    token = commands.create_token(house, name="portal", scopes=WRITE)

    commands.revoke_token(house, token.id)

    assert kinds()[-1] == "token.revoked"
    with pytest.raises(AlreadyEnded):
        commands.revoke_token(house, token.id)
    with pytest.raises(NotFound):
        commands.revoke_token(house, "0190b5e0-0000-7000-8000-000000000000")
