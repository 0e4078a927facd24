from __future__ import annotations

from django.urls import path

from campus.simulator import api, debriefs, golden, pages, records

app_name = "simulator"
urlpatterns = [
    path("flights/", pages.flights, name="flights"),
    path("fly/<slug:slug>/", pages.start, name="start"),
    path("sessions/<uuid:session_id>/", pages.cockpit, name="cockpit"),
    path("sessions/<uuid:session_id>/history", api.observed, name="history"),
    path("sessions/<uuid:session_id>/history.csv", api.observed, {"form": "csv"}, name="history_csv"),
    path("sessions/<uuid:session_id>/journal", api.journal, name="journal"),
    path("sessions/<uuid:session_id>/facts", api.facts, name="facts"),
    path("sessions/<uuid:session_id>/frames", api.frames, name="frames"),
    path("sessions/<uuid:session_id>/messages", api.messages, name="messages"),
    path("sessions/<uuid:session_id>/records.json", records.document, name="records"),
    path("sessions/<uuid:session_id>/end", pages.end, name="end"),
    path("sessions/<uuid:session_id>/branch", pages.branch, name="branch"),
    path("sessions/<uuid:session_id>/share", pages.share, name="share"),
    path("sessions/<uuid:session_id>/share/<uuid:link_id>/withdraw", pages.withdraw, name="withdraw"),
    path("sessions/<uuid:session_id>/debrief/", pages.debrief, name="debrief"),
    path("sessions/<uuid:session_id>/debrief.json", debriefs.document, name="debrief_json"),
    path("sessions/<uuid:session_id>/debrief/history", debriefs.curves, name="debrief_history"),
    path("sessions/<uuid:session_id>/debrief/history.csv", debriefs.curves, {"form": "csv"}, name="debrief_csv"),
    path("plants/<slug:slug>/golden", golden.band, name="golden"),
    path("shared/<str:token>/", pages.shared, name="shared"),
    path("shared/<str:token>/debrief.json", debriefs.document, name="shared_json"),
    path("shared/<str:token>/debrief/history", debriefs.curves, name="shared_history"),
    path("shared/<str:token>/debrief/history.csv", debriefs.curves, {"form": "csv"}, name="shared_csv"),
]
