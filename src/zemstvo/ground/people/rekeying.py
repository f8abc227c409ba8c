"""A new search key: every keyed hash, every keyed address and every secret of sign-in is made anew.

To be done with the site stopped, after the search key became known to others. It opens every identity, so it
needs the key store and the wrapping key. The words of answers are not known here: they are dropped, and are
found again once the reaction that makes them findable follows the journal from its beginning, which the
command of the site sees to (`secrets rotate search`).
"""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction

from zemstvo.ground.people import addresses, models, search, secrets_folder
from zemstvo.ground.people.identity import AnyIdentity
from zemstvo.ground.people.queries.persons import opened
from zemstvo.ground.people.vault import Erased

BATCH = 500

SEALED_DATA = {"secret", "seed"}
"""What is sealed of a second factor: the secret of an app, the seed of the recovery codes."""


def rotate_search_key() -> int:
    """Make a new search key and everything that was made with the old one; returns how many persons.

    Broken off, it goes on at the next call: both keys stay in the file until all is done. Refuses with Erased
    where the key of a person is missing whose row does not say that she was erased; nothing is changed then.
    """
    if len(secrets_folder.search_keys()) == 1:
        secrets_folder.replace_search_keys((secrets_folder.new_key(), secrets_folder.search_key()))
    with transaction.atomic():
        models.KeyedHash.objects.filter(kind=search.WORD).delete()
        count = sum(_name_anew(person, identity) for person, identity in _everybody())
        _address_anew()
        _seal_factors_anew()
    secrets_folder.replace_search_keys((secrets_folder.search_key(),))
    return count


def _everybody() -> Iterator[tuple[str, AnyIdentity]]:
    last = None
    while True:
        rows = models.Person.objects.filter(erased_at__isnull=True).order_by("pseudonym")
        page = (rows if last is None else rows.filter(pseudonym__gt=last))[:BATCH]
        persons = [str(person) for person in page.values_list("pseudonym", flat=True)]
        if not persons:
            return
        last = persons[-1]
        found = opened(persons)
        for person in persons:
            if person not in found:  # whoever were passed over would be found by nobody any more
                raise Erased(person=person)
            yield person, found[person]


def _name_anew(person: str, identity: AnyIdentity) -> int:
    """Only what named the person before names it again: a number that nobody checked does not begin to."""
    for row in models.KeyedHash.objects.filter(person_id=person, kind__in=models.IDENTIFYING):
        value = identity.identifiers.get(row.kind, "")
        former = {search.hash_with(key, row.kind, value) for key in secrets_folder.search_keys()}
        if bytes(row.hash) in former:
            row.hash = search.hash_of(row.kind, value)
            row.save(update_fields=["hash"])
        else:
            row.delete()
    search.index_person(person, identity)
    return 1


def _address_anew() -> None:
    for account in models.Account.objects.all():
        try:
            address = addresses.of_account(account)
        except Erased:
            continue
        account.email = addresses.keyed(address)
        account.save(update_fields=["email"])
        EmailAddress.objects.filter(user=account.pk, primary=True).update(email=account.email)


def _seal_factors_anew() -> None:
    adapter = get_adapter()
    for factor in Authenticator.objects.all():
        for name in SEALED_DATA & factor.data.keys():
            factor.data[name] = adapter.encrypt(adapter.decrypt(factor.data[name]))
        factor.save(update_fields=["data"])
