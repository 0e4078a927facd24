"""What people type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campus.accounts.models import User


class SignInForm(forms.Form):
    username = forms.CharField(label=_("User name"), max_length=80,
                               widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}))
    password = forms.CharField(label=_("Password"), max_length=200, strip=False,
                               widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("name", "language", "theme")


class PasswordForm(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(label=_("Current password"), strip=False, max_length=200,
                          widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    new = forms.CharField(label=_("New password"), strip=False, max_length=200,
                          help_text=_("Twelve characters or more, not only digits."),
                          widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    again = forms.CharField(label=_("New password again"), strip=False, max_length=200,
                            widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        from django.contrib.auth.password_validation import validate_password

        data = super().clean() or {}
        if data.get("old") and not self.user.check_password(data["old"]):
            self.add_error("old", _("This is not your current password."))
        if data.get("new") and data["new"] != data.get("again"):
            self.add_error("again", _("The two new passwords differ."))
        elif data.get("new"):
            try:
                validate_password(data["new"], self.user)
            except forms.ValidationError as fault:
                self.add_error("new", fault)
        return data
