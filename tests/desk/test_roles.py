"""Who gets in where."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from detente.desk.accounts.models import User
from detente.desk.accounts.people import add_user, new_password, set_roles
from detente.desk.roles import ANALYST, EDITOR, MODERATOR, READER, ROLES, role_required, roles_of
from detente.records import InputError

MAY = {
    "reader": {READER},
    "analyst": {READER, ANALYST},
    "moderator": {READER, MODERATOR},
    "editor": {READER, ANALYST, EDITOR},
    "admin": set(ROLES),
}


@pytest.mark.parametrize("name", ROLES)
def test_a_guarded_view_lets_in_who_may(site, name):
    user = User.objects.get(username=name)
    assert roles_of(user) == MAY[name]
    for role in ROLES:
        view = role_required(role)(lambda request: HttpResponse("in"))
        request = RequestFactory().get("/somewhere/")
        request.user = user
        if role in MAY[name]:
            assert view(request).content == b"in"
        else:
            with pytest.raises(PermissionDenied):
                view(request)


def test_a_stranger_is_sent_to_the_login(site):
    request = RequestFactory().get("/somewhere/?a=1")
    request.user = AnonymousUser()
    answer = role_required(READER)(lambda request: HttpResponse("in"))(request)
    assert answer.status_code == 302
    assert answer.url == "/accounts/login/?next=/somewhere/%3Fa%3D1"


def test_a_role_that_does_not_exist_is_a_programming_error():
    with pytest.raises(ValueError, match="no role 'owner'"):
        role_required("owner")


def test_users_are_made_with_one_time_passwords(site, client):
    user, password = add_user("ada", ["editor"])
    assert user.check_password(password) and user.must_change_password
    assert client.login(username="ada", password=password, request=RequestFactory().get("/"))
    assert client.get("/").url == "/accounts/password/"
    new = "a-password-of-my-own"
    sent = {"old_password": password, "new_password1": new, "new_password2": new}
    assert client.post("/accounts/password/", sent).url == "/accounts/"
    assert client.get("/").status_code == 200


def test_a_new_password_ends_open_sessions(site, log_in):
    browser = log_in("editor")
    assert browser.get("/accounts/").status_code == 200
    new_password("editor")
    assert browser.get("/accounts/").status_code == 302


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (("editor", ["reader"]), "a user editor already"),
        (("bo", ["owner"]), "no role owner"),
        (("b o", ["reader"]), "valid username"),
    ],
)
def test_wrong_users_are_refused_with_a_reason(site, wrong, told):
    with pytest.raises(InputError, match=told):
        add_user(*wrong)
    with pytest.raises(InputError, match="no user nobody; there are: admin"):
        set_roles("nobody", ["reader"])
