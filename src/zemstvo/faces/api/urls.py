"""The addresses of the API."""

from django.urls import path

from zemstvo.faces.api.describing import api
from zemstvo.faces.api.views.applications import applications
from zemstvo.faces.api.views.files import files

urlpatterns = [
    path("api/v1/applications", applications, name="applications"),
    path("api/v1/files", files, name="files"),
    path("api/v1/", api.urls),
]
