"""The tables of people, by noun. Personal values stand in them only sealed or as keyed hashes."""

from zemstvo.ground.people.models.accounts import Account, ApiToken, Invitation
from zemstvo.ground.people.models.files import EndedKey, StoredFile
from zemstvo.ground.people.models.keys import Tombstone, WrappedKey
from zemstvo.ground.people.models.looks import Look, LookAt
from zemstvo.ground.people.models.officials import Absence, Deputy, Mandate, Official
from zemstvo.ground.people.models.persons import (
    IDENTIFYING,
    DutyToKeep,
    Employment,
    Erasure,
    KeyedHash,
    Person,
    Representation,
)

__all__ = [
    "IDENTIFYING",
    "Absence",
    "Account",
    "ApiToken",
    "Deputy",
    "DutyToKeep",
    "Employment",
    "EndedKey",
    "Erasure",
    "Invitation",
    "KeyedHash",
    "Look",
    "LookAt",
    "Mandate",
    "Official",
    "Person",
    "Representation",
    "StoredFile",
    "Tombstone",
    "WrappedKey",
]
