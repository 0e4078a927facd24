from __future__ import annotations

from django.urls import path

from campus.lots import pages

app_name = "lots"
urlpatterns = [
    path("chain/", pages.chain, name="chain"),
    path("chain/begin", pages.begin, name="begin"),
    path("lots/", pages.lots, name="lots"),
    path("lots/<uuid:flight_id>/", pages.lot, name="lot"),
    path("lots/<uuid:flight_id>/map", pages.map_part, name="map"),
    path("lots/<uuid:flight_id>/take", pages.take, name="take"),
    path("lots/<uuid:flight_id>/leave", pages.leave, name="leave"),
    path("lots/<uuid:flight_id>/outcome.json", pages.outcome, name="outcome"),
]
