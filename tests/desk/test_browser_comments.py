"""In Debian's chromium: a reader likes, comments and meets the limit; a moderator decides; the reader appeals."""

import pytest
import stories
from looking import axe, overhang

from detente.desk.comments.models import Comment, Like
from detente.desk.publishing.models import Story

pytestmark = pytest.mark.slow


@pytest.fixture
def article(site):
    """Address of a published article."""
    return stories.published().get_absolute_url()


def fill(page, text, name="Ada"):
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Comment *").fill(text)


@pytest.mark.parametrize("script", [True, False])
def test_a_reader_likes_and_takes_it_back(open_page, article, script):
    page = open_page(article, script=script)
    page.get_by_role("button", name="Yes, I like it").click()
    page.get_by_text("1 like · one of them is yours").wait_for()
    assert Like.objects.count() == 1
    page.reload()
    page.get_by_role("button", name="Take my like back").click()
    page.get_by_text("0 likes").wait_for()
    assert Like.objects.count() == 0


def test_the_count_goes_down_with_every_letter_of_every_script(open_page, article):
    page = open_page(article)
    left, box = page.locator("[data-left]"), page.locator("#id_text")
    assert left.inner_text() == "1500 / 1500"
    for text, length in {"peace": 5, "سلام": 4, "👍": 1, "e\u0301": 1, "a\nb": 3, "和平": 2}.items():
        box.fill(text)
        assert left.inner_text() == f"{1500 - length} / 1500", text
    fill(page, "س" * 1501)
    assert left.inner_text() == "-1 / 1500" and page.locator("#comment-left.over").count() == 1
    page.get_by_role("button", name="Send the comment").click()
    assert page.evaluate("document.querySelector('#id_text').validationMessage").startswith("Please shorten")
    assert not Comment.objects.exists()


def test_without_script_the_server_holds_the_limit_and_loses_nothing(open_page, article):
    page = open_page(article, script=False)
    fill(page, "👍" * 1501)
    page.get_by_role("button", name="Send the comment").click()
    assert page.get_by_text("It is longer than 1,500 characters.").is_visible()
    assert page.locator("#id_text").input_value() == "👍" * 1501


def test_a_comment_on_its_way_from_the_box_to_the_article(open_page, article):
    reader = open_page(article)
    fill(reader, "It is quiet where I live, for now.\nLet us hope.")
    reader.get_by_role("button", name="Send the comment").click()
    assert reader.get_by_text("What happens next").is_visible() and axe(reader) == []
    mine = reader.url

    moderator = open_page("/comments/queue/", role="moderator")
    assert axe(moderator) == []
    moderator.get_by_label("Ada ada@example.org").check()
    moderator.get_by_label("Reason").select_option("off-topic")
    moderator.get_by_role("button", name="Reject", exact=True).click()
    assert moderator.get_by_text("1 comment rejected.").is_visible()

    reader.goto(mine)
    assert reader.get_by_text("It is not about the article.").is_visible() and axe(reader) == []
    reader.get_by_label("Why should it be published?").fill("It is about the calm.")
    reader.get_by_role("button", name="Ask for a second look").click()
    assert reader.get_by_text("You asked for a second look.").is_visible()

    other = open_page("/comments/appeals/", role="admin")
    assert axe(other) == []
    other.get_by_role("button", name="Publish after all").click()
    reader.goto(article)
    assert reader.get_by_role("heading", name="1 Comment").is_visible()
    assert reader.get_by_text("Let us hope.").is_visible()
    reader.get_by_role("link", name="Report the comment of Ada").click()
    reader.get_by_role("button", name="Send the report").click()
    assert reader.get_by_text("A moderator will look").is_visible()


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_talk_is_accessible_and_fits(open_page, article, language, width):
    key = f"story-{Story.objects.get().pk}"
    first = Comment.objects.create(subject=key, name="Bo", email="b@example.org", text="One", language="en", state="published", reason="published")  # fmt: skip
    Comment.objects.create(subject=key, name="Di", email="d@example.org", text="سلام", language="fa", state="published", reason="published", parent=first)  # fmt: skip
    for address in (
        article,
        f"/comments/on/{key}/?to={first.pk}",
        "/comments/policy/",
        "/comments/my-data/",
        f"/comments/report/{first.pk}/",
    ):
        page = open_page(address, language=language, width=width)
        assert overhang(page) <= 0 and axe(page) == [], address
    for address in ("/comments/queue/?shelf=published", "/comments/bans/"):
        page = open_page(address, language=language, width=width, role="moderator")
        assert overhang(page) <= 0 and axe(page) == [], address
