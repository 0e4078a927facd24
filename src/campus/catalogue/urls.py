from __future__ import annotations

from django.urls import path

from campus.catalogue import pages

app_name = "catalogue"
urlpatterns = [
    path("", pages.home, name="home"),
    path("scenarios/", pages.scenarios, name="scenarios"),
    path("scenarios/<slug:slug>/", pages.scenario, name="scenario"),
]
