"""Logging in: what is locked out, what cookies say, what the headers forbid."""

import re

from django.conf import settings as real
from django.test import Client

PASSWORD = "correct-horse-battery"  # as in conftest.py


def attempt(browser, password, name="reader"):
    return browser.post("/accounts/login/", {"username": name, "password": password})


def test_the_right_password_lets_in_and_out(client):
    assert attempt(client, PASSWORD).url == "/accounts/"
    assert "reader" in client.get("/accounts/").text
    client.post("/accounts/logout/")
    assert client.get("/accounts/").status_code == 302


def test_five_wrong_passwords_lock_the_name_for_that_address(client):
    for _ in range(real.AXES_FAILURE_LIMIT - 1):
        assert attempt(client, "wrong").status_code == 200
    assert attempt(client, "wrong").status_code == 429
    assert attempt(client, PASSWORD).status_code == 429
    assert attempt(Client(REMOTE_ADDR="192.0.2.7"), PASSWORD).status_code == 302


def test_a_forged_forwarding_header_opens_no_new_tries(client):
    for number in range(real.AXES_FAILURE_LIMIT):
        client.post(
            "/accounts/login/", {"username": "reader", "password": "x"}, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}"
        )
    assert attempt(client, PASSWORD).status_code == 429


def test_login_does_not_lead_elsewhere(client):
    sent = {"username": "reader", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/accounts/login/", sent).url == "/accounts/"


def test_forms_need_their_token(site):
    assert attempt(Client(enforce_csrf_checks=True), PASSWORD).status_code == 403


def test_cookies_are_out_of_reach_of_scripts(client):
    attempt(client, PASSWORD)
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"] and client.cookies[name]["samesite"] == "Lax"


def test_every_answer_forbids_what_the_site_does_not_use(client):
    for address in ("/", "/accounts/login/", "/no-such-page"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin" and "geolocation=()" in headers["Permissions-Policy"]


def test_pages_hold_no_inline_script_or_style_and_nothing_from_elsewhere(client):
    text = client.get("/accounts/login/").text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", text)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_the_interface_turns_to_right_to_left(client):
    client.post("/i18n/setlang/", {"language": "ar", "next": "/"})
    text = client.get("/").text
    assert '<html lang="ar" dir="rtl">' in text and "لا يُستخدم في قرارات السلامة الميدانية" in text
    client.post("/i18n/setlang/", {"language": "fa", "next": "/"})
    assert '<html lang="fa" dir="rtl">' in client.get("/").text
