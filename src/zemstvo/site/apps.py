"""The Django application of this room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SiteConfig(AppConfig):
    """zemstvo.site under the label `site`."""

    name = "zemstvo.site"
    label = "site"

    def ready(self) -> None:
        """Read every room's facts, reactions and tasks, so that each process knows them all."""
        autodiscover_modules("facts", "reactions", "tasks")
