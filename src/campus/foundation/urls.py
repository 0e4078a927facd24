from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from campus.foundation import pages

app_name = "foundation"
urlpatterns = [
    path("language/", set_language, name="language"),
    path("livez", pages.livez, name="livez"),
    path("readyz", pages.readyz, name="readyz"),
    path("metrics", pages.metrics, name="metrics"),
]
