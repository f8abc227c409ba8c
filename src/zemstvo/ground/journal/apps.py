"""The Django application of this room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """zemstvo.ground.journal under the label `journal`."""

    name = "zemstvo.ground.journal"
    label = "journal"
