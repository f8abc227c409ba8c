"""Every write of people, by noun: persons, who acts for them, officials, accounts, tokens, erasure."""

from zemstvo.ground.people.commands.absences import end_absence, end_deputy, name_deputy, record_absence
from zemstvo.ground.people.commands.accounts import (
    accept_invitation,
    invite_administrator,
    join_account,
    open_account,
)
from zemstvo.ground.people.commands.acting import employ, end_employment, end_representation, represent
from zemstvo.ground.people.commands.engaging import engage_official
from zemstvo.ground.people.commands.erasure import erase_person, keep_person
from zemstvo.ground.people.commands.mandates import grant_mandate, revoke_mandate
from zemstvo.ground.people.commands.officials import appoint_official, dismiss_official
from zemstvo.ground.people.commands.persons import (
    change_identity,
    check_identity,
    join_person,
    register_organisation,
    register_person,
)
from zemstvo.ground.people.commands.tokens import NewToken, create_token, revoke_token

__all__ = [
    "NewToken",
    "accept_invitation",
    "appoint_official",
    "change_identity",
    "check_identity",
    "create_token",
    "dismiss_official",
    "employ",
    "end_absence",
    "end_deputy",
    "end_employment",
    "end_representation",
    "engage_official",
    "erase_person",
    "grant_mandate",
    "invite_administrator",
    "join_account",
    "join_person",
    "keep_person",
    "name_deputy",
    "open_account",
    "record_absence",
    "register_organisation",
    "register_person",
    "represent",
    "revoke_mandate",
    "revoke_token",
]
