"""Everything that may enter the journal from services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.facts import Code, Fact, Touches

ServiceId = Annotated[Code, Touches("service")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePublished(Fact):
    """A version of a package was published and is live; `digest` is the SHA-256 of its document."""

    kind = "package.published"
    sentence = _("Version %(version)s of the service %(service)s was published.")

    service: ServiceId
    version: int
    digest: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRetired(Fact):
    """A service takes no new applications from this day on."""

    kind = "service.retired"
    sentence = _("The service %(service)s takes no new applications from %(retired_on)s.")

    service: ServiceId
    version: int
    retired_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLocalised(Fact):
    """A territory put its own values into the local slots of a service; `slots` are those filled now."""

    kind = "service.localised"
    sentence = _(
        "The local values of the service %(service)s were set for %(place)s (revision %(revision)s)."
    )

    service: ServiceId
    place: Annotated[Code, Touches("territory")]
    revision: int
    slots: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRegistered(Fact):
    """A service entered the register of an authority; `electronic` is what the register declares."""

    kind = "service.registered"
    sentence = _("The service %(code)s entered the register of %(office)s.")

    office: Annotated[Code, Touches("authority")]
    code: Code
    electronic: bool
    package: Code | None
    life_events: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAmended(Fact):
    """The entry of a service in the register of an authority was amended; what it says now."""

    kind = "service.amended"
    sentence = _("The entry of the service %(code)s in the register of %(office)s was amended.")

    office: Annotated[Code, Touches("authority")]
    code: Code
    electronic: bool
    package: Code | None
    life_events: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceStruck(Fact):
    """A service left the register of an authority: a new list no longer has it."""

    kind = "service.struck"
    sentence = _("The service %(code)s was struck from the register of %(office)s.")

    office: Annotated[Code, Touches("authority")]
    code: Code
    struck_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterImported(Fact):
    """The whole register of services of an authority was imported; `digest` is the SHA-256 of the file."""

    kind = "service_register.imported"
    sentence = _("The register of services of %(office)s was imported: %(services)s services.")

    office: Annotated[Code, Touches("authority")]
    digest: Code
    services: int
    added: int
    amended: int
    struck: int
