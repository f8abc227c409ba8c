"""The Django application of this room."""

from django.apps import AppConfig


class TownConfig(AppConfig):
    """zemstvo.town under the label `town`."""

    name = "zemstvo.town"
    label = "town"
