"""Roles, scopes and their rights: the one table that says what a mandate or a token allows.

A right is a noun and a verb. Rights in ANYWHERE may be asked without naming a place; every other right is
refused where the one who asks names neither authority nor territory, so that a forgotten place never opens a
door.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CLERK = frozenset(
    {
        "case.read",
        "case.accept",
        "case.return",
        "case.suspend",
        "case.extend",
        "case.decide",
        "case.message",
        "case.assign",
        "case.file",
        "case.evidence",
        "document.read",
        "document.issue",
        "document.deliver",
        "person.find",
        "person.read",
        "person.register",
        "person.change",
        "person.keep",
        "representation.change",
    }
)

ROLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "clerk": CLERK,
        "head": CLERK
        | {"case.sign", "document.sign", "mandate.read", "person.erase", "absence.change", "deputy.change"},
        "service_owner": frozenset({"service.publish", "service.read", "service.local"}),
        "administrator": frozenset(
            {
                "territory.change",
                "authority.change",
                "official.change",
                "mandate.change",
                "mandate.read",
                "calendar.change",
                "token.change",
                "service.register",
                "person.register",
                "account.open",
                "absence.change",
                "deputy.change",
            }
        ),
    }
)
"""What each role may do. An administrator has no right over cases."""

SCOPES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "applications:write": frozenset(
            {"case.own.submit", "case.own.read", "file.upload", "person.register", "person.keep"}
        ),
        "cases:read": frozenset({"case.own.read", "case.read"}),
    }
)
"""What each scope of a token allows. None opens a draft: a machine sends what is filled in already.

`cases:read` opens the cases of the place that the token was made for, each with a recorded look; without a
place those that the machine filed itself. The journal's checkpoints and proofs are open to everybody.
"""

ANYWHERE = frozenset(
    {"person.find", "person.read", "person.register", "person.change", "person.keep", "person.erase"}
    | {"account.open", "representation.change", "service.read", "file.upload"}
)
"""Rights that belong to no place: persons belong to the installation, not to a municipality."""

APPLICANT_READS = frozenset({"case.own.read", "person.own.read"})

APPLICANT_ACTS = frozenset(
    {
        "case.own.message",
        "case.own.supplement",
        "case.own.withdraw",
        "case.own.submit",
        "draft.own",
    }
)

APPLICANT_ONLY = frozenset({"person.own.change", "person.own.erase", "person.own.represent"})
"""What nobody does for another without an official."""

LEADER = frozenset({"person.own.employ"})
"""What belongs to whoever leads an organisation."""

CODE_HOLDER = frozenset(
    {
        "case.own.read",
        "case.own.message",
        "case.own.supplement",
        "case.own.withdraw",
        "case.own.submit",
        "draft.own",
    }
)

VISITOR = frozenset({"draft.open", "person.register", "person.keep"})
"""What anybody may do at the portal without an account."""

GROUNDS = ("parent", "guardian", "attorney", "social-worker")
"""On what ground one person represents another."""

CHECKS = ("passport", "provider", "representative", "known")
"""How an identity was made sure of: a document, a provider, a representative's paper, known in person."""
