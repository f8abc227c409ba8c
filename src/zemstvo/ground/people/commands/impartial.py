"""Whoever puts a person's matters into hands is another one, and says how the person was made sure of."""

from __future__ import annotations

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import roles
from zemstvo.ground.people.looks import record_look
from zemstvo.ground.people.refusals import IdentityUnchecked, OwnAccount


def demand_impartial(act: Act, person: str, how: str) -> None:
    """An official says how the person was made sure of, and is another one; the house vouches for itself."""
    if act.mandate and act.actor == person:
        raise OwnAccount()
    if (act.mandate or how) and how not in roles.CHECKS:
        raise IdentityUnchecked(known=", ".join(roles.CHECKS))


def tell(act: Act, *persons: str) -> None:
    """Let the persons see who put something into somebody's hands in their name."""
    if act.mandate:
        record_look(act, person=persons, purpose="account")
