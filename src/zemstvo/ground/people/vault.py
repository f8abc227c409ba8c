"""The vault: seals personal values under the key of the person whom they are about.

Each person has a random key of their own; it is stored wrapped by the installation's wrapping key, in the
database `keys`. To destroy that one row is to erase the person everywhere, in backups of the other data too.

A sealed value is a byte 1, a nonce of 12 bytes, and AES-256-GCM of the value; the pseudonym and the purpose
are its associated data, so a value moved to another person or another use does not open (NIST SP 800-38D).

Keys are durable before they are used: a pool is filled in one transaction of the key store, and each new
person takes a pseudonym whose key stands there already. That is one fsync for POOL persons. Pseudonyms that a
stopped process left in its pool are never used; their rows are a hundred bytes each and harmless.
"""

from __future__ import annotations

import hmac
import json
import os
import threading
import time
import uuid
from collections import OrderedDict, deque
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people import models, secrets_folder

POOL = 128
"""How many keys one fill of the pool makes durable at once."""

OPEN_KEYS = 4096
"""How many unwrapped keys a process keeps at most."""

OPEN_SECONDS = 60.0
"""How long a process keeps an unwrapped key: so long can an erasure by another one stay unseen."""

_VERSION = b"\x01"
_NONCE = 12


class Erased(Refusal):
    """The person was erased: what was sealed cannot be opened any more, by anybody."""

    code = "person.erased"
    message = _("The personal data of this person were erased.")
    advice = _("Facts about the matter itself are kept in the journal.")
    status = 410


class NotSealedHere(RuntimeError):
    """A sealed value is damaged, or was sealed for another person, purpose or installation."""


def new_pseudonym() -> str:
    """A pseudonym that nobody has yet; its key is durable. Costs a write to the key store once in POOL calls.

    Inside a transaction of the key store nothing is durable yet, so there one key is made, and none kept in
    the pool.
    """
    if connections["keys"].in_atomic_block:
        person, key = _make_keys(1)[0]
    else:
        person, key = _from_pool()
    _keep(person, AESGCM(key))
    return person


def fill_pool() -> None:
    """Fill the pool where it is empty: called before a transaction, it takes the write out of it."""
    with _filling:
        if not _pool:
            _pool.extend(_make_keys(POOL))


