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
