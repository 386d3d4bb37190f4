"""Tokens for the API: shown once, kept as a hash, ended by a day."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from detente.desk.accounts.models import Token, User
from detente.desk.accounts.people import find_user
from detente.records import InputError

_PREFIX = "detente_"  # so that programs that look for lost secrets find one


def _hashed(token: str) -> str:
    """SHA-256 is enough: a token holds 256 random bits, nobody guesses it from its hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_token(name: str, what_for: str, days: int) -> str:
    """Make a token that acts as the user until it ends; it is returned here and never again."""
    user, token = find_user(name), _PREFIX + secrets.token_urlsafe(32)
    ends = timezone.now() + timedelta(days=days)
    Token.objects.create(user=user, name=what_for, hashed=_hashed(token), ends_at=ends)
    return token


def user_of(token: str) -> User | None:
    """Whose token it is; None where there is none, it ended, or the login is closed or waits for its own password."""
    found = Token.objects.select_related("user").filter(hashed=_hashed(token), ends_at__gt=timezone.now()).first()
    if found is None or not found.user.is_active or found.user.must_change_password:
        return None
    return found.user


def revoke(number: int) -> None:
    """End a token now; InputError where there is none of that number."""
    if not Token.objects.filter(pk=number).delete()[0]:
        raise InputError(f"no token {number}; 'detente desk token list' shows those there are")
