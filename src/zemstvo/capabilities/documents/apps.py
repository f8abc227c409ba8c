"""The Django application of this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """zemstvo.capabilities.documents under the label `documents`."""

    name = "zemstvo.capabilities.documents"
    label = "documents"
