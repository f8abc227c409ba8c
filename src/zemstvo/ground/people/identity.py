"""Who a person is: the values that are sealed. Two shapes, for natural persons and for organisations.

Everything here is what somebody typed or a document says, normalised; nothing of it is ever stored in clear.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people import identifiers


class NotAName(Refusal):
    """A part of a name is too long, or holds signs that no name has."""

    code = "identity.name"
    message = _("A name is written in letters, at most %(longest)s of them.")
    advice = _("Write it as in the document.")


class NotAnAddress(Refusal):
    """What was given as an e-mail address is none."""

    code = "identity.email"
    message = _("This is not an e-mail address.")
    advice = _("An address looks like anna@example.org.")


class LineTooLong(Refusal):
    """An address, a phone number or another line of the identity is too long."""

    code = "identity.too-long"
    message = _("A line of the identity has %(found)s signs; at most %(longest)s are kept.")
    advice = _("Shorten it.")


class NotABirthday(Refusal):
    """A birthday that no living person can have."""

    code = "identity.born-on"
    message = _("Nobody who applies was born on %(born_on)s.")
    advice = _("Write the day, the month and the year of birth as in the document.")


IDENTITY = "identity"
"""The purpose under which an identity is sealed."""

LONGEST_NAME = 120
LONGEST_LINE = 500
_EMAIL = re.compile(r"[^@\s\x00-\x1f,;<>\"]{1,64}@[^@\s\x00-\x1f,;<>\"]{1,188}\.[^@\s\x00-\x1f.,;<>\"]{2,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A natural person. Empty fields are unknown: a draft begins with a person of whom nothing is known."""

    family_name: str = ""
    given_name: str = ""
    patronymic: str = ""
    born_on: date | None = None
    snils: str = ""
    inn: str = ""
    ogrnip: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    document: str = ""

    @property
    def name(self) -> str:
        """The whole name in the order of documents: Иванова Анна Петровна."""
        return " ".join(part for part in (self.family_name, self.given_name, self.patronymic) if part)

    @property
    def short_name(self) -> str:
        """The name with initials: Иванова А. П."""
        initials = [f"{part[0]}." for part in (self.given_name, self.patronymic) if part]
        return " ".join([self.family_name, *initials]).strip()

    def checked(self) -> Identity:
        """The same identity, normalised. Refuses with the first value that cannot be right."""
        return Identity(
            family_name=_name(self.family_name),
            given_name=_name(self.given_name),
            patronymic=_name(self.patronymic),
            born_on=_birthday(self.born_on),
            snils=self.snils and identifiers.snils(self.snils),
            inn=self.inn and identifiers.inn_of_person(self.inn),
            ogrnip=self.ogrnip and identifiers.ogrnip(self.ogrnip),
            email=_email(self.email),
            phone=_line(self.phone),
            address=_line(self.address),
            document=_line(self.document),
        )

    @property
    def identifiers(self) -> dict[str, str]:
        """What names exactly this person, the strongest first."""
        return {kind: value for kind in ("snils", "inn", "ogrnip") if (value := getattr(self, kind))}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationIdentity:
    """An organisation: a firm, an association, an institution."""

    name: str
    short_name: str = ""
    ogrn: str = ""
    inn: str = ""
    kpp: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""

    def checked(self) -> OrganisationIdentity:
        """The same identity, normalised. Refuses with the first value that cannot be right."""
        return OrganisationIdentity(
            name=_line(self.name),
            short_name=_line(self.short_name),
            ogrn=self.ogrn and identifiers.ogrn(self.ogrn),
            inn=self.inn and identifiers.inn_of_organisation(self.inn),
            kpp=_line(self.kpp),
            email=_email(self.email),
            phone=_line(self.phone),
            address=_line(self.address),
        )

    @property
    def identifiers(self) -> dict[str, str]:
        """What names exactly this organisation, the strongest first."""
        return {kind: value for kind in ("ogrn", "inn") if (value := getattr(self, kind))}


AnyIdentity = Identity | OrganisationIdentity


def as_json(identity: AnyIdentity) -> dict[str, Any]:
    """What is sealed: the known values, days as ISO text, and the shape."""
    values = {key: value for key, value in asdict(identity).items() if value}
    if born_on := values.get("born_on"):
        values["born_on"] = born_on.isoformat()
    return {"shape": "natural" if isinstance(identity, Identity) else "organisation", **values}


def from_json(values: dict[str, Any]) -> AnyIdentity:
    """The identity that `as_json` wrote; values of fields that are gone by now are passed over."""
    if values.get("shape") == "organisation":
        return OrganisationIdentity(**_known(OrganisationIdentity, values))
    known = _known(Identity, values)
    if born_on := known.get("born_on"):
        known["born_on"] = date.fromisoformat(born_on)
    return Identity(**known)


def _known(shape: type[Identity] | type[OrganisationIdentity], values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in _FIELDS[shape]}


_FIELDS = {
    shape: frozenset(field.name for field in fields(shape)) for shape in (Identity, OrganisationIdentity)
}


def _line(text: str) -> str:
    if not text:
        return ""
    printable = (
        " " if unicodedata.category(sign) == "Cc" else sign for sign in unicodedata.normalize("NFC", text)
    )
    bare = " ".join("".join(printable).split())
    if len(bare) > LONGEST_LINE:
        raise LineTooLong(found=len(bare), longest=LONGEST_LINE)
    return bare


def _name(text: str) -> str:
    bare = " ".join(unicodedata.normalize("NFC", text).split())
    if bare.isalpha() and len(bare) <= LONGEST_NAME:
        return bare
    if len(bare) > LONGEST_NAME or any(unicodedata.category(sign)[0] not in "LMPZ" for sign in bare):
        raise NotAName(longest=LONGEST_NAME)
    return bare


def _email(text: str) -> str:
    bare = text.strip()
    if bare and not _EMAIL.fullmatch(bare):
        raise NotAnAddress()
    return bare.lower()


def _birthday(day: date | None) -> date | None:
    if day is not None and not 1850 <= day.year <= 2150:
        raise NotABirthday(born_on=day)
    return day
