"""The addresses of the site: each face brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from zemstvo.site import health, problems

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("zemstvo.faces.api.urls")),  # first: the addresses are tried one after the other
    path("", include("zemstvo.faces.portal.urls")),
    path("", include("zemstvo.faces.components.urls")),
    path("", include("zemstvo.faces.open.urls")),
    path("desk/", include("zemstvo.faces.desk.urls")),
    path("account/", include("allauth.urls")),
    path("problems/<str:code>", problems.problem, name="problem"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
]

handler400 = "zemstvo.site.errors.bad_request"
handler403 = "zemstvo.site.errors.forbidden"
handler404 = "zemstvo.site.errors.not_found"
handler500 = "zemstvo.site.errors.unforeseen"
