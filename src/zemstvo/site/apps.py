"""The Django application of this room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """zemstvo.site under the label `site`."""

    name = "zemstvo.site"
    label = "site"
