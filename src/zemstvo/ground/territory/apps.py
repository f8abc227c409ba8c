"""The Django application of this room."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """zemstvo.ground.territory under the label `territory`."""

    name = "zemstvo.ground.territory"
    label = "territory"
