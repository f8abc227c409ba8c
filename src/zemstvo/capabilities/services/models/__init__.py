"""The tables of services."""

from zemstvo.capabilities.services.models.published import LiveVersion, LocalValues, ServiceVersion

__all__ = ["LiveVersion", "LocalValues", "ServiceVersion"]
