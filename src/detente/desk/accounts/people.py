"""Making users, as the command line does."""

from __future__ import annotations

import secrets

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction

from detente.desk.accounts.models import User
from detente.desk.roles import ROLES
from detente.records import InputError


def one_time_password() -> str:
    """Some 95 bits, in groups that can be read out."""
    return "-".join(secrets.token_hex(4) for _ in range(3))


@transaction.atomic
def add_user(name: str, roles: list[str], email: str = "") -> tuple[User, str]:
    """Make a user with the roles, and a password that must be changed at the first login."""
    _check_roles(roles)
    if User.objects.filter(username__iexact=name).exists():
        raise InputError(f"there is a user {name} already; 'detente desk user password {name}' gives a new password")
    password = one_time_password()
    user = User(username=name, email=email, must_change_password=True)
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as error:
        raise InputError(f"{name}: {' '.join(error.messages)}") from error
    user.save()
    user.groups.set(Group.objects.filter(name__in=roles))
    return user, password


def find_user(name: str) -> User:
    """The user of that name; InputError names those there are."""
    found = User.objects.filter(username=name).first()
    if found is None:
        known = ", ".join(User.objects.order_by("username").values_list("username", flat=True)) or "none"
        raise InputError(f"no user {name}; there are: {known}")
    return found


def set_roles(name: str, roles: list[str]) -> User:
    """Give a user exactly these roles."""
    _check_roles(roles)
    user = find_user(name)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def new_password(name: str) -> str:
    """A new one-time password; sessions that are open end, since they hang on the old one."""
    user, password = find_user(name), one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return password


def _check_roles(roles: list[str]) -> None:
    wrong = [each for each in roles if each not in ROLES]
    if wrong:
        raise InputError(f"no role {wrong[0]}; there are {', '.join(ROLES)}")
