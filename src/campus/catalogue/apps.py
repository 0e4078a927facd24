from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "campus.catalogue"

    def ready(self) -> None:
        from campus.catalogue import selectors
        from campus.foundation import extensions

        extensions.add_navigation(
            extensions.Place(_("Flights to fly"), "catalogue:scenarios", 10, lambda request: True))
        extensions.add_readiness("content", selectors.content_fault)
