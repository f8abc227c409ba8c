"""Every question about people, by noun. Frozen rows come out; personal values only for a recorded look."""

from zemstvo.ground.people.mandates import MandateRow
from zemstvo.ground.people.queries.acts import (
    MandateChoice,
    act_of_account,
    act_of_code,
    act_of_official,
    act_of_token,
    mandates_of_account,
    visitor_act,
)
from zemstvo.ground.people.queries.invitations import invitation_is_open
from zemstvo.ground.people.queries.looks import LookRow, looks_at
from zemstvo.ground.people.queries.officials import (
    AbsenceRow,
    DeputyRow,
    OfficialRow,
    absences,
    deputies,
    mandates,
    official,
    official_names,
    officials,
)
from zemstvo.ground.people.queries.persons import (
    PersonRow,
    Principal,
    identities,
    identity,
    matching_persons,
    name_of_principal,
    own_identity,
    person,
    person_by,
    principal_names,
    principals,
    pseudonym_of,
)
from zemstvo.ground.people.queries.tokens import TokenRow, tokens

__all__ = [
    "AbsenceRow",
    "DeputyRow",
    "LookRow",
    "MandateChoice",
    "MandateRow",
    "OfficialRow",
    "PersonRow",
    "Principal",
    "TokenRow",
    "absences",
    "act_of_account",
    "act_of_code",
    "act_of_official",
    "act_of_token",
    "deputies",
    "identities",
    "identity",
    "invitation_is_open",
    "looks_at",
    "mandates",
    "mandates_of_account",
    "matching_persons",
    "name_of_principal",
    "official",
    "official_names",
    "officials",
    "own_identity",
    "person",
    "person_by",
    "principal_names",
    "principals",
    "pseudonym_of",
    "tokens",
    "visitor_act",
]
