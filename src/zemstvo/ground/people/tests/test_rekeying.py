"""The search key is replaced; people are found and sign in as before."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import decrypt

from zemstvo.ground.people import addresses, commands, models, queries, search, secrets_folder, vault
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.rekeying import rotate_search_key
from zemstvo.ground.people.tests.conftest import ANNA, AT, Account

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def own_secrets(tmp_path, settings):
    """Secrets of this test alone."""
    settings.SECRETS = tmp_path / "secrets"
    secrets_folder._read.cache_clear()
    vault.forget()
    yield
    secrets_folder._read.cache_clear()
    vault.forget()


@pytest.fixture
def secret(house, anna) -> str:
    """Anna, findable and with an account and an app: the app's secret."""
    search.index_person(anna, ANNA.checked())
    account = models.Account.objects.get(pk=commands.open_account(house, ANNA.email, person=anna))
    made = generate_totp_secret()
    TOTP.activate(account, made)
    return made


def test_everything_is_found_under_the_new_key(house, anna, secret):
    former = secrets_folder.search_key()
    before = {bytes(row.hash) for row in models.KeyedHash.objects.all()}

    assert rotate_search_key() == 1

    assert secrets_folder.search_keys()[0] != former
    assert len(secrets_folder.search_keys()) == 1
    assert not before & {bytes(row.hash) for row in models.KeyedHash.objects.all()}
    assert queries.matching_persons(house, "соколова анна") == [anna]
    assert queries.person_by("snils", ANNA.snils) == anna
    assert models.Account.objects.get().email == addresses.keyed(ANNA.email)
    assert decrypt(Authenticator.objects.get().data["secret"]) == secret


def test_a_number_that_nobody_checked_does_not_begin_to_name(house):
    person = commands.register_person(house, Identity(family_name="Чужой"))
    commands.change_identity(
        queries.act_of_account(Account(person), AT), person, Identity(family_name="Чужой", snils=ANNA.snils)
    )

    rotate_search_key()

    assert queries.person_by("snils", ANNA.snils) == ""


def test_a_rotation_that_was_broken_off_goes_on(house, anna, secret):
    secrets_folder.replace_search_keys((secrets_folder.new_key(), secrets_folder.search_key()))
    begun = secrets_folder.search_key()

    rotate_search_key()

    assert secrets_folder.search_keys() == (begun,)
    assert queries.person_by("snils", ANNA.snils) == anna
    assert decrypt(Authenticator.objects.get().data["secret"]) == secret


def test_nobody_is_passed_over_whose_key_is_missing(house, anna, secret):
    before = {bytes(row.hash) for row in models.KeyedHash.objects.all()}
    vault.destroy_key(anna)  # as in a key store from an older backup

    with pytest.raises(vault.Erased):
        rotate_search_key()

    assert {bytes(row.hash) for row in models.KeyedHash.objects.all()} == before
    assert len(secrets_folder.search_keys()) == 2
