from __future__ import annotations

from django.urls import path

from campus.accounts import pages

app_name = "accounts"
urlpatterns = [
    path("sign-in/", pages.sign_in, name="sign_in"),
    path("sign-out/", pages.sign_out, name="sign_out"),
    path("profile/", pages.profile, name="profile"),
    path("profile/password/", pages.password, name="password"),
]
