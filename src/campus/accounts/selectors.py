"""Reading about people."""

from __future__ import annotations

from typing import Any

from campus.accounts.models import Role, RoleAssignment, User


def roles_of(user: Any) -> frozenset[str]:
    """The roles of a person; none for a visitor or someone whose account is closed."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    return frozenset(RoleAssignment.objects.filter(user=user).values_list("role", flat=True))


def has_role(user: Any, *roles: Role) -> bool:
    return bool(roles_of(user) & {role.value for role in roles})


def actor(user: Any) -> str:
    """The opaque id that the audit trail holds."""
    return f"user:{user.pk}" if getattr(user, "is_authenticated", False) else "visitor"


def rights_versions(ids: set[int]) -> dict[int, int]:
    """The rights' version of each of these people whose account is open."""
    return dict(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", "rights_version"))
