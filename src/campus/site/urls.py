"""Every address of the campus."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("campus.foundation.urls")),
    path("", include("campus.accounts.urls")),
    path("", include("campus.catalogue.urls")),
    path("", include("campus.simulator.urls")),
    path("", include("campus.lots.urls")),
]
handler400 = "campus.foundation.pages.bad_request"
handler403 = "campus.foundation.pages.forbidden"
handler404 = "campus.foundation.pages.not_found"
handler500 = "campus.foundation.pages.server_error"
