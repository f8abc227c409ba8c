"""The Django application of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """zemstvo.ground.people under the label `people`."""

    name = "zemstvo.ground.people"
    label = "people"
