"""Comments: what is needed, what is turned back, what waits, how an answer hangs on what it answers."""

import pytest
import stories
from django.core import mail
from django.test import Client
from django.utils import timezone
from talking import KEY, send, subject

from detente.desk.comments import subjects
from detente.desk.comments.models import Comment, Report

PAGE = f"/comments/on/{KEY}/"


@pytest.fixture(autouse=True)
def thing(monkeypatch):
    monkeypatch.setitem(subjects.FINDERS, "thing", subject)
    mail.outbox.clear()


def published(text="First", **more):
    said = {"subject": KEY, "name": "Bo", "email": "bo@example.org", "language": "en", "reason": "published"}
    return Comment.objects.create(**said | {"text": text, "state": "published"} | more)


def test_a_comment_waits_and_its_writer_is_told_what_happens_next(client):
    answer = send(client)
    page = client.get(answer.url).text
    assert "What happens next" in page and "A moderator reads it" in page and "I do not think so." in page
    held = Comment.objects.get()
    assert (held.state, held.reason, held.parent) == ("waiting", "new", None)


def test_the_form_says_what_is_required(client):
    page = client.get(PAGE).text
    assert "* Denotes Required Field" in page and "1500 / 1500" in page and "Comment policy" in page
    for missing in ("name", "email", "text"):
        given = {"name": "Ada", "email": "a@example.org", "text": "x"} | {missing: ""}
        answer = client.post(PAGE, given)
        assert answer.status_code == 422 and f'id="id_{missing}_error"' in answer.text
    assert client.post(PAGE, {"name": "Ada", "email": "no address", "text": "x"}).status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("letter", ["a", "س", "😀", "é"])
def test_the_server_holds_the_limit_for_every_script(client, letter):
    answer = send(client, letter * 1501)
    assert answer.status_code == 422 and "longer than 1,500 characters" in answer.text
    assert letter * 1501 in answer.text  # nothing that was written is lost
    varied = (letter + " ") * 750
    assert send(client, varied[:1500]).status_code == 302


def test_answers_hang_one_level_deep(client):
    first = published()
    assert send(client, to=first.pk).status_code == 302
    answer = Comment.objects.get(parent=first)
    answer.state = "published"
    answer.save()
    refused = send(client, "An answer to an answer", to=answer.pk)
    assert refused.status_code == 422 and "no longer there" in refused.text
    for wrong in ("x", "-1", "9" * 30, "١"):
        assert send(client, "again", to=wrong).status_code == 422


def test_only_what_is_published_can_be_answered_or_reported(client):
    hidden = published(state="waiting", text="secret words")
    assert "secret words" not in client.get(f"{PAGE}?to={hidden.pk}").text
    assert client.get(f"/comments/report/{hidden.pk}/").status_code == 404


def test_a_reader_reports_once(client):
    comment = published()
    for _ in range(2):
        answer = client.post(f"/comments/report/{comment.pk}/", {"reason": "insult", "text": "look"})
        assert answer.status_code == 302
    Client(REMOTE_ADDR="192.0.2.1").post(f"/comments/report/{comment.pk}/", {"reason": "threat"})
    assert list(Report.objects.values_list("reason", flat=True)) == ["insult", "threat"]
    assert client.post(f"/comments/report/{comment.pk}/", {"reason": "nonsense"}).status_code == 422


def test_a_status_page_cannot_be_guessed(client):
    url = send(client).url
    assert client.get(url.replace(":", ":x")).status_code == 404
    assert client.get("/comments/sent/1/").status_code == 404


def test_words_are_shown_as_words(client):
    bad = '<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:"7" }}'
    page = client.get(send(client, bad, name="<b>Ada</b>").url).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "{{ 7|add" in page
    answered = published(bad, name="<i>Bo</i>")
    for url in (f"{PAGE}?to={answered.pk}", f"/comments/report/{answered.pk}/"):
        assert "<img src=x" not in client.get(url).text and "<i>Bo" not in client.get(url).text


def test_pages_speak_the_readers_language(client):
    client.post("/i18n/setlang/", {"language": "fa", "next": "/"})
    page = client.get(PAGE).text
    assert 'dir="rtl"' in page and "دیدگاه" in page and "Required Field" not in page
    send(client)
    assert Comment.objects.get().language == "fa"
    assert not mail.outbox


def test_comments_stand_below_their_article(client):
    story = stories.published()
    key = f"story-{story.pk}"
    first = published("<b>First</b>", subject=key)
    published("An answer", subject=key, parent=first)
    published("Not yet", subject=key, state="waiting")
    page = client.get(story.get_absolute_url()).text
    assert "Do you like this article?" in page and "2 Comments" in page and "0 likes" in page
    assert "&lt;b&gt;First" in page and "<b>First" not in page and "Not yet" not in page
    assert page.index("&lt;b&gt;First") < page.index("An answer")
    answer = client.post(f"/comments/on/{key}/like/", {"like": "1"})
    assert answer.url == f"{story.get_absolute_url()}#like"
    assert "one of them is yours" in client.get(story.get_absolute_url()).text


def test_what_is_withdrawn_takes_no_more_comments(client):
    story = stories.published()
    story.withdrawn_at = timezone.now()
    story.save()
    assert client.get(f"/comments/on/story-{story.pk}/").status_code == 404
