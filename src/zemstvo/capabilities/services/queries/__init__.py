"""Every question from outside about services: frozen rows and compiled packages out.

What a service asks for is no secret, so these take no act.
"""

from zemstvo.capabilities.services.queries.published import (
    LocalRow,
    VersionRow,
    document,
    example_request,
    live,
    live_services,
    local_values,
    package,
    versions,
)

__all__ = [
    "LocalRow",
    "VersionRow",
    "document",
    "example_request",
    "live",
    "live_services",
    "local_values",
    "package",
    "versions",
]
