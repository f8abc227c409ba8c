"""Every write of services."""

from zemstvo.capabilities.services.commands.publishing import (
    Published,
    localise_service,
    publish_document,
    publish_package,
    retire_service,
)
from zemstvo.capabilities.services.commands.registering import RegisterReport, import_register

__all__ = [
    "Published",
    "RegisterReport",
    "import_register",
    "localise_service",
    "publish_document",
    "publish_package",
    "retire_service",
]
