"""The addresses of the site: each face brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("zemstvo.faces.portal.urls")),
    path("", include("zemstvo.faces.components.urls")),
    path("account/", include("allauth.urls")),
]
