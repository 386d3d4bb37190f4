"""One like a person, that can be taken back, and that tells nobody who."""

from datetime import timedelta

import pytest
from django.test import Client
from talking import KEY, subject

from detente.desk.comments import subjects
from detente.desk.comments.models import Like, Salt
from detente.desk.comments.people import COOKIE, forget_before

LIKE = f"/comments/on/{KEY}/like/"


@pytest.fixture(autouse=True)
def thing(monkeypatch):
    monkeypatch.setitem(subjects.FINDERS, "thing", subject)


def test_one_like_a_person_and_back_again(client):
    for _ in range(3):
        assert client.post(LIKE, {"like": "1"}).url == "/comments/on/thing-1/#like"
    assert Like.objects.count() == 1
    assert "1 like" in client.post(LIKE, {"like": "1"}, headers={"HX-Request": "true"}).text
    answer = client.post(LIKE, {"like": "0"}, headers={"HX-Request": "true"}).text
    assert "0 likes" in answer and "<html" not in answer
    assert Like.objects.count() == 0


def test_throwing_the_cookie_away_does_not_make_two_people(client):
    client.post(LIKE, {"like": "1"})
    again = Client()
    assert "counts once" in again.post(LIKE, {"like": "1"}, headers={"HX-Request": "true"}).text
    assert Like.objects.count() == 1
    Client(REMOTE_ADDR="192.0.2.9").post(LIKE, {"like": "1"})
    assert Like.objects.count() == 2


def test_somebody_else_cannot_take_it_back(client):
    client.post(LIKE, {"like": "1"})
    Client().post(LIKE, {"like": "0"})
    assert Like.objects.count() == 1


def test_a_forged_cookie_is_nobody(client):
    client.post(LIKE, {"like": "1"})
    forged = Client()
    forged.cookies[COOKIE] = client.cookies[COOKIE].value.split(":")[0] + ":forged"
    forged.post(LIKE, {"like": "0"})
    assert Like.objects.count() == 1


def test_nothing_kept_names_the_reader_and_the_day_is_forgotten(client):
    client.post(LIKE, {"like": "1"})
    cookie = client.cookies[COOKIE]
    held = Like.objects.get()
    assert cookie.value.split(":")[0] not in held.person and "127.0.0.1" not in f"{held.person}{held.day_key}"
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    salt = Salt.objects.get()
    forget_before(Salt.objects.create(day=salt.day + timedelta(days=1)))
    assert Like.objects.get().day_key is None and Salt.objects.count() == 1
    client.post(LIKE, {"like": "0"})  # the cookie still takes it back
    assert Like.objects.count() == 0


def test_what_is_not_published_cannot_be_liked(client):
    for wrong in ("thing-2", "story-1", "thing", "thing-١", "thing-9999999999999999999", "nothing-1"):
        assert client.post(f"/comments/on/{wrong}/like/", {"like": "1"}).status_code == 404
    assert client.get(LIKE).status_code == 405
