"""Telling people apart without knowing them: a cookie of the reader's own, and keys that last a day."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from detente.desk.comments.models import Comment, Like, Report, Salt
from detente.desk.visitors import address

COOKIE = "reader"
_SALT = "detente.comments.reader"
_YEAR = timedelta(days=365)


def reader(request: HttpRequest) -> str | None:
    """The random number in the reader's cookie; None without a cookie, or with a forged one."""
    return request.get_signed_cookie(COOKIE, default=None, salt=_SALT, max_age=_YEAR)


def keep_reader(response: HttpResponse, number: str) -> None:
    """Give the reader the cookie; it is set by liking something, never by reading."""
    response.set_signed_cookie(
        COOKIE, number, salt=_SALT, max_age=_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def new_reader() -> str:
    """A number for somebody who has none."""
    return secrets.token_hex(16)


def person(subject: str, number: str) -> str:
    """Who liked a subject: another key for every subject, so that nobody's likes can be put together."""
    return salted_hmac("detente.comments.like", f"{subject}\n{number}", algorithm="sha256").hexdigest()


def email_key(email: str) -> str:
    """An e-mail address that can be recognised, not read."""
    return salted_hmac("detente.comments.email", email.strip().lower(), algorithm="sha256").hexdigest()


def day_key(request: HttpRequest) -> str:
    """Address and browser under the salt of the day; from tomorrow on nobody can make it again."""
    said = f"{address(request)}\n{request.headers.get('User-Agent', '')}"
    return salted_hmac("detente.comments.day", said, secret=_todays_salt(), algorithm="sha256").hexdigest()


def _todays_salt() -> str:
    today = timezone.now().date()
    held = Salt.objects.filter(day=today).first()
    if held is None:
        with transaction.atomic():
            held, made = Salt.objects.get_or_create(day=today)
            if made:
                forget_before(held)
    return held.value


def forget_before(salt: Salt) -> None:
    """Throw away older salts and every key made with them."""
    Salt.objects.exclude(pk=salt.pk).delete()
    for kind in (Like, Comment, Report):
        kind.objects.filter(day_key__isnull=False).update(day_key=None)  # type: ignore[attr-defined]
