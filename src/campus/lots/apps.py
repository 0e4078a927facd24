from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class LotsConfig(AppConfig):
    name = "campus.lots"

    def ready(self) -> None:
        from campus.foundation import extensions
        from campus.lots import pages, selectors, services, tasks

        def anyone(request: HttpRequest) -> bool:
            return True

        extensions.add_navigation(extensions.Place(_("The chain"), "lots:chain", 5, anyone))
        extensions.add_front(pages.front)
        extensions.add_companion(selectors.companion)
        extensions.add_seals(selectors.seals)
        extensions.add_cleaning(services.remove_expired)
        extensions.subscribe("lot_moves", tasks.fly_next_leg)
        extensions.subscribe("lot_through", tasks.judge)
        extensions.subscribe("flight_ended", tasks.take_back)
