"""What everybody reads: articles that escape what they quote, feeds that validate, pages that say what is gone."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from stories import proposed, published, user

from detente.desk.book import ledger
from detente.desk.publishing import flow

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def test_an_article_shows_its_evidence_without_script(client):
    story = published()
    page = client.get(story.get_absolute_url()).text
    assert '<a class="note" href="#n1">1</a>' in page
    assert re.search(r'<div id="n1"[^>]*>.*<mark>has been fired on since 26 March</mark>', page, re.DOTALL)
    assert '26 days.</span> <span class="own" title="Computed: days since the last attack">(computed)</span>' in page
    assert 'lang="en" dir="ltr"' in page and "Not for operational safety decisions." in page


def test_drafts_and_unpublished_versions_are_not_shown(client):
    story = proposed()
    assert "Nothing is published yet." in client.get("/").text
    assert client.get("/articles/none/").status_code == 404
    done = published()
    flow.revise(done.published, done.published.brief.__class__(**{
        name: getattr(done.published.brief, name) for name in done.published.brief.__slots__
    } | {"section": "Secret"}), user("editor"), "draft")  # fmt: skip
    assert client.get(f"{done.get_absolute_url()}versions/2/").status_code == 404
    assert "Secret" not in client.get(done.get_absolute_url()).text
    assert story.slug is None


def test_hostile_words_stay_words(client):
    story = published(EVIL)
    for address in ("/", story.get_absolute_url(), "/corrections/", f"{story.get_absolute_url()}versions/1/"):
        page = client.get(address).text
        assert "<script>alert" not in page and "<img src=x" not in page
    assert ElementTree.fromstring(client.get("/feeds/atom.xml").content) is not None
    assert client.get("/feeds/feed.json").json()["items"][0]["title"] == EVIL


def test_machines_are_told_what_it_is(client):
    story = published(EVIL)
    page = client.get(story.get_absolute_url()).text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert data["@type"] == "NewsArticle" and data["commentCount"] == 0 and data["headline"] == EVIL[:110]
    assert (
        data["url"] == f"http://testserver{story.get_absolute_url()}" and data["datePublished"] == data["dateModified"]
    )
    assert f'<meta property="og:image" content="http://testserver{story.get_absolute_url()}card.png">' in page
    assert client.get(f"{story.get_absolute_url()}card.png").content == b"\x89PNG"


def test_feeds_and_sitemap_hold_what_stands(client):
    first, gone = published("First"), published("Second")
    flow.withdraw(gone, user("editor"), "retracted")
    atom = ElementTree.fromstring(client.get("/feeds/atom.xml").content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert [each.text for each in atom.findall("a:entry/a:title", space)] == ["First"]
    assert atom.find("a:entry/a:updated", space) is not None and atom.find("a:id", space) is not None
    feed = client.get("/feeds/feed.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [each["url"] for each in feed["items"]] == [f"http://testserver{first.get_absolute_url()}"]
    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)
    places = [each.text for each in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert f"http://testserver{first.get_absolute_url()}" in places and not any("second" in each for each in places)
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").text


def test_a_withdrawn_article_says_so_at_its_address(client):
    story = published()
    flow.withdraw(story, user("editor"), "The report was retracted.")
    answer = client.get(story.get_absolute_url())
    assert answer.status_code == 410 and "The report was retracted." in answer.text
    assert client.get(f"{story.get_absolute_url()}versions/1/").status_code == 410
    assert "The report was retracted." in client.get("/corrections/").text


def test_an_article_whose_source_was_erased_says_so(client):
    story = published()
    ledger().erase(story.published.brief.headline.evidence[0].article, who="Ada", why="court order")
    answer = client.get(story.get_absolute_url())
    assert answer.status_code == 410 and "erased on legal request" in answer.text
    assert client.get("/").status_code == 200 and client.get("/feeds/atom.xml").status_code == 200


@pytest.mark.parametrize("language", ["en", "ar", "fa"])
def test_every_page_stands_in_every_language(client, log_in, language):
    story = published()
    browser = log_in("editor")
    for each in (client, browser):
        each.cookies["language"] = language
    for address in ("/", story.get_absolute_url(), "/about/", "/corrections/", "/accounts/login/", "/nothing"):
        page = client.get(address).text
        assert f'<html lang="{language}" dir="{"ltr" if language == "en" else "rtl"}">' in page
    for address in ("/newsroom/", f"/newsroom/{story.pk}/", f"/newsroom/{story.pk}/edit/", "/accounts/"):
        assert browser.get(address).status_code == 200


def test_every_static_file_that_a_template_names_exists():
    from detente.desk.messages import HERE

    named = {
        name for path in HERE.rglob("*.html") for name in re.findall(r'{% static "([^"]+)" %}', path.read_text("utf-8"))
    }
    assert named and [name for name in named if not finders.find(name)] == []
