"""A campus on the Internet. It refuses to start half configured, and says what is missing.

Environment: ``CAMPUS_SECRET_KEY`` (50 characters or more, random), ``CAMPUS_ALLOWED_HOSTS`` (comma separated),
``CAMPUS_VAR`` (where the database lives). TLS is ended by the proxy in front, which sets ``X-Forwarded-Proto``.
"""

from __future__ import annotations

import os

from django.core.exceptions import ImproperlyConfigured

from campus.site.settings.base import *  # noqa: F403


def _refuse(what: str, next_step: str) -> None:
    raise ImproperlyConfigured(f"Production refuses to start: {what} {next_step}")


SECRET_KEY = os.environ.get("CAMPUS_SECRET_KEY", "")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 12 or SECRET_KEY.startswith(("django-insecure-", "change")):
    _refuse("CAMPUS_SECRET_KEY is missing, short or a default.",
            "Make one: python -c 'import secrets; print(secrets.token_urlsafe(64))'.")
ALLOWED_HOSTS = [host.strip() for host in os.environ.get("CAMPUS_ALLOWED_HOSTS", "").split(",") if host.strip()]
if not ALLOWED_HOSTS or any(host in ("*", ".") for host in ALLOWED_HOSTS):
    _refuse("CAMPUS_ALLOWED_HOSTS is missing or allows every host.", "Name the hosts that this campus answers for.")
if os.environ.get("CAMPUS_DEBUG", os.environ.get("DEBUG", "")).lower() in ("1", "true", "yes", "on"):
    _refuse("DEBUG is asked for.", "Unset CAMPUS_DEBUG and DEBUG; use the local settings to look for a fault.")

DEBUG = False
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
