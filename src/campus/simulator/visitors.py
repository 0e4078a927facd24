"""Who asks: a signed-in person, or a browser that carries our signed cookie (kept only as a hash)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from campus.accounts.selectors import roles_of
from campus.simulator.policies import Visitor

COOKIE = "cbd_visitor"
SALT = "campus.simulator.visitor"


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def key_of(cookies: dict[str, str]) -> str:
    """The hash of the cookie's token, or empty when there is none or it is forged."""
    try:
        return hashed(signing.loads(cookies.get(COOKIE, ""), salt=SALT))
    except signing.BadSignature:
        return ""


def visitor(user: Any, cookies: dict[str, str], *, login: str, address: str) -> Visitor:
    place = hashlib.sha256(f"{settings.SECRET_KEY}:{address}".encode()).hexdigest()[:32]
    if getattr(user, "is_authenticated", False):
        return Visitor(user_id=user.pk, key="", roles=roles_of(user), rights_version=user.rights_version, login=login,
                       address=place)
    return Visitor(user_id=None, key=key_of(cookies), roles=frozenset(), address=place)


def visitor_of(request: HttpRequest) -> Visitor:
    """The visitor behind a page's request."""
    return visitor(request.user, request.COOKIES, login=request.session.session_key or "",
                   address=request.META.get("REMOTE_ADDR", ""))


def welcomed(request: HttpRequest) -> tuple[Visitor, Any]:
    """Whoever begins something, and the redirect to answer with: a browser without an account gets its cookie now."""
    visitor = visitor_of(request)
    response: Any = redirect("/")
    if visitor.user_id is None and not visitor.key:
        response, key = with_cookie(response)
        visitor = replace(visitor, key=key)
    return visitor, response


def with_cookie(response: HttpResponseBase) -> tuple[HttpResponseBase, str]:
    """Give a browser its cookie; returns the response and the key's hash."""
    token = secrets.token_hex(16)
    response.set_cookie(COOKIE, signing.dumps(token, salt=SALT), max_age=int(settings.CAMPUS_HOST["anonymous_life_s"]),
                        httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response, hashed(token)
