from __future__ import annotations

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "campus.foundation"

    def ready(self) -> None:
        from campus.foundation import extensions, services

        extensions.add_metric(services.outbox_metrics)
        extensions.add_readiness("database", services.database_answers)
