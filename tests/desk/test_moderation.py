"""Moderators: the queue, bulk actions, reasons told by mail, appeals, bans; people's own data."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from talking import KEY, send, subject

from detente.desk.book import ledger
from detente.desk.comments import owndata, subjects
from detente.desk.comments.models import Appeal, Ban, Comment, Report
from detente.records import Decision

PAGE, QUEUE = f"/comments/on/{KEY}/", "/comments/queue/"


@pytest.fixture(autouse=True)
def thing(monkeypatch):
    monkeypatch.setitem(subjects.FINDERS, "thing", subject)
    mail.outbox.clear()


def comment(text="Words", **more):
    given = {"subject": KEY, "name": "Ada", "email": "ada@example.org", "language": "en", "reason": "new"} | more
    return Comment.objects.create(text=text, **given)


def settle(browser, do, *chosen, reason=""):
    return browser.post(f"{QUEUE}settle/", {"do": do, "chosen": [each.pk for each in chosen], "reason": reason})


def decisions():
    return [(each.who, each.what, each.target) for each in ledger().read(Decision, as_of=None)]


def test_dangerous_ones_are_seen_first_and_with_their_reason(log_in):
    comment("calm"), comment("WORSE", urgent=True, reason="threat")
    page = log_in("moderator").get(QUEUE).text
    assert page.index("WORSE") < page.index("calm") and "It reads like a threat" in page


def test_many_are_published_at_once_and_their_writers_told(log_in):
    one, two = comment("one"), comment("two", email="bo@example.org", language="ar")
    settle(log_in("moderator"), "publish", one, two)
    assert set(Comment.objects.values_list("state", "reason")) == {("published", "published")}
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"], ["bo@example.org"]]
    assert "published" in mail.outbox[0].subject and "تعليقك" in mail.outbox[1].subject
    assert ("moderator", "publish", one.target) in decisions()


def test_rejecting_needs_a_reason_that_is_told(log_in):
    held, browser = comment(), log_in("moderator")
    settle(browser, "reject", held)
    assert Comment.objects.get().state == "waiting"
    settle(browser, "reject", held, reason="insult")
    assert Comment.objects.get().reason == "insult" and "It insults somebody." in mail.outbox[0].body
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    page = Client().get(link).text
    assert "It insults somebody." in page and "Ask for a second look" in page
    settle(browser, "reject", held, reason="insult")
    assert len(mail.outbox) == 1  # nothing changed, nobody is told


def test_an_appeal_is_judged_by_somebody_else(log_in, site):
    held, browser = comment(), log_in("moderator")
    settle(browser, "reject", held, reason="off-topic")
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    for text in ("It is about the article.", "Once more"):
        Client().post(link, {"text": text})
    appeal = Appeal.objects.get()
    assert appeal.text == "It is about the article."
    assert "somebody else decides" in browser.get("/comments/appeals/").text
    assert browser.post(f"/comments/appeals/{appeal.pk}/", {"do": "grant"}).status_code == 403
    log_in("admin").post(f"/comments/appeals/{appeal.pk}/", {"do": "grant"})
    assert Comment.objects.get().state == "published" and ("admin", "grant appeal", held.target) in decisions()


def test_a_refused_appeal_is_told_too(log_in):
    held = comment(state="rejected", reason="words")
    Appeal.objects.create(comment=held, text="why?")
    log_in("moderator").post(f"/comments/appeals/{held.appeal.pk}/", {"do": "refuse"})
    assert "second time" in mail.outbox[0].body and Comment.objects.get().state == "rejected"


def test_reports_are_answered_by_keeping_or_taking_down(log_in):
    kept, taken, browser = comment("kept", state="published"), comment("taken", state="published"), log_in("moderator")
    for each in (kept, taken):
        Report.objects.create(comment=each, reason="insult", day_key="k")
    assert "kept" in browser.get(f"{QUEUE}?shelf=reported").text
    settle(browser, "keep", kept)
    settle(browser, "reject", taken, reason="insult")
    assert not Report.objects.filter(settled_at=None).exists()
    assert list(Comment.objects.filter(state="published")) == [kept]


def test_a_banned_address_is_refused_until_the_ban_is_lifted(log_in, client):
    browser = log_in("moderator")
    settle(browser, "ban", comment(), comment("more"), reason="threat")
    assert Ban.objects.count() == 1 and "example.org" not in str(Ban.objects.values().get())
    page = client.get(send(client, "Here I am again", email="ADA@example.org").url).text
    assert "not accepted at present" in page
    browser.post(f"/comments/bans/{Ban.objects.get().pk}/lift/")
    assert "What happens next" in client.get(send(client, "And again").url).text
    assert ("moderator", "lift ban", "Comment 1") in decisions()


def test_only_moderators_and_admins_come_in(log_in, client):
    for role, code in {"reader": 403, "analyst": 403, "editor": 403, "moderator": 200, "admin": 200}.items():
        assert log_in(role).get(QUEUE).status_code == code
    assert client.get(QUEUE).status_code == 302


def asked(client, email="ada@example.org"):
    client.post("/comments/my-data/", {"email": email})
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def test_people_see_and_erase_what_is_theirs(client):
    first = comment("mine, answered", state="published")
    comment("answer", state="published", parent=first, email="bo@example.org")
    comment("mine, alone"), comment("not mine", email="bo@example.org")
    link = asked(client, "Ada@Example.org")
    export = client.post(link, {"do": "export"}).json()
    assert [each["text"] for each in export["comments"]] == ["mine, answered", "mine, alone"]
    assert Comment.objects.count() == 4  # looking changes nothing
    client.post(link, {"do": "erase"})
    first.refresh_from_db()
    assert (first.name, first.email, first.text, first.state) == ("", "", "", "erased")
    assert sorted(Comment.objects.values_list("text", flat=True)) == ["", "answer", "not mine"]
    assert not owndata.export("ada@example.org")["comments"]


def test_a_link_ends_after_an_hour_and_cannot_be_forged(client, monkeypatch):
    comment()
    link = asked(client)
    assert client.get(link.replace(":", ":x", 1)).status_code == 410
    monkeypatch.setattr("django.core.signing.time.time", lambda: timezone.now().timestamp() + 3601)
    assert client.post(link, {"do": "erase"}).status_code == 410 and Comment.objects.count() == 1


def test_asking_tells_nobody_who_commented_and_floods_nobody(client):
    comment()
    known, unknown = (
        client.post("/comments/my-data/", {"email": each}).text for each in ("ada@example.org", "x@example.org")
    )
    assert re.sub(r'value="\w{64}"', "", known) == re.sub(r'value="\w{64}"', "", unknown)
    for _ in range(10):
        client.post("/comments/my-data/", {"email": "ada@example.org"})
    assert len(mail.outbox) == 5


def test_a_line_break_in_a_name_writes_no_mail_header(log_in):
    settle(log_in("moderator"), "publish", comment(name="Ada\nBcc: x@example.org"))
    assert "\n" not in mail.outbox[0].subject and "Bcc" not in mail.outbox[0].message()
