"""The Django application of this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """zemstvo.capabilities.cases under the label `cases`."""

    name = "zemstvo.capabilities.cases"
    label = "cases"
