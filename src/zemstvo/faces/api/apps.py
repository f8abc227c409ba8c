"""The Django application of this room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """zemstvo.faces.api under the label `api`."""

    name = "zemstvo.faces.api"
    label = "api"
