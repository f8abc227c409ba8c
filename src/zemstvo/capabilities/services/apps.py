"""The Django application of this room."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    """zemstvo.capabilities.services under the label `services`."""

    name = "zemstvo.capabilities.services"
    label = "services"
