"""The newsroom through the browser: propose, edit, approve, publish, correct; pictures; who gets in."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from stories import proposed, published

from detente.desk.publishing.models import Picture, Story

ADDRESSES = ("", "{pk}/", "{pk}/1/", "{pk}/edit/")
POSTS = (
    "propose/",
    "{pk}/edit/",
    "{pk}/approve/",
    "{pk}/publish/",
    "{pk}/withdraw/",
    "{pk}/picture/",
    "{pk}/picture/remove/",
)


def fields(page: str) -> dict:
    """What the editing form would send if nothing were changed."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</textarea>', page):
        found[name] = [value]
    for tag in re.findall(r"<input[^>]*>", page):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if (
            "name" in said
            and said["name"] != "csrfmiddlewaretoken"
            and (said.get("type") != "checkbox" or " checked" in tag)
        ):
            found.setdefault(said["name"], []).append(said.get("value", "on"))
    return found


@pytest.mark.parametrize("role", [None, "reader", "analyst", "moderator"])
def test_nobody_but_editors_gets_in(client, log_in, role):
    pk = proposed().pk
    browser = log_in(role) if role else client
    expected = 403 if role else 302
    for address in ADDRESSES:
        assert browser.get(f"/newsroom/{address.format(pk=pk)}").status_code == expected
    for address in POSTS:
        assert browser.post(f"/newsroom/{address.format(pk=pk)}").status_code == expected
    assert Story.objects.get().published is None


def test_a_change_needs_a_post(log_in):
    pk = proposed().pk
    for address in POSTS:
        if "edit" not in address:
            assert log_in("editor").get(f"/newsroom/{address.format(pk=pk)}").status_code == 405


def test_an_editor_edits_approves_publishes_and_corrects(log_in, client):
    editor, pk = log_in("editor"), proposed().pk
    sent = fields(editor.get(f"/newsroom/{pk}/edit/").text)
    sent |= {"stand": ["Nobody has reported a rocket for 26 days."], "stand-own": ["on"], "why": ["plainer"]}
    assert editor.post(f"/newsroom/{pk}/edit/", sent).status_code == 302
    page = editor.get(f"/newsroom/{pk}/").text
    assert "<del>No rocket has been reported for 26 days.</del>" in page and "(editors)" in page
    editor.post(f"/newsroom/{pk}/approve/", {"number": 2})
    editor.post(f"/newsroom/{pk}/publish/", {"number": 2})
    story = Story.objects.get()
    assert "Nobody has reported a rocket" in client.get(story.get_absolute_url()).text

    sent = fields(editor.get(f"/newsroom/{pk}/edit/").text) | {
        "b0-s1": ["It is calm."],
        "b0-s1-own": ["on"],
        "why": ["word"],
    }
    editor.post(f"/newsroom/{pk}/edit/", sent)
    editor.post(f"/newsroom/{pk}/approve/", {"number": 3})
    assert editor.post(f"/newsroom/{pk}/publish/", {"number": 3}).status_code == 422
    editor.post(f"/newsroom/{pk}/publish/", {"number": 3, "correction": "It was not quiet but calm."})
    page = client.get(story.get_absolute_url()).text
    assert "It is calm." in page and "It was not quiet but calm." in page
    old = client.get(f"{story.get_absolute_url()}versions/2/").text
    assert "It is quiet." in old and "This is an older version." in old
    new = client.get(f"{story.get_absolute_url()}versions/3/").text
    assert "<del>It is quiet.</del>" in new and "<ins>It is calm.</ins>" in new
    assert "It was not quiet but calm." in client.get("/corrections/").text


def test_a_form_that_changes_nothing_changes_nothing(log_in):
    editor, pk = log_in("editor"), proposed().pk
    sent = fields(editor.get(f"/newsroom/{pk}/edit/").text) | {"why": ["no change"]}
    answer = editor.post(f"/newsroom/{pk}/edit/", sent)
    assert answer.status_code == 422 and "Nothing was changed." in answer.text


def test_a_sentence_without_support_is_not_saved_and_nothing_typed_is_lost(log_in):
    editor, pk = log_in("editor"), proposed().pk
    sent = fields(editor.get(f"/newsroom/{pk}/edit/").text)
    sent |= {"b0-s1": ["It is very quiet."], "b0-new": ["Calm <b>reigns</b>."], "why": ["more"]}
    answer = editor.post(f"/newsroom/{pk}/edit/", sent)
    assert answer.status_code == 422 and answer.text.count("Keep or add evidence") == 2
    assert "It is very quiet." in answer.text and "Calm &lt;b&gt;reigns&lt;/b&gt;." in answer.text
    sent |= {"b0-new-quote": ["has been fired on since 26 March"], "b0-s1-own": ["on"]}
    assert editor.post(f"/newsroom/{pk}/edit/", sent).status_code == 302
    added = Story.objects.get().newest.brief.blocks[0].sentences[2]
    assert added.text == "Calm <b>reigns</b>." and added.evidence[0].quote == "has been fired on since 26 March"


