"""Addresses that every face shares: the language, the appearance, help and accessibility."""

from __future__ import annotations

from django.urls import path

from zemstvo.faces.components import views

app_name = "components"

urlpatterns = [
    path("language/", views.language, name="language"),
    path("appearance/", views.appearance, name="appearance"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
