"""The Django application of this room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """zemstvo.faces.portal under the label `portal`."""

    name = "zemstvo.faces.portal"
    label = "portal"
