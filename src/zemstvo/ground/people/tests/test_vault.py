"""What is sealed for a person opens for that person alone, and for nobody once the person is erased."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from zemstvo.ground.people import models, secrets_folder, vault
from zemstvo.ground.people.vault import Erased, NotSealedHere

both = pytest.mark.django_db(databases=["default", "keys"])
durable = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@both
@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)
@given(value=json_values)
def test_what_is_sealed_opens_as_it_was(value):
    person = vault.new_pseudonym()

    assert vault.open_sealed(person, vault.seal(person, value)) == value


@both
@hypothesis_settings(deadline=None, max_examples=40)
@given(content=st.binary(min_size=1, max_size=200), place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_sealed_value_with_one_changed_bit_does_not_open(content, place, bit):
    person = vault.new_pseudonym()
    sealed = bytearray(vault.seal_bytes(person, content))
    sealed[place % len(sealed)] ^= 1 << bit

    with pytest.raises(NotSealedHere):
        vault.open_bytes(person, bytes(sealed))


@both
def test_a_sealed_file_is_29_bytes_longer_and_no_two_are_alike():
    person = vault.new_pseudonym()

    first, second = (vault.seal_bytes(person, b"paper") for _ in range(2))

    assert len(first) == len(b"paper") + 29
    assert first != second


@both
def test_a_value_moved_to_another_person_or_purpose_does_not_open():
    anna, pavel = vault.new_pseudonym(), vault.new_pseudonym()
    sealed = vault.seal(anna, "a secret", purpose="answers")

    with pytest.raises(NotSealedHere):
        vault.open_sealed(pavel, sealed, purpose="answers")
    with pytest.raises(NotSealedHere):
        vault.open_sealed(anna, sealed, purpose="messages")


@both
def test_nothing_opens_once_the_key_is_destroyed():
    person = vault.new_pseudonym()
    sealed = vault.seal(person, "a secret")

    vault.destroy_key(person)

    with pytest.raises(Erased):
        vault.open_sealed(person, sealed)
    with pytest.raises(Erased):
        vault.seal(person, "more")


@both
def test_the_key_store_holds_no_key_that_opens_anything_by_itself():
    person = vault.new_pseudonym()
    row = models.WrappedKey.objects.get(person=person)

    assert row.generation
    assert len(bytes(row.wrapped)) == 12 + 32 + 16
    assert all(key not in bytes(row.wrapped) for key in secrets_folder.wrapping_keys())


@both
def test_a_wrapped_key_moved_to_another_person_does_not_unwrap():
    anna, pavel = vault.new_pseudonym(), vault.new_pseudonym()
    stolen = models.WrappedKey.objects.get(person=anna).wrapped
    models.WrappedKey.objects.filter(person=pavel).update(wrapped=stolen)
    vault.forget()

    with pytest.raises(NotSealedHere):
        vault.seal(pavel, "a secret")


@durable
def test_a_key_is_durable_before_its_pseudonym_is_given_out():
    vault.forget()

    person = vault.new_pseudonym()

    assert not connections["keys"].in_atomic_block
    assert models.WrappedKey.objects.filter(person=person).exists()
    assert models.WrappedKey.objects.count() == vault.POOL


@durable
def test_a_full_pool_costs_no_write_for_the_next_person(django_assert_num_queries):
    vault.forget()
    vault.fill_pool()

    with django_assert_num_queries(0, connection=connections["keys"]):
        person = vault.new_pseudonym()
        vault.seal(person, "a name")


@both
def test_the_keys_of_a_list_are_fetched_in_one_query(django_assert_num_queries):
    persons = [vault.new_pseudonym() for _ in range(5)]
    sealed = {person: vault.seal(person, person) for person in persons}
    vault.forget()

    with django_assert_num_queries(1, connection=connections["keys"]):
        vault.prefetch(persons)
        opened = [vault.open_sealed(person, sealed[person]) for person in persons]

    assert opened == persons


@both
def test_a_process_keeps_few_open_keys(monkeypatch):
    monkeypatch.setattr(vault, "OPEN_KEYS", 3)
    persons = [vault.new_pseudonym() for _ in range(5)]

    assert len(vault._open_keys) == 3
    assert vault.open_sealed(persons[0], vault.seal(persons[0], 1)) == 1


@both
def test_an_open_key_is_asked_for_again_after_a_minute(monkeypatch):
    person = vault.new_pseudonym()
    models.WrappedKey.objects.filter(person=person).delete()  # as another process would
    monkeypatch.setattr(vault.time, "monotonic", lambda: 1e12)

    with pytest.raises(Erased):
        vault.seal(person, "a secret")


@pytest.fixture
def own_secrets(tmp_path, settings):
    """Secrets of this test alone."""
    settings.SECRETS = tmp_path / "secrets"
    secrets_folder._read.cache_clear()
    vault.forget()
    yield settings.SECRETS
    secrets_folder._read.cache_clear()
    vault.forget()


@both
def test_the_wrapping_key_is_rotated_and_everything_still_opens(own_secrets):
    person = vault.new_pseudonym()
    sealed = vault.seal(person, "a secret")
    before = secrets_folder.wrapping_keys()[0]

    changed = vault.rotate_wrapping_key()
    vault.forget()

    assert changed == 1
    assert secrets_folder.wrapping_keys()[0] != before
    assert vault.open_sealed(person, sealed) == "a secret"


@both
def test_a_retired_wrapping_key_opens_nothing_any_more(own_secrets):
    person = vault.new_pseudonym()
    before = secrets_folder.wrapping_keys()[0]
    vault.rotate_wrapping_key()

    assert vault.retire_wrapping_keys() == 0  # too early: another process may be wrapping by it
    assert vault.retire_wrapping_keys(after_seconds=0) == 1

    assert before not in secrets_folder.wrapping_keys(fresh=True)
    vault.forget()
    assert vault.open_sealed(person, vault.seal(person, 1)) == 1


@both
def test_a_lost_wrapping_key_is_named(own_secrets):
    person = vault.new_pseudonym()
    (own_secrets / "wrapping.key").unlink()
    secrets_folder._read.cache_clear()
    vault.forget()

    with pytest.raises(NotSealedHere, match="not among the wrapping keys"):
        vault.seal(person, "a secret")


def test_secrets_can_be_read_by_their_owner_alone(own_secrets):
    secrets_folder.wrapping_keys()
    secrets_folder.search_key()

    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in own_secrets.iterdir()}

    assert modes == {"wrapping.key": "0o600", "search.key": "0o600"}
    assert oct(own_secrets.stat().st_mode & 0o777) == "0o700"


def test_a_secret_that_others_can_read_is_refused(own_secrets):
    secrets_folder.wrapping_keys()
    (own_secrets / "wrapping.key").chmod(0o644)

    with pytest.raises(Exception, match="set its mode to 600"):
        secrets_folder.wrapping_keys(fresh=True)


def test_a_damaged_secret_is_refused_by_name(own_secrets):
    secrets_folder.search_key()
    (own_secrets / "search.key").write_text("not a key\n")
    secrets_folder._read.cache_clear()

    with pytest.raises(Exception, match=r"search\.key: a key of 32 bytes in base64 is expected"):
        secrets_folder.search_key()


def test_a_child_process_has_a_pool_of_its_own():
    program = (
        "import os, django; django.setup()\n"
        "from zemstvo.ground.people import vault\n"
        "vault._pool.append(('a', b'k'))\n"
        "child = os.fork()\n"
        "if child == 0: os._exit(len(vault._pool))\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    env = {"DJANGO_SETTINGS_MODULE": "zemstvo.site.settings", "ZEMSTVO_DATA": str(settings.DATA)}

    done = subprocess.run([sys.executable, "-c", program], env=env, check=False)

    assert done.returncode == 0
