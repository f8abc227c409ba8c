"""Who applies: asked as questions, read into an identity, told on the page that checks the answers.

Without an account nobody knows who fills in a draft. It is sealed with the draft, as the answers are, and a
person is registered only when the application is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from zemstvo.capabilities.services.package import Field, FieldType
from zemstvo.faces.components.asking import Faults, ask, worded
from zemstvo.faces.components.questions import Question
from zemstvo.faces.components.reading import Posted, read
from zemstvo.faces.components.telling import told
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity, as_json

PERSON, ORGANISATION = "person", "organisation"
NAMES = ("family_name", "given_name", "patronymic", "born_on", "snils")

_INPUTS = {
    "identity.name": "who.family_name",
    "identity.born-on": "who.born_on",
    "identity.email": "email",
    "identity.too-long": "address",
}


def questions(
    kind: str,
    identity: AnyIdentity | None,
    *,
    is_own: bool,
    faults: Faults | None = None,
    posted: Posted | None = None,
) -> list[Question]:
    """The questions about an applicant; `is_own` leaves out the address that the account has already."""
    known = _known(identity)
    return [
        ask(field, known.get(field.id), faults=faults, posted=posted) for field in fields(kind, is_own=is_own)
    ]


def fields(kind: str, *, is_own: bool) -> tuple[Field, ...]:
    """What is asked of a person or an organisation."""
    contact = (
        ()
        if is_own
        else (Field(id="email", type=FieldType.EMAIL, label=_said(_("E-mail for notices")), required=False),)
    )
    phone = Field(id="phone", type=FieldType.PHONE, label=_said(_("Telephone")), required=False)
    address = Field(
        id="address", type=FieldType.TEXT, label=_said(_("Address")), required=False, max_length=500
    )
    if kind == ORGANISATION:
        who = Field(
            id="who",
            type=FieldType.ORGANISATION,
            label=_said(_("Organisation")),
            parts=("name", "inn", "ogrn"),
            optional=frozenset({"ogrn"}),
        )
        return (who, *contact, phone, address)
    who = Field(
        id="who",
        type=FieldType.PERSON,
        label=_said(_("Name")),
        parts=NAMES,
        optional=frozenset({"patronymic", "born_on", "snils"}),
    )
    return (who, *contact, phone, address)


def identity_from(
    kind: str, posted: Posted, before: AnyIdentity | None = None, *, is_own: bool
) -> tuple[AnyIdentity | None, Faults]:
    """The identity that a form says, checked, or the faults of the form."""
    typed = {field.id: read(field, posted) for field in fields(kind, is_own=is_own)}
    who: dict[str, Any] = typed["who"] or {}
    missing = _missing(kind, who)
    if missing:
        return None, Faults(missing)
    contact = {name: typed.get(name) or "" for name in ("email", "phone", "address") if name in typed}
    try:
        if kind == ORGANISATION:
            firm = before if isinstance(before, OrganisationIdentity) else OrganisationIdentity(name="")
            said: AnyIdentity = replace(
                firm, **{part: who.get(part, "") for part in ("name", "inn", "ogrn")}, **contact
            )
        else:
            person = before if isinstance(before, Identity) else Identity()
            born_on = date.fromisoformat(who["born_on"]) if who.get("born_on") else None
            names = {part: who.get(part, "") for part in NAMES if part != "born_on"}
            said = replace(person, **names, **contact, born_on=born_on)
        return said.checked(), Faults()
    except ValueError:
        return None, Faults(
            {"who.born_on": _("There is no such day. Write the day, the month and the year.")}
        )
    except Refusal as refusal:
        return None, faults_of(refusal, kind)


def faults_of(refusal: Refusal, kind: str = PERSON) -> Faults:
    """A refusal of the room of people, at the input that it speaks of."""
    sentence = f"{refusal} {refusal.counsel}".strip()
    if refusal.code.startswith("identifier."):
        named = str(refusal.facts.get("kind", ""))
        part = {"ИНН": "inn", "ОГРН": "ogrn", "ОГРНИП": "ogrn"}.get(
            named, "snils" if kind == PERSON else "inn"
        )
        return Faults({f"who.{part}": sentence})
    return Faults({_INPUTS.get(refusal.code, "who.family_name" if kind == PERSON else "who.name"): sentence})


def is_named(identity: AnyIdentity | None) -> bool:
    """Whether enough is known of somebody to apply."""
    if identity is None:
        return False
    return bool(identity.name) if isinstance(identity, OrganisationIdentity) else bool(identity.family_name)


def rows(identity: AnyIdentity, change: str) -> list[dict[str, str]]:
    """The identity as rows of a summary."""
    kind = ORGANISATION if isinstance(identity, OrganisationIdentity) else PERSON
    known = _known(identity)
    return [
        {"key": worded(field.label)[0], "value": told(field, known[field.id]), "change": change}
        for field in fields(kind, is_own=False)
        if field.id in known
    ]


def _missing(kind: str, who: Mapping[str, Any]) -> dict[str, str]:
    wanted = {
        PERSON: {"family_name": _("Write the family name."), "given_name": _("Write the given name.")},
        ORGANISATION: {"name": _("Write the name of the organisation."), "inn": _("Write the INN.")},
    }[kind]
    return {f"who.{part}": sentence for part, sentence in wanted.items() if not who.get(part)}


def _known(identity: AnyIdentity | None) -> dict[str, Any]:
    if identity is None:
        return {}
    values = as_json(identity)
    who = {part: values[part] for part in (*NAMES, "name", "inn", "ogrn") if part in values}
    return {"who": who} | {name: values[name] for name in ("email", "phone", "address") if name in values}


def _said(text: str) -> dict[str, str]:
    return {get_language() or "ru": text}
