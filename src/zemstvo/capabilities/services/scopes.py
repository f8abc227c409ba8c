"""The names that the expressions of a package may use, with their types.

Bare names are the applicant's fields, the parameters, the calculated values and what is known of the case
(`today`, `filed_on`, …); `applicant.…`, `answered.…` and the officials' forms are groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from zemstvo.capabilities.services.expressions.types import (
    DATE,
    MONEY,
    MONTH,
    NUMBER,
    TEXT,
    YES_NO,
    Kind,
    Type,
)

if TYPE_CHECKING:
    from zemstvo.capabilities.services.parts import Circumstances

PARTS: Mapping[str, Mapping[str, Type]] = {
    "person": {
        "family_name": TEXT,
        "given_name": TEXT,
        "patronymic": TEXT,
        "born_on": DATE,
        "snils": TEXT,
    },
    "organisation": {"name": TEXT, "inn": TEXT, "ogrn": TEXT},
    "address": {"text": TEXT, "postcode": TEXT, "oktmo": TEXT},
}
"""The parts of the blocks."""

APPLICANT = Type(
    Kind.GROUP,
    fields={
        "kind": Type(Kind.CHOICE, options=frozenset({"person", "organisation"})),
        "name": TEXT,
        "family_name": TEXT,
        "given_name": TEXT,
        "patronymic": TEXT,
        "born_on": DATE,
        "snils": TEXT,
        "inn": TEXT,
        "ogrn": TEXT,
    },
)

CHANNELS = ("portal", "app", "api", "proactive", "e-mail", "phone", "counter", "post", "intermediary")

OF_THE_CASE: Mapping[str, Type] = {
    "today": DATE,
    "filed_on": DATE,
    "registered_on": DATE,
    "complete_on": DATE,
    "decided_on": DATE,
    "channel": Type(Kind.CHOICE, options=frozenset(CHANNELS)),
    "applicant": APPLICANT,
}
"""What every expression may ask of the case itself."""

SIMPLE = {
    "text": TEXT,
    "long_text": TEXT,
    "phone": TEXT,
    "email": TEXT,
    "number": NUMBER,
    "money": MONEY,
    "date": DATE,
    "month": MONTH,
    "yes_no": YES_NO,
    "declaration": YES_NO,
    "file": Type(Kind.FILES),
}


def type_of_field(field: Mapping[str, Any]) -> Type:
    """The type of the answer of a field of the document."""
    kind = field["type"]
    if kind in SIMPLE:
        return SIMPLE[kind]
    if kind in PARTS:
        return Type(Kind.GROUP, fields=PARTS[kind])
    if kind == "repeat":
        return Type(Kind.ROWS, fields=types_of_fields(field["fields"]))
    options = frozenset(option["id"] for option in field["options"])
    return Type(Kind.CHOICE if kind == "choice" else Kind.CHOICES, options=options)


def types_of_fields(fields: Iterable[Mapping[str, Any]]) -> dict[str, Type]:
    """The types of several fields by id."""
    return {field["id"]: type_of_field(field) for field in fields}


def group_of_answered(ids: Iterable[str]) -> Type:
    """The group `answered`: for each field whether something was answered."""
    return Type(Kind.GROUP, fields=dict.fromkeys(ids, YES_NO))


def values_of(circumstances: Circumstances) -> dict[str, Any]:
    """The values of the names of the case, defaults for what is not known yet."""
    known = {name: circumstances.applicant.get(name) or "" for name in APPLICANT.fields}
    if not known["name"]:
        parts = (known["family_name"], known["given_name"], known["patronymic"])
        known["name"] = " ".join(part for part in parts if part)
    days = ("today", "filed_on", "registered_on", "complete_on", "decided_on")
    found: dict[str, Any] = {"applicant": known, "channel": circumstances.channel}
    for name in days:
        day = getattr(circumstances, name)
        found[name] = day.isoformat() if day else ""
    return found
