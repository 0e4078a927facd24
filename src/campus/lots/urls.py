from __future__ import annotations

from django.urls import path

from campus.lots import pages, quality

app_name = "lots"
urlpatterns = [
    path("chain/", pages.chain, name="chain"),
    path("chain/begin", pages.begin, name="begin"),
    path("lots/", pages.lots, name="lots"),
    path("lots/<uuid:flight_id>/", pages.lot, name="lot"),
    path("lots/<uuid:flight_id>/map", pages.map_part, name="map"),
    path("lots/<uuid:flight_id>/take", pages.take, name="take"),
    path("lots/<uuid:flight_id>/leave", pages.leave, name="leave"),
    path("lots/<uuid:flight_id>/again", pages.again, name="again"),
    path("lots/<uuid:flight_id>/quality/", quality.desk, name="quality"),
    path("lots/<uuid:flight_id>/quality/open", quality.sit_down, name="quality_open"),
    path("lots/<uuid:flight_id>/quality/answer", quality.answer, name="quality_answer"),
    path("lots/<uuid:flight_id>/quality/ask", quality.ask, name="quality_ask"),
    path("lots/<uuid:flight_id>/quality/all", quality.request_all, name="quality_all"),
    path("lots/<uuid:flight_id>/quality/leave", quality.leave, name="quality_leave"),
    path("lots/<uuid:flight_id>/quality/wait", quality.wait, name="quality_wait"),
    path("lots/<uuid:flight_id>/outcome.json", pages.outcome, name="outcome"),
]
