"""Error pages, health, metrics, and what surrounds every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from campus.foundation import extensions

THEME_COOKIE = "cbd_theme"
"""Written by the switch on every page (``islands/src/show/theme.ts``) and when a profile's own choice comes in."""


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the navigation, and the theme that was chosen (empty: as the machine says)."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {"navigation": extensions.navigation(request), "theme": theme if theme in ("light", "dark") else ""}


def _error(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    context = {"title": title, "text": text, "status": status}
    return render(request, "foundation/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400, _("This request cannot be understood"),
                  _("Nothing was changed. Go back and try again from the page itself."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403, _("This is not yours to open"),
                  _("Sign in with an account that may, or ask the person who sent you here."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(request, 403, _("This form is too old"), _("Reload the page and send it again; nothing was changed."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404, _("There is nothing at this address"),
                  _("The flight may be someone else's, or its time is over. "
                    "Your own flights are listed under “My flights”."))


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500, _("Something broke on our side"),
                  _("Your journal is safe: what was acknowledged is kept. Try again in a moment."))


def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """The process can serve: each check with an empty text, or what is wrong."""
    checks = extensions.readiness()
    ready = not any(checks.values())
    return JsonResponse({"ready": ready, "checks": checks}, status=200 if ready else 503)


def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text format 0.0.4."""
    lines = []
    for metric in extensions.metrics():
        lines.append(f"# HELP {metric.name} {metric.help}\n# TYPE {metric.name} {metric.kind}")
        lines.append(f"{metric.name} {metric.value:.10g}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
