"""What every campus shares. Nothing here is secret, and nothing here opens a door."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2]
ROOT = PACKAGE.parents[1]
CAMPUS_VAR = Path(os.environ.get("CAMPUS_VAR", ROOT / "var"))
CAMPUS_CONTENT = Path(os.environ.get("CAMPUS_CONTENT", ROOT / "content"))
CAMPUS_DEMO_ALLOWED = False

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "campus.site.urls"
ASGI_APPLICATION = "campus.site.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "campus.foundation",
    "campus.accounts",
    "campus.catalogue",
    "campus.simulator",
    "campus.lots",
    "campus.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "campus.foundation.middleware.PermissionsPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "campus.accounts.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "campus.foundation.pages.surroundings",
    ]},
}]

DATABASES: dict[str, Any] = {"default": {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": CAMPUS_VAR / "campus.sqlite3",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    },
}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "campus.foundation.pages.csrf_failed"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("username", "name", "email")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
CAMPUS_ISLANDS = PACKAGE / "site" / "static" / "islands"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "object-src": ["'none'"],
}}

# The session host. Counts are per process; seconds are wall time. The environment overrules each of them:
# CAMPUS_LIVE_SESSIONS=200, CAMPUS_ANONYMOUS_PER_ADDRESS=30 (a classroom behind one address) and so on.
CAMPUS_HOST: dict[str, Any] = {
    "threads": max(2, min(4, os.cpu_count() or 2)),
    "slice_s": 0.02,
    "live_sessions": 600,
    "anonymous_sessions": 60,
    "anonymous_per_address": 4,
    "anonymous_life_s": 3 * 3600,
    "anonymous_idle_s": 45,
    "idle_s": 600,
    "lease_s": 6,
    "commands_per_s": 10,
    "commands_burst": 30,
}
for _name, _value in list(CAMPUS_HOST.items()):
    CAMPUS_HOST[_name] = type(_value)(os.environ.get(f"CAMPUS_{_name.upper()}", _value))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
