"""The Django application of this room."""

from django.apps import AppConfig


class OpenConfig(AppConfig):
    """zemstvo.faces.open under the label `open`."""

    name = "zemstvo.faces.open"
    label = "open"
