from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SimulatorConfig(AppConfig):
    name = "campus.simulator"

    def ready(self) -> None:
        from campus.foundation import extensions
        from campus.simulator import measures, services, tasks

        def flies(request: HttpRequest) -> bool:
            from campus.simulator.visitors import COOKIE

            return bool(request.user.is_authenticated or COOKIE in request.COOKIES)

        def may_start(request: HttpRequest, scenario: Any) -> bool:
            return bool(scenario.open or request.user.is_authenticated)

        extensions.add_navigation(extensions.Place(_("My flights"), "simulator:flights", 20, flies))
        extensions.add_action(extensions.ScenarioAction(_("Take the controls"), "simulator:start", may_start))
        extensions.add_metric(measures.metrics)
        extensions.add_readiness("session_host", measures.host_answers)
        extensions.add_cleaning(services.remove_expired)
        extensions.subscribe("flight_ended", tasks.debrief_ended_flight)
