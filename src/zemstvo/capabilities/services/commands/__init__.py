"""Every write of services."""

from zemstvo.capabilities.services.commands.publishing import (
    Published,
    localise_service,
    publish_document,
    publish_package,
    retire_service,
)

__all__ = ["Published", "localise_service", "publish_document", "publish_package", "retire_service"]
