"""The Django application of this room."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """zemstvo.faces.components under the label `components`."""

    name = "zemstvo.faces.components"
    label = "components"
