from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "campus.accounts"

    def ready(self) -> None:
        from campus.accounts import services
        from campus.foundation import extensions

        def signed_in(request: Any) -> bool:
            return bool(request.user.is_authenticated)

        extensions.add_navigation(extensions.Place(_("Profile"), "accounts:profile", 80, signed_in))
        extensions.add_readiness("demo_people", services.demo_people_out_of_place)
