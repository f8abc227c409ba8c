"""A person can be erased, the journal never."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import OperationalError

from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands, erasures, models, queries, search, vault
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.queries import act_of_account
from zemstvo.ground.people.refusals import MatterIsOpen, MustBeKept, StillInOffice
from zemstvo.ground.people.tests.conftest import ANNA, AT
from zemstvo.ground.people.vault import Erased

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def own_file(tmp_path, settings):
    """The file of erasures of this test alone."""
    settings.DATA = tmp_path


@pytest.fixture
def erased(house, anna, django_capture_on_commit_callbacks) -> str:
    """Anna, erased."""
    search.index_person(anna, ANNA.checked())
    with django_capture_on_commit_callbacks(execute=True):
        commands.erase_person(house, anna)
    return anna


def test_an_erasure_names_the_day_on_which_it_is_complete(house, anna, journal):
    complete_on = commands.erase_person(house, anna)

    assert complete_on == date(2026, 12, 23)
    assert journal()[-1]["kind"] == "person.erased"
    assert journal()[-1]["payload"] == {"person": anna, "complete_on": "2026-12-23"}


def test_what_was_sealed_opens_no_more_and_search_finds_nobody(
    house, anna, django_capture_on_commit_callbacks
):
    search.index_person(anna, ANNA.checked())
    answers = vault.seal(anna, {"income": 1}, purpose="answers")
    assert queries.matching_persons(house, "соколова анна") == [anna]

    with django_capture_on_commit_callbacks(execute=True):
        commands.erase_person(house, anna)

    with pytest.raises(Erased):
        vault.open_sealed(anna, answers, purpose="answers")
    with pytest.raises(Erased):
        queries.identity(house, anna)
    assert queries.matching_persons(house, "соколова анна") == []
    assert queries.person_by("snils", ANNA.snils) == ""
    assert queries.person(anna).is_erased
    assert not models.WrappedKey.objects.filter(person=anna).exists()


def test_the_account_goes_too(house, django_capture_on_commit_callbacks):
    commands.open_account(house, "anna@example.org")
    person = str(models.Account.objects.get().person)

    with django_capture_on_commit_callbacks(execute=True):
        commands.erase_person(house, person)

    assert not models.Account.objects.exists()


def test_anna_erases_herself(anna, house):
    class Account:
        person = anna

    assert commands.erase_person(act_of_account(Account(), AT), anna)


def test_a_stranger_erases_nobody(stranger, anna, journal):
    before = journal()

    with pytest.raises(NoMandate):
        commands.erase_person(stranger, anna)

    assert journal() == before
    assert not queries.person(anna).is_erased


def test_an_open_matter_holds_the_data(house, anna, journal):
    commands.keep_person(house, anna, about="ЗР-2026-000001-7", basis="case.open")
    before = journal()

    with pytest.raises(MatterIsOpen):
        commands.erase_person(house, anna)

    assert journal() == before


def test_a_duty_to_keep_holds_the_data_until_its_day(house, anna, journal):
    commands.keep_person(house, anna, about="ЗР-2026-000001-7", basis="case.open")
    commands.keep_person(
        house, anna, about="ЗР-2026-000001-7", basis="retention.5y", until_on=date(2031, 12, 1)
    )
    before = journal()

    with pytest.raises(MustBeKept, match="1 декабря 2031"):
        commands.erase_person(house, anna)

    assert journal() == before
    assert commands.erase_person(house.later(AT.replace(year=2031, month=12, day=1)), anna)


def test_an_open_matter_counts_before_a_closed_one(house, anna):
    commands.keep_person(house, anna, about="ЗР-1", basis="retention.5y", until_on=date(2031, 12, 1))
    commands.keep_person(house, anna, about="ЗР-2", basis="case.open")

    with pytest.raises(MatterIsOpen, match="ЗР-2"):
        commands.erase_person(house, anna)


def test_a_stranger_lays_down_no_duty(stranger, anna):
    with pytest.raises(NoMandate):
        commands.keep_person(stranger, anna, about="X", basis="case.open")


def test_an_official_in_office_is_not_erased(house, anna, places):
    commands.appoint_official(house, anna, authority="zarechny", position={"ru": "специалист"})

    with pytest.raises(StillInOffice):
        commands.erase_person(house, anna)


def test_erased_twice_is_refused(house, erased):
    with pytest.raises(Erased):
        commands.erase_person(house, erased)


def test_after_an_erasure_the_same_snils_is_a_new_person(house, erased):
    assert commands.register_person(house, ANNA) != erased


def test_three_places_remember_an_erasure(erased):
    assert models.Erasure.objects.filter(person=erased).exists()
    assert models.Tombstone.objects.filter(person=erased).exists()
    assert erased in erasures._path().read_text()


def restored(person: str, keys: list[models.WrappedKey], hashes: list[models.KeyedHash]) -> None:
    """Bring back what a backup of both databases from before the erasure holds."""
    models.Erasure.objects.all().delete()
    models.Tombstone.objects.all().delete()
    models.WrappedKey.objects.bulk_create(keys)
    models.Person.objects.filter(pk=person).update(sealed=b"\x01old", erased_at=None)
    models.KeyedHash.objects.bulk_create(hashes)
    vault.forget()


def test_a_restore_does_not_bring_an_erased_person_back(house, anna, django_capture_on_commit_callbacks):
    search.index_person(anna, ANNA.checked())
    keys, hashes = list(models.WrappedKey.objects.all()), list(models.KeyedHash.objects.all())
    with django_capture_on_commit_callbacks(execute=True):
        commands.erase_person(house, anna)
    restored(anna, keys, hashes)
    assert queries.matching_persons(house, "соколова") == [anna]

    assert erasures.replay_erasures() == 1

    assert queries.matching_persons(house, "соколова") == []
    assert queries.person(anna).is_erased
    with pytest.raises(Erased):
        vault.seal(anna, "anything")
    assert models.Erasure.objects.filter(person=anna).exists()
    assert models.Tombstone.objects.filter(person=anna).exists()


def test_replaying_erasures_twice_changes_nothing(erased):
    assert erasures.replay_erasures() == 0
    assert erasures.replay_erasures() == 0
    assert erasures._path().read_text().count(erased) == 1


def test_an_erasure_that_a_kill_left_undone_is_finished(house, anna):
    commands.erase_person(house, anna)  # committed, but the process ended before the key was destroyed
    assert models.WrappedKey.objects.filter(person=anna).exists()

    assert erasures.replay_erasures() == 1

    assert not models.WrappedKey.objects.filter(person=anna).exists()
    assert anna in erasures._path().read_text()


def test_an_erasure_known_only_elsewhere_is_replayed_from_its_line(house, anna):
    assert erasures.replay_erasures([f"{anna} 2026-11-23"]) == 1

    assert queries.person(anna).is_erased


def test_others_stay_when_one_is_erased(house, erased):
    other = commands.register_person(house, Identity(family_name="Другая"))

    erasures.replay_erasures()

    assert queries.identity(house, other).name == "Другая"


def test_an_erasure_whose_key_resisted_is_ordered_all_the_same_and_tried_again_until_it_is_gone(
    house, anna, monkeypatch, django_capture_on_commit_callbacks
):
    other = commands.register_person(house, Identity(family_name="Другая"))
    destroy = vault.destroy_key

    def broken(person):
        if person == anna:
            raise OperationalError("the key store is away")
        destroy(person)

    monkeypatch.setattr(vault, "destroy_key", broken)
    with django_capture_on_commit_callbacks(execute=True):
        for person in (anna, other):
            assert commands.erase_person(house, person)
    assert models.WrappedKey.objects.filter(person=anna).exists()
    models.Erasure.objects.filter(person=other).delete()
    models.Person.objects.filter(pk=other).update(erased_at=None)

    with pytest.raises(ExceptionGroup):
        erasures.replay_erasures()
    assert queries.person(other).is_erased  # the one that fails stops no other
    assert models.WrappedKey.objects.filter(person=anna).exists()

    monkeypatch.setattr(vault, "destroy_key", destroy)

    assert erasures.replay_erasures() == 1
    assert not models.WrappedKey.objects.filter(person=anna).exists()
    assert erasures.replay_erasures() == 0