def seal(person: str, value: Any, *, purpose: str = "") -> bytes:
    """Seal a JSON value for a person. Raises Erased where the person's key is gone."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return seal_bytes(person, text.encode(), purpose=purpose)


def open_sealed(person: str, sealed: bytes, *, purpose: str = "") -> Any:
    """The JSON value that `seal` made for this person and purpose. Raises Erased, or NotSealedHere."""
    return json.loads(open_bytes(person, sealed, purpose=purpose))


def seal_bytes(person: str, content: bytes, *, purpose: str = "") -> bytes:
    """Seal bytes (a file) for a person; 29 bytes longer than the content. Raises Erased."""
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + _cipher(person).encrypt(nonce, content, _binding(person, purpose))


def open_bytes(person: str, sealed: bytes, *, purpose: str = "") -> bytes:
    """The bytes that `seal_bytes` sealed for this person and purpose. Raises Erased, or NotSealedHere."""
    sealed = bytes(sealed)
    cipher = _cipher(person)
    if sealed[:1] != _VERSION:
        raise NotSealedHere(f"a sealed value of version 1 is expected, {len(sealed)} bytes were given")
    try:
        return cipher.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _binding(person, purpose))
    except InvalidTag:
        raise NotSealedHere(f"a value does not open for person {person} and purpose {purpose!r}") from None


def seal_for_house(content: bytes, *, purpose: str) -> bytes:
    """Seal bytes for the installation itself: secrets of sign-in, which end with their account."""
    nonce = os.urandom(_NONCE)
    return (
        _VERSION
        + nonce
        + _house_cipher(secrets_folder.search_key()).encrypt(nonce, content, _binding("house", purpose))
    )


def open_for_house(sealed: bytes, *, purpose: str) -> bytes:
    """The bytes that `seal_for_house` sealed. Raises NotSealedHere."""
    for key in secrets_folder.search_keys():
        try:
            return _house_cipher(key).decrypt(
                sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _binding("house", purpose)
            )
        except InvalidTag:
            continue
    raise NotSealedHere(f"a value of the installation does not open for purpose {purpose!r}")


def prefetch(persons: Iterable[str]) -> None:
    """Unwrap the keys of many persons (a list) in one query, none where all are open. Those who were erased,
    and whose key does not open, are passed over: whoever needs them is told.
    """
    missing = [person for person in set(persons) if _kept(person) is None]
    if not missing:
        return
    for row in models.WrappedKey.objects.filter(person__in=missing[:OPEN_KEYS]):
        with suppress(NotSealedHere):
            _keep(str(row.person), AESGCM(_unwrap(str(row.person), row.generation, bytes(row.wrapped))))


def destroy_key(person: str) -> None:
    """Destroy the key of a person now. What remains is in backups of the key store until they end."""
    models.WrappedKey.objects.filter(person=person).delete()
    with _lock:
        _open_keys.pop(person, None)


def rewrap(batch: int = 1000) -> int:
    """Wrap every key by the first wrapping key; returns how many changed. May run while the site runs."""
    wrapping = secrets_folder.wrapping_keys(fresh=True)[0]
    current = _generation(wrapping)
    changed = 0
    while True:
        with transaction.atomic(using="keys"):
            old = models.WrappedKey.objects.select_for_update().exclude(generation=current)
            rows = list(old.order_by("person")[:batch])
            for row in rows:
                person = str(row.person)
                key = _unwrap(person, row.generation, bytes(row.wrapped))
                row.generation, row.wrapped = current, _wrap(wrapping, person, key)
            models.WrappedKey.objects.bulk_update(rows, ["generation", "wrapped"])
        changed += len(rows)
        if len(rows) < batch:
            return changed


def rotate_wrapping_key() -> int:
    """Make a new wrapping key and rewrap every person's key by it; returns how many.

    The old key stays in the file, for a process that was filling its pool meanwhile; `retire_wrapping_keys`
    drops it later. Broken off half way, `rewrap` goes on.
    """
    secrets_folder.replace_wrapping_keys(
        (secrets_folder.new_key(), *secrets_folder.wrapping_keys(fresh=True))
    )
    return rewrap()


def retire_wrapping_keys(*, after_seconds: float = 3600.0) -> int:
    """Drop the old wrapping keys once nothing wraps by them any more; returns how many."""
    keys = secrets_folder.wrapping_keys(fresh=True)
    if len(keys) == 1 or secrets_folder.wrapping_keys_age() < after_seconds:
        return 0
    rewrap()
    secrets_folder.replace_wrapping_keys(keys[:1])
    return len(keys) - 1


def known_generations() -> frozenset[str]:
    """The names of the wrapping keys that are here: a restore asks whether it could open a backup."""
    return frozenset(_generation(key) for key in secrets_folder.wrapping_keys(fresh=True))


def forget() -> None:
    """Drop the pool and every unwrapped key of this process (after a restore, after a flush)."""
    with _lock:
        _pool.clear()
        _open_keys.clear()


_lock = threading.Lock()
_filling = threading.Lock()
_pool: deque[tuple[str, bytes]] = deque()
_open_keys: OrderedDict[str, tuple[float, AESGCM]] = OrderedDict()
os.register_at_fork(after_in_child=lambda: forget())  # two processes must not hand out one pool


def _from_pool() -> tuple[str, bytes]:
    while True:
        try:
            return _pool.popleft()
        except IndexError:
            fill_pool()


def _make_keys(count: int) -> list[tuple[str, bytes]]:
    wrapping = secrets_folder.wrapping_keys(fresh=True)[0]
    generation = _generation(wrapping)
    fresh = [(str(uuid.uuid4()), secrets_folder.new_key()) for _ in range(count)]
    models.WrappedKey.objects.bulk_create(
        models.WrappedKey(person=person, generation=generation, wrapped=_wrap(wrapping, person, key))
        for person, key in fresh
    )
    return fresh


def _cipher(person: str) -> AESGCM:
    kept = _kept(person)
    if kept is not None:
        return kept
    row = models.WrappedKey.objects.filter(person=person).first()
    if row is None:
        raise Erased(person=person)
    cipher = AESGCM(_unwrap(person, row.generation, bytes(row.wrapped)))
    _keep(person, cipher)
    return cipher


def _house_cipher(search_key: bytes) -> AESGCM:
    return AESGCM(hmac.digest(search_key, b"zemstvo house seal", sha256))


def _kept(person: str) -> AESGCM | None:
    with _lock:
        found = _open_keys.get(person)
        if found is None or found[0] < time.monotonic():
            return None
        _open_keys.move_to_end(person)
        return found[1]


def _keep(person: str, cipher: AESGCM) -> None:
    with _lock:
        _open_keys[person] = (time.monotonic() + OPEN_SECONDS, cipher)
        _open_keys.move_to_end(person)
        while len(_open_keys) > OPEN_KEYS:
            _open_keys.popitem(last=False)


def _wrap(wrapping: bytes, person: str, key: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(wrapping).encrypt(nonce, key, person.encode())


def _unwrap(person: str, generation: str, wrapped: bytes) -> bytes:
    for fresh in (False, True):  # read anew: another process may have rotated the key
        for key in secrets_folder.wrapping_keys(fresh=fresh):
            if _generation(key) == generation:
                return _decrypted(AESGCM(key), wrapped, person)
    raise NotSealedHere(
        f"the key of person {person} is wrapped by {generation}, which is not among the wrapping keys"
    )


def _decrypted(wrapping: AESGCM, wrapped: bytes, person: str) -> bytes:
    try:
        return wrapping.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], person.encode())
    except InvalidTag:
        raise NotSealedHere(f"the wrapped key of person {person} is damaged or belongs to another") from None


def _generation(key: bytes) -> str:
    return sha256(b"zemstvo wrapping key" + key).hexdigest()[:16]


def _binding(person: str, purpose: str) -> bytes:
    return f"zemstvo:1:{person}:{purpose}".encode()
