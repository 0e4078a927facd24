"""Signing in and out, and the profile."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from campus.accounts import services
from campus.accounts.forms import PasswordForm, ProfileForm, SignInForm
from campus.accounts.models import User
from campus.foundation.pages import THEME_COOKIE


def address_of(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "") or "local"


def _destination(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else settings.LOGIN_REDIRECT_URL


def _remember(response: HttpResponse, language: str, theme: str) -> HttpResponse:
    """What a profile says, on this machine too; where it says nothing, what was chosen on the page stays.

    From there on the page's own switches, which write the same cookies, have the last word.
    """
    for cookie, value in ((settings.LANGUAGE_COOKIE_NAME, language), (THEME_COOKIE, theme)):
        if value:
            response.set_cookie(cookie, value, max_age=31_536_000, samesite="Lax",
                                secure=settings.LANGUAGE_COOKIE_SECURE)
    return response


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        username, address = form.cleaned_data["username"], address_of(request)
        if services.sign_in_is_throttled(username=username, address=address):
            form.add_error(None, _("Too many attempts. Wait a quarter of an hour, then try again."))
            status = 429
        else:
            user = authenticate(request, username=username, password=form.cleaned_data["password"])
            if isinstance(user, User):
                login(request, user)
                services.signed_in(user=user, username=username, address=address)
                return _remember(redirect(_destination(request)), user.language, user.theme)
            services.sign_in_failed(username=username, address=address)
            form.add_error(None, _("This user name and password do not go together. Check both and try again."))
    return render(request, "accounts/sign_in.html", {"form": form, "next": _destination(request)}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/")


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        services.save_preferences(user=user, **form.cleaned_data)
        messages.success(request, _("Your profile is saved."))
        answer = redirect("accounts:profile")
        answer.delete_cookie(THEME_COOKIE)
        return _remember(answer, form.cleaned_data["language"], form.cleaned_data["theme"])
    roles = [assignment.get_role_display() for assignment in user.assignments.order_by("role")]
    return render(request, "accounts/profile.html", {"form": form, "password": PasswordForm(user=user), "roles": roles})


@sensitive_post_parameters("old", "new", "again")
@require_POST
@login_required
def password(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    form = PasswordForm(request.POST, user=user)
    if not form.is_valid():
        context = {"form": ProfileForm(instance=user), "password": form, "roles": []}
        return render(request, "accounts/profile.html", context, status=400)
    services.set_password(user=user, password=form.cleaned_data["new"], actor=f"user:{user.pk}")
    messages.success(request, _("Your password is changed. Sign in again."))
    return redirect("accounts:sign_in")
