"""Changing people: one transaction each, on the audit trail."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from campus.accounts.models import Role, RoleAssignment, SignInThrottle, User
from campus.foundation.services import record

WINDOW = timedelta(minutes=15)
FAILURES_PER_NAME = 5
FAILURES_PER_ADDRESS = 30
DEMO = (
    ("learner", "Camille Learner", Role.LEARNER),
    ("instructor", "Dominique Instructor", Role.INSTRUCTOR),
    ("author", "Sacha Author", Role.AUTHOR),
    ("coordinator", "Andrea Coordinator", Role.COORDINATOR),
    ("administrator", "Claude Administrator", Role.ADMINISTRATOR),
)


@transaction.atomic
def create_person(*, username: str, name: str, password: str, role: Role, actor: str, demo: bool = False) -> User:
    """A new person with one role. Raises ``ValidationError`` for a password that is too easy."""
    user = User(username=username, name=name, is_demo=demo)
    validate_password(password, user)
    user.set_password(password)
    user.save()
    RoleAssignment.objects.create(user=user, role=role)
    record(actor=actor, verb="person_created", subject=f"user:{user.pk}", detail={"role": role.value, "demo": demo})
    return user


@transaction.atomic
def assign_role(*, user: User, role: Role, given_by: User | None, actor: str) -> None:
    RoleAssignment.objects.get_or_create(user=user, role=role, defaults={"given_by": given_by})
    _rights_changed(user)
    record(actor=actor, verb="role_assigned", subject=f"user:{user.pk}", detail={"role": role.value})


@transaction.atomic
def withdraw_role(*, user: User, role: Role, actor: str, reason: str) -> None:
    RoleAssignment.objects.filter(user=user, role=role).delete()
    _rights_changed(user)
    record(actor=actor, verb="role_withdrawn", subject=f"user:{user.pk}", detail={"role": role.value}, reason=reason)


@transaction.atomic
def close_account(*, user: User, actor: str, reason: str) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)
    _rights_changed(user)
    record(actor=actor, verb="account_closed", subject=f"user:{user.pk}", reason=reason)


@transaction.atomic
def set_password(*, user: User, password: str, actor: str) -> None:
    """A new password; every open login of the person ends, since Django's login hash covers the password."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    _rights_changed(user)
    record(actor=actor, verb="password_changed", subject=f"user:{user.pk}")


def _rights_changed(user: User) -> None:
    User.objects.filter(pk=user.pk).update(rights_version=F("rights_version") + 1)


@transaction.atomic
def save_preferences(*, user: User, name: str, language: str, theme: str) -> None:
    User.objects.filter(pk=user.pk).update(name=name, language=language, theme=theme)


def _throttle_keys(username: str, address: str) -> tuple[tuple[str, int], ...]:
    def keyed(text: str) -> str:
        return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()

    return (keyed(f"name:{username.lower()}"), FAILURES_PER_NAME), (keyed(f"address:{address}"), FAILURES_PER_ADDRESS)


def sign_in_is_throttled(*, username: str, address: str) -> bool:
    """True when this name or this address failed too often in the last quarter of an hour."""
    since = timezone.now() - WINDOW
    return any(
        SignInThrottle.objects.filter(key=key, since__gt=since, failures__gte=most).exists()
        for key, most in _throttle_keys(username, address)
    )


@transaction.atomic
def sign_in_failed(*, username: str, address: str) -> None:
    now = timezone.now()
    for key, _most in _throttle_keys(username, address):
        row, _new = SignInThrottle.objects.get_or_create(key=key, defaults={"since": now})
        fresh = row.since > now - WINDOW
        row.failures, row.since = (row.failures + 1, row.since) if fresh else (1, now)
        row.save()
    record(actor="visitor", verb="sign_in_failed", subject="throttle:" + _throttle_keys(username, address)[0][0][:16])


@transaction.atomic
def signed_in(*, user: User, username: str, address: str) -> None:
    SignInThrottle.objects.filter(key=_throttle_keys(username, address)[0][0]).delete()
    record(actor=f"user:{user.pk}", verb="signed_in", subject=f"user:{user.pk}")


def create_demo_people() -> list[tuple[str, str, str]]:
    """(user name, password, role) of demo people made now; empty when they exist already. Local settings only."""
    if not settings.CAMPUS_DEMO_ALLOWED or User.objects.filter(is_demo=True).exists():
        return []
    made = []
    for username, name, role in DEMO:
        password = secrets.token_urlsafe(12)
        create_person(username=username, name=name, password=password, role=role, actor="setup", demo=True)
        made.append((username, password, role.value))
    return made


def reset_demo_people() -> list[tuple[str, str, str]]:
    """New random passwords for the demo people."""
    made = []
    for user in User.objects.filter(is_demo=True).order_by("pk"):
        password = secrets.token_urlsafe(12)
        set_password(user=user, password=password, actor="setup")
        made.append((user.username, password, ", ".join(user.assignments.values_list("role", flat=True))))
    return made


def demo_people_out_of_place() -> str:
    """Empty where demo people are allowed or absent, else what is wrong."""
    if settings.CAMPUS_DEMO_ALLOWED or not User.objects.filter(is_demo=True, is_active=True).exists():
        return ""
    return ("Demo people exist in a campus that must not have them. "
            "Remove them: python -m campus manage remove_demo_people.")
