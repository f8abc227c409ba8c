"""The Django application of this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """zemstvo.faces.desk under the label `desk`."""

    name = "zemstvo.faces.desk"
    label = "desk"
