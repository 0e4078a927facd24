"""People and their roles."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    LEARNER = "learner", _("Learner")
    INSTRUCTOR = "instructor", _("Instructor")
    AUTHOR = "author", _("Author")
    COORDINATOR = "coordinator", _("Coordinator")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person. ``rights_version`` grows whenever what they may do changes: open connections compare it."""

    username = models.CharField(_("user name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined = models.DateTimeField(auto_now_add=True)
    # Empty: never chosen, so that signing in leaves the language of the page that one came from.
    language = models.CharField(_("language"), max_length=2, blank=True, default="",
                                choices=[("", _("As chosen on the page")), ("fr", "Français"), ("en", "English")])
    theme = models.CharField(
        _("appearance"), max_length=5, blank=True, default="",
        choices=[("", _("As the machine says")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    rights_version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name or self.username


class RoleAssignment(models.Model):
    """A role given to a person, by whom and when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    given_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    given = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "role"], name="one_assignment_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class SignInThrottle(models.Model):
    """Failed attempts to sign in, per name and per address (both only as keyed hashes), in the current window."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.failures}"
