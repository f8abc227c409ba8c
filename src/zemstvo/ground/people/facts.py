"""All that may enter the journal from people: pseudonyms and codes, never a name, a number or an address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.facts import Code, Fact, Number, PublicId, Touches

PersonId = Annotated[PublicId, Touches("person")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(Fact):
    """A person came who was not known here, and got a pseudonym."""

    kind = "person.registered"
    sentence = _("A person was registered.")

    person: PersonId
    shape: Code
    known_by: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecognised(Fact):
    """A person known here by an identifier came. `doubtful`: another identifier names somebody else."""

    kind = "person.recognised"
    sentence = _("A person was recognised by %(known_by)s.")

    person: PersonId
    known_by: Code
    doubtful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Fact):
    """Values of a person's identity changed; which ones, not what they are."""

    kind = "person.changed"
    sentence = _("The data of a person changed (%(fields)s).")

    person: PersonId
    fields: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChecked(Fact):
    """An official or a provider made sure who the person is."""

    kind = "person.checked"
    sentence = _("The identity of a person was checked (%(how)s).")

    person: PersonId
    how: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonKept(Fact):
    """A duty to keep a person's data begins, or gets another end; no day means until the matter is closed."""

    kind = "person.kept"
    sentence = _("The data of a person must be kept (%(basis)s).")

    person: PersonId
    about: Number
    basis: Code
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(Fact):
    """A person's key is destroyed; the last backup of it ends on the day named."""

    kind = "person.erased"
    sentence = _("A person was erased; the erasure is complete on %(complete_on)s.")

    person: PersonId
    complete_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentBegun(Fact):
    """An organisation named an employee who acts for it."""

    kind = "employment.begun"
    sentence = _("An organisation named an employee who acts for it.")

    employment: Annotated[PublicId, Touches("employment")]
    organisation: Annotated[PublicId, Touches("person", "organisation")]
    person: PersonId
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentEnded(Fact):
    """An employee acts no longer for an organisation."""

    kind = "employment.ended"
    sentence = _("An employee no longer acts for an organisation from %(until_on)s.")

    employment: Annotated[PublicId, Touches("employment")]
    organisation: Annotated[PublicId, Touches("person", "organisation")]
    person: PersonId
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationBegun(Fact):
    """A person may act for another, on this ground."""

    kind = "representation.begun"
    sentence = _("A person may act for another (%(ground)s).")

    representation: Annotated[PublicId, Touches("representation")]
    person: PersonId
    representative: Annotated[PublicId, Touches("person", "representative")]
    ground: Code
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepresentationEnded(Fact):
    """A person may no longer act for another."""

    kind = "representation.ended"
    sentence = _("A person may no longer act for another from %(until_on)s.")

    representation: Annotated[PublicId, Touches("representation")]
    person: PersonId
    representative: Annotated[PublicId, Touches("person", "representative")]
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialAppointed(Fact):
    """A person entered the service of an authority."""

    kind = "official.appointed"
    sentence = _("An official was appointed at %(at_authority)s.")

    official: Annotated[PublicId, Touches("official")]
    person: PersonId
    at_authority: Code | None
    from_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDismissed(Fact):
    """An official left the service of an authority; all mandates there end."""

    kind = "official.dismissed"
    sentence = _("An official left %(at_authority)s on %(until_on)s.")

    official: Annotated[PublicId, Touches("official")]
    person: PersonId
    at_authority: Code | None
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateGranted(Fact):
    """An official may act in a role, at an authority, in a territory; empty ones mean all."""

    kind = "mandate.granted"
    sentence = _("A mandate was granted: %(role)s.")

    given: Annotated[PublicId, Touches("mandate")]
    official: Annotated[PublicId, Touches("official")]
    role: Code
    at_authority: Code | None
    in_territory: Code | None
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRevoked(Fact):
    """A mandate ended, from this moment on."""

    kind = "mandate.revoked"
    sentence = _("A mandate was revoked: %(role)s.")

    given: Annotated[PublicId, Touches("mandate")]
    official: Annotated[PublicId, Touches("official")]
    role: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRecorded(Fact):
    """An official does not work on these days."""

    kind = "absence.recorded"
    sentence = _("An official is absent from %(from_on)s until %(until_on)s.")

    absence: Annotated[PublicId, Touches("absence")]
    official: Annotated[PublicId, Touches("official")]
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceEnded(Fact):
    """An official came back earlier than recorded, or did not leave at all."""

    kind = "absence.ended"
    sentence = _("An official is back on %(until_on)s.")

    absence: Annotated[PublicId, Touches("absence")]
    official: Annotated[PublicId, Touches("official")]
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyNamed(Fact):
    """A colleague stands in for an official under the official's mandate, on days of absence."""

    kind = "deputy.named"
    sentence = _("A deputy was named for an official.")

    deputy: Annotated[PublicId, Touches("deputy")]
    under: Annotated[PublicId, Touches("mandate")]
    official: Annotated[PublicId, Touches("official")]
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyEnded(Fact):
    """A colleague no longer stands in under a mandate."""

    kind = "deputy.ended"
    sentence = _("A colleague no longer stands in for an official from %(until_on)s.")

    deputy: Annotated[PublicId, Touches("deputy")]
    under: Annotated[PublicId, Touches("mandate")]
    official: Annotated[PublicId, Touches("official")]
    until_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCreated(Fact):
    """A machine got a token with these scopes."""

    kind = "token.created"
    sentence = _("A token was created (%(scopes)s).")

    token: Annotated[PublicId, Touches("token")]
    scopes: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Fact):
    """A machine's token works no longer."""

    kind = "token.revoked"
    sentence = _("A token was revoked.")

    token: Annotated[PublicId, Touches("token")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Fact):
    """A person can sign in from now on. `how` an official made sure of the person; none: a visitor's own."""

    kind = "account.opened"
    sentence = _("An account was opened.")

    person: PersonId
    how: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountJoined(Fact):
    """An official joined an account to the person whose document was seen."""

    kind = "account.joined"
    sentence = _("An account was joined to a person whose identity was checked.")

    person: PersonId
    left: Annotated[PublicId, Touches("person", "left")]
    how: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined(Fact):
    """A person kept apart turned out to be one who was registered before, and whose document was seen.

    `differing` is what did not agree (`comparing.PARTS`), where the official said that it is the same person.
    """

    kind = "person.joined"
    sentence = _("Two records of one person were joined (%(how)s).")

    person: PersonId
    left: Annotated[PublicId, Touches("person", "left")]
    how: Code
    differing: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationMade(Fact):
    """A one-time link for the first administrator was made."""

    kind = "invitation.made"
    sentence = _("A one-time link for the first administrator was made.")

    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationUsed(Fact):
    """The one-time link made the first administrator."""

    kind = "invitation.used"
    sentence = _("The one-time link made the first administrator.")

    person: PersonId