def test_words_that_no_report_says_are_no_evidence(log_in):
    editor, pk = log_in("editor"), proposed().pk
    sent = fields(editor.get(f"/newsroom/{pk}/edit/").text) | {
        "new": ["A claim."],
        "new-quote": ["Nobody ever said this"],
        "why": ["x"],
    }
    assert "stand in none of the reports" in editor.post(f"/newsroom/{pk}/edit/", sent).text


def test_parts_and_sentences_can_be_left_out(log_in):
    editor, pk = log_in("editor"), proposed().pk
    sent = fields(editor.get(f"/newsroom/{pk}/edit/").text) | {
        "b1-drop": ["on"],
        "b0-s1": [""],
        "b0-heading": ["Now"],
        "why": ["shorter"],
    }
    editor.post(f"/newsroom/{pk}/edit/", sent)
    brief = Story.objects.get().newest.brief
    assert [block.heading for block in brief.blocks] == ["Now"] and len(brief.blocks[0].sentences) == 1


def test_the_machine_writes_a_proposal_from_the_ledger(log_in):
    editor = log_in("editor")
    answer = editor.post("/newsroom/propose/", {"dyad": "iraq-2020/us-factions", "as_of": "2020-04-21"})
    story = Story.objects.get()
    assert answer.url == f"/newsroom/{story.pk}/"
    assert "has eased, for now" in story.newest.brief.headline.text
    exhibit = story.newest.exhibit
    assert (
        exhibit.chart.startswith('<figure class="chart">')
        and exhibit.plan.startswith("<svg")
        and exhibit.card[:4] == b"\x89PNG"
    )
    assert editor.get(answer.url).status_code == 200
    told = editor.post("/newsroom/propose/", {"dyad": "iraq-2020/us-factions", "as_of": "1999-01-01"})
    assert told.status_code == 422 and "no dated report" in told.text


# ------------------------------------------------------------------------------------------------ pictures
WORDS = {"alt": "A soldier at a gate", "caption": "The gate", "credit": "Ada Ro", "licence": "CC BY 4.0"}


def drawn(form="PNG", size=(40, 30), **more) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **more)
    return out.getvalue()


def upload(browser, pk, body, name="a.png"):
    return browser.post(f"/newsroom/{pk}/picture/", WORDS | {"file": SimpleUploadedFile(name, body)})


def test_a_picture_is_encoded_anew_and_shown_with_its_words(log_in, client):
    story = published()
    hidden = PngInfo()
    hidden.add_text("comment", "<script>alert(1)</script>")
    assert upload(log_in("editor"), story.pk, drawn(size=(3000, 1500), pnginfo=hidden)).status_code == 302
    made = Picture.objects.get()
    body = client.get(made.get_absolute_url())
    assert (
        body["Content-Type"] == "image/jpeg"
        and b"script" not in body.content
        and (made.width, made.height) == (1600, 800)
    )
    page = client.get(story.get_absolute_url()).text
    assert 'alt="A soldier at a gate"' in page and "[Ada Ro; CC BY 4.0]" in page


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no JPEG"),
        (b"GIF89a" + b"0" * 50, "no JPEG"),
        (drawn()[:60], "damaged"),
        (drawn(size=(8000, 7000)), "too many pixels"),
        (b"", "empty"),
    ],
    ids=["svg", "gif", "broken off", "bomb", "empty"],
)
def test_what_is_no_picture_is_refused(log_in, body, told):
    answer = upload(log_in("editor"), proposed().pk, body)
    assert answer.status_code == 422 and told in answer.text and not Picture.objects.exists()


def test_a_picture_needs_its_words(log_in):
    pk = proposed().pk
    answer = log_in("editor").post(f"/newsroom/{pk}/picture/", {"file": SimpleUploadedFile("a.png", drawn())})
    assert answer.status_code == 422 and answer.text.count("This field is required.") == len(WORDS)


def test_a_picture_of_a_draft_is_for_editors(log_in, client):
    story = proposed()
    editor = log_in("editor")
    upload(editor, story.pk, drawn())
    address = Picture.objects.get().get_absolute_url()
    assert client.get(address).status_code == 404 and editor.get(address).status_code == 200
    editor.post(f"/newsroom/{story.pk}/picture/remove/")
    assert Picture.objects.get().removed_at
