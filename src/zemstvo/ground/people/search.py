"""Search over sealed persons: keyed hashes of identifiers, names, beginnings of names, and words of answers.

A hash is the first 16 bytes of HMAC-SHA256 under the installation's search key, of the kind and the
normalised value. Whoever has the database but not the key can neither read nor guess a name from it; whoever
has both can try names, which is why the key stays out of backups. Equal names have equal hashes: how often a
name occurs can be seen.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Count

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people import identifiers, models, secrets_folder
from zemstvo.ground.people.identity import AnyIdentity, Identity

SHORTEST_PREFIX = 3
LONGEST_PREFIX = 10
MATTERS = 500
"""How many matters one search names at most."""

NAME = "name"
PREFIX = "prefix"
BORN = "born"
WORD = "word"


def hash_of(kind: str, value: str) -> bytes:
    """The keyed hash of a normalised value, 16 bytes."""
    return hash_with(secrets_folder.search_key(), kind, value)


def hash_with(key: bytes, kind: str, value: str) -> bytes:
    """The keyed hash of a normalised value under a key that need not be the present one."""
    return hmac.digest(key, f"{kind}\x1f{value}".encode(), sha256)[:16]


def normal_name(text: str) -> str:
    """A name as it is compared: small letters, ё as е, no marks, one space between words."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("й", "\x00"))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("\x00", "й")
    spaced = "".join(sign if sign.isalnum() else " " for sign in plain)
    return " ".join(spaced.split())


def normal_phone(text: str) -> str:
    """The last ten digits of a phone number, so that +7, 8 and none are the same."""
    return "".join(sign for sign in text if sign.isdecimal())[-10:]


def identifying_hashes(identity: AnyIdentity) -> list[tuple[str, bytes]]:
    """(kind, hash) of all that names exactly this person, the strongest first."""
    return [(kind, hash_of(kind, value)) for kind, value in identity.identifiers.items()]


def name_hashes(identity: AnyIdentity) -> list[tuple[str, bytes]]:
    """(kind, hash) of all by which a person is looked for beside identifiers: some 30 for a full name."""
    full = normal_name(identity.name)
    found = {(NAME, full)} if full else set()
    also = "" if isinstance(identity, Identity) else normal_name(identity.short_name)
    for word in {*full.split(), *also.split()}:
        found |= {
            (PREFIX, word[:length])
            for length in range(SHORTEST_PREFIX, LONGEST_PREFIX + 1)
            if length <= len(word)
        }
        if len(word) < SHORTEST_PREFIX:
            found.add((PREFIX, word))
    if isinstance(identity, Identity) and identity.born_on:
        found.add((BORN, identity.born_on.isoformat()))
    if identity.email:
        found.add(("email", identity.email))
    if phone := normal_phone(identity.phone):
        found.add(("phone", phone))
    return [(kind, hash_of(kind, value)) for kind, value in sorted(found)]


def index_person(person: str, identity: AnyIdentity) -> None:
    """Make the hashes of names anew: an effect in the database that may happen twice. Two statements."""
    models.KeyedHash.objects.filter(person_id=person, about="").exclude(kind__in=models.IDENTIFYING).delete()
    models.KeyedHash.objects.bulk_create(
        models.KeyedHash(kind=kind, hash=found, person_id=person) for kind, found in name_hashes(identity)
    )


def index_words(person: str, about: str, words: Iterable[str]) -> None:
    """Make the words (whole stems) of a matter's answers findable; replaces those of the same matter."""
    models.KeyedHash.objects.filter(person_id=person, kind=WORD, about=about).delete()
    models.KeyedHash.objects.bulk_create(
        models.KeyedHash(kind=WORD, hash=hash_of(WORD, word), person_id=person, about=about)
        for word in sorted({normal_name(word) for word in words if normal_name(word)})
    )


def matters_with(words: Iterable[str]) -> list[str]:
    """The numbers of the matters whose answers hold all these words, in order. One query."""
    wanted = {hash_of(WORD, normal_name(word)) for word in words if normal_name(word)}
    if not wanted:
        return []
    rows = models.KeyedHash.objects.filter(kind=WORD, hash__in=wanted).values("about")
    matched = rows.annotate(words=Count("hash", distinct=True)).filter(words=len(wanted))
    return [row["about"] for row in matched.order_by("about")[:MATTERS]]


def forget_person(person: str) -> None:
    """Delete every hash by which the person was found."""
    models.KeyedHash.objects.filter(person_id=person).delete()


def normal_identifier(kind: str, value: str) -> str:
    """The bare value of an identifier or a contact, as it is hashed. Refuses a wrong identifier."""
    if kind in identifiers.CHECKS:
        return identifiers.CHECKS[kind](value)
    return normal_phone(value) if kind == "phone" else value.strip().lower()


def hashes_of_query(text: str) -> list[tuple[str, bytes]]:
    """What a text asks for, all of it: an identifier, an address, a birthday, beginnings of names."""
    bare = text.strip()
    if kind := _identifier_kind(bare):
        return [(kind, hash_of(kind, identifiers.CHECKS[kind](bare)))]
    if "@" in bare:
        return [("email", hash_of("email", bare.lower()))]
    wanted = []
    for part in bare.split():
        if day := _day(part):
            wanted.append((BORN, day))
        else:
            wanted += [(PREFIX, word[:LONGEST_PREFIX]) for word in normal_name(part).split()]
    return [(kind, hash_of(kind, value)) for kind, value in wanted]


def _identifier_kind(text: str) -> str:
    for kind, check in identifiers.CHECKS.items():
        try:
            check(text)
        except Refusal:
            continue
        return kind
    return ""


def _day(text: str) -> str:
    parts = text.split(".")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{int(parts[1]):02d}-{int(parts[0]):02d}"
    return ""
