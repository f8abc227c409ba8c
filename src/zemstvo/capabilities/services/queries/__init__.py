"""Every question from outside about services: frozen rows and compiled packages out.

What a service asks for is no secret, so these take no act.
"""

from zemstvo.capabilities.services.queries.catalogue import (
    AuthorityShare,
    Entry,
    Found,
    LifeEventRow,
    catalogue,
    entry,
    entry_of_package,
    life_events,
    search,
    shares,
)
from zemstvo.capabilities.services.queries.pages import ServicePage, service_page
from zemstvo.capabilities.services.queries.published import (
    LocalRow,
    VersionRow,
    document,
    example_request,
    live,
    live_services,
    local_values,
    named_files,
    package,
    package_schema,
    versions,
)

__all__ = [
    "AuthorityShare",
    "Entry",
    "Found",
    "LifeEventRow",
    "LocalRow",
    "ServicePage",
    "VersionRow",
    "catalogue",
    "document",
    "entry",
    "entry_of_package",
    "example_request",
    "life_events",
    "live",
    "live_services",
    "local_values",
    "named_files",
    "package",
    "package_schema",
    "search",
    "service_page",
    "shares",
    "versions",
]
