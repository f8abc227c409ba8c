"""The tables of services."""

from zemstvo.capabilities.services.models.catalogue import CatalogueEdition, RegisteredService
from zemstvo.capabilities.services.models.published import LiveVersion, LocalValues, ServiceVersion

__all__ = ["CatalogueEdition", "LiveVersion", "LocalValues", "RegisteredService", "ServiceVersion"]
