"""Logging in and out, choosing a password, and the page a user starts from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _


class Login(auth.LoginView):
    """Name and password; axes counts what fails."""

    template_name = "accounts/login.html"
    redirect_authenticated_user = True


class Logout(auth.LogoutView):
    """By POST only, as Django has it."""


class Password(auth.PasswordChangeView):
    """A password of one's own."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("accounts:home")

    def form_valid(self, form: Form) -> HttpResponse:
        """Save it; the one-time password is done with."""
        user: Any = self.request.user
        user.must_change_password = False  # saved together with the new password
        messages.success(self.request, _("Your password is changed."))
        return super().form_valid(form)


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Where a user's work lies, by role."""
    return render(request, "accounts/home.html")
