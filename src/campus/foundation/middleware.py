"""Headers that Django does not set itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), xr-spatial-tracking=(self)"


class PermissionsPolicy(MiddlewareMixin):
    """Only the headset's tracking is ours to use."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.setdefault("Permissions-Policy", PERMISSIONS)
        return response
