"""Each way in which services say no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.services.faults import Fault
from zemstvo.ground.journal.refusals import NotFound, Refusal


class CannotReckon(Refusal):
    """A calculation of the package met numbers that it cannot reckon with."""

    code = "service.cannot-reckon"
    message = _("“%(what)s” cannot be calculated: the numbers given are too large.")
    advice = _("Check the amounts and dates in the answers.")


class PackageIsFaulty(Refusal):
    """A package has faults, so it is not published. `faults` are all of them."""

    code = "package.faulty"
    message = _("The package %(service)s has %(count)s faults; the first: %(first)s")
    advice = _("“zemstvo packages check” shows every fault with file and line.")

    def __init__(self, *, service: str, faults: list[Fault], **facts: Any) -> None:
        super().__init__(service=service, count=len(faults), first=str(faults[0]), **facts)
        self.faults = faults


class VersionIsPublished(Refusal):
    """A published version never changes, and this one is published with another content."""

    code = "package.version-published"
    message = _("Version %(version)s of %(service)s is published with another content.")
    advice = _("A published version never changes. Give the changed package the version %(next)s.")
    status = 409


class VersionIsOlder(Refusal):
    """A version is to be published that is older than one already published."""

    code = "package.version-older"
    message = _("Version %(version)s of %(service)s comes after version %(latest)s, which is published.")
    advice = _("Give the package the version %(next)s.")
    status = 409


class NoSuchService(NotFound):
    """No package of this id is published, or not in this version."""

    code = "service.unknown"
    message = _("There is no service “%(service)s” that can be applied for.")
    advice = _("Look for it in the catalogue of services.")


class ServiceIsRetired(Refusal):
    """The service takes no new applications; its cases go on."""

    code = "service.retired"
    message = _("The service %(service)s takes no new applications.")
    advice = _("Look in the catalogue for the service that took its place.")
    status = 409


class SlotIsClosed(Refusal):
    """The package does not let a municipality change this."""

    code = "service.slot-closed"
    message = _("The service %(service)s does not let a municipality change: %(slot)s.")
    advice = _("What it may change is listed in the package under “local”.")


class LocalValuesAreFaulty(Refusal):
    """What was put into the local slots does not fit the package."""

    code = "service.local-faulty"
    message = _("The local values of %(service)s do not fit: %(first)s")
    advice = _("Correct the value and save again.")


class NoSuchEntry(NotFound):
    """The catalogue has no such service at this authority."""

    code = "service.no-entry"
    message = _("There is no such service in the catalogue.")
    advice = _("Look for it by a word of its name, or by your situation in life.")


class RegisterHasFaults(Refusal):
    """A register of services cannot be imported; `faults` names every line, and nothing was stored."""

    code = "service-register.faulty"
    message = _("The register of services cannot be imported: %(first)s")
    advice = _("Correct the file and import it again; nothing was changed.")

    def __init__(self, *, faults: Sequence[Any]) -> None:
        self.faults = list(faults)
        super().__init__(first=str(self.faults[0]) if self.faults else str(_("it names no service.")))
