"""The golden band of a plant over HTTP, in the same columns as telemetry: healthy lots are no secret."""

from __future__ import annotations

import numpy as np
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from biotwin.plant.golden import read_golden
from biotwin.session.scenario import Scenario
from campus.simulator import history
from campus.simulator.api import drawn


def address(scenario: Scenario) -> str:
    """Where the band of a scenario's plant is read; empty where none was computed, or where the lot began in an earlier
    phase than those of the band: their hours are not its hours.
    """
    slug, phases = scenario.plant.slug, list(scenario.plant.unit.phases)
    kept = read_golden(settings.CAMPUS_CONTENT / "plants", slug)
    if kept is None or phases.index(scenario.description.start.phase) < phases.index(kept.begins):
        return ""
    return f"/plants/{slug}/golden"


@require_GET
def band(request: HttpRequest, slug: str) -> HttpResponse:
    """Low and high of ``tags`` (addresses or short names) between ``from`` and ``to``; 404 where none was computed."""
    kept = read_golden(settings.CAMPUS_CONTENT / "plants", slug)
    if kept is None:
        raise Http404
    query = request.GET.copy()
    query["tags"] = ",".join(tag.rpartition("/")[2] for tag in query.get("tags", "").split(","))
    try:
        tags, start, end, _buckets = history.query(query, list(kept.bands))
    except history.BadQuery as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    time = np.array(kept.time, dtype=np.float64)
    inside = (time >= start) & (time <= end)
    low, high = (np.array([kept.bands[t][i] for t in tags], dtype=np.float32)[:, inside] for i in (0, 1))
    answer = drawn(tags, (time[inside], low, high), "bin", name=slug)
    answer["Cache-Control"] = "max-age=3600"
    return answer
