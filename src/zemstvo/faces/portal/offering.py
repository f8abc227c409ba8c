"""What a page of an application may begin with, so that nobody types the same thing twice.

In this order: what the same question was answered with in an earlier case, what the package says under
`prefill`, what the person's own data hold. An offer is only an offer: it is kept when the page is sent.
"""

from __future__ import annotations

from typing import Any

from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.services.package import Field, FieldType, Page
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.identity import AnyIdentity, as_json


def offers(act: Act, service: str, owner: str, page: Page) -> dict[str, Any]:
    """Answers to offer on a page, by field id, for the person whose draft it is. A few statements.

    Nothing is offered to who may act for the person but not read what is known of her.
    """
    if not may_read(act, service, owner):
        return {}
    earlier = cases.earlier_answers(act, service, person=owner)
    wanted = any(_wants_profile(field) for field in page.fields)
    profile = people.identity(act, owner, service=service) if wanted else None
    found = {field.id: _offer(act, field, earlier, profile, owner) for field in page.fields}
    return {id: value for id, value in found.items() if value not in (None, "", [], {})}


def may_read(act: Act, service: str, owner: str) -> bool:
    """Whether the one who acts may read what this person answered before."""
    return act.may("case.own.read", of=(owner, f"service:{service}"))


def _wants_profile(field: Field) -> bool:
    return field.prefill.startswith("profile.")


def _offer(act: Act, field: Field, earlier: dict[str, Any], profile: AnyIdentity | None, owner: str) -> Any:
    if field.type in {FieldType.FILE, FieldType.DECLARATION}:
        return None
    if field.id in earlier:
        return earlier[field.id]
    kind, _dot, rest = field.prefill.partition(".")
    if kind == "earlier" and rest:
        service, _dot, other = rest.partition(".")
        if not may_read(act, service, owner):
            return None
        return cases.earlier_answers(act, service, person=owner).get(other)
    if kind == "profile" and profile is not None:
        return from_profile(field, rest, profile)
    return None


def from_profile(field: Field, name: str, profile: AnyIdentity) -> Any:
    """What the own data say for a field: a block gets the parts that it asks for, a line the value itself."""
    known = as_json(profile)
    if field.type is FieldType.ADDRESS:
        return {"text": known["address"]} if known.get("address") else None
    if field.parts:
        return {part: known[part] for part in field.parts if known.get(part)}
    return known.get(name)
