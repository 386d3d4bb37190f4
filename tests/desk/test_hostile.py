"""Tests that try to get in: scripts, SQL, templates, paths and bombs, by every way that words come into the desk."""

import gzip
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
import stories
from django.conf import settings as real
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from talking import send
from walking import addresses

from detente.desk.accounts.models import User
from detente.desk.api import limits
from detente.desk.book import ledger
from detente.desk.comments.models import Comment, Report
from detente.desk.publishing import flow
from detente.desk.publishing.models import Story
from detente.reading import read_page
from detente.records import Article, Block, Brief, Sentence, Span
from detente.sources.feeds import read_feed
from detente.sources.pages import make_page

SCRIPT = '"\'><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)></textarea><a href="javascript:alert(1)">x</a>'
TEMPLATE = "{{ settings.SECRET_KEY }}{% debug %}{{ 7|add:7 }}${7*7}"
SQL = [
    "' OR '1'='1",
    "1; DROP TABLE comments_comment; --",
    '" UNION SELECT password FROM accounts_user --',
    "1) OR (1=1",
    "%' OR 1=1 --",
]


class Unsafe(HTMLParser):
    """Collects what a browser would run or fetch although it came as words."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if (
            tag == "script"
            and not (said.get("src") or "").startswith("/static/")
            and "json" not in (said.get("type") or "")
        ):
            self.found.append("script")
        if tag in {"iframe", "object", "embed", "base", "style"}:
            self.found.append(tag)
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or name == "style" or (name in {"href", "src", "action", "formaction"} and address.startswith(("javascript:", "data:text", "vbscript:", "//"))):  # fmt: skip
                self.found.append(f"{tag} {name}={value}")
        if tag == "img" and not (said.get("src") or "").startswith(("/", "data:image/")):
            self.found.append(f"img {said.get('src')}")


def safe(answer):
    return Unsafe(answer.text).found == [] if "html" in answer["Content-Type"] else True


@pytest.fixture
def evil(site, monkeypatch):
    """A published article whose every word, source and actor is hostile, with hostile comments."""
    words = f"{SCRIPT}{TEMPLATE} was fired on"
    ledger().add([Article("evil", words, title=SCRIPT, outlet=SCRIPT, byline=SCRIPT, url="javascript:alert(1)",
                          published=date(2020, 4, 20), section=SCRIPT)])  # fmt: skip
    span = Span("evil", 0, len(words), words)
    line = Sentence(f"{SCRIPT}{TEMPLATE}", (span,))
    brief = Brief(
        id="any", section=SCRIPT, headline=line, standfirst=line, as_of=date(2020, 4, 21), dyad=SCRIPT, stamp=SCRIPT,
        blocks=(Block(SCRIPT, "text", (line,)), Block(SCRIPT, "table", (), (SCRIPT,), ((line,),))),
    )  # fmt: skip
    monkeypatch.setattr(flow, "faults", lambda revision: [])
    story = flow.propose(brief, "iraq-2020", "us-factions", None, User.objects.get(username="editor"), SCRIPT)
    for who in ("editor", "admin"):
        flow.approve(story.newest, User.objects.get(username=who), SCRIPT)
    story = flow.publish(story.newest, User.objects.get(username="editor"))
    key = f"story-{story.pk}"
    for state in ("published", "waiting", "rejected"):
        held = Comment.objects.create(subject=key, name=SCRIPT[:60], email="evil@example.org", text=SCRIPT + TEMPLATE,
                                      language="en", state=state, reason=SCRIPT[:20])  # fmt: skip
        Report.objects.create(comment=held, reason="insult", text=SCRIPT, day_key=state)
    return story


def test_the_helper_sees_what_it_should():
    assert len(Unsafe(SCRIPT).found) == 5


def test_stored_scripts_and_templates_stay_words_everywhere(evil, log_in, client):
    article, key = evil.get_absolute_url(), f"story-{evil.pk}"
    pages = ["/", article, f"{article}versions/1/", "/corrections/", f"/comments/on/{key}/", f"/comments/on/{key}/?to=1",
             "/comments/report/1/"]  # fmt: skip
    inside = [f"/newsroom/{evil.pk}/", f"/newsroom/{evil.pk}/edit/", "/newsroom/", "/comments/queue/", "/comments/appeals/",
              *(f"/comments/queue/?shelf={shelf}" for shelf in ("reported", "published", "rejected"))]  # fmt: skip
    admin = log_in("admin")
    for browser, every in ((client, pages), (admin, pages + inside)):
        for url in every:
            answer = browser.get(url)
            assert answer.status_code == 200 and safe(answer), (url, Unsafe(answer.text).found)
            assert real.SECRET_KEY not in answer.text
    assert "{{ settings.SECRET_KEY }}" in client.get(article).text  # shown, not run


def test_feeds_carry_hostile_words_as_words(evil, client):
    atom = ElementTree.fromstring(client.get("/feeds/atom.xml").content)
    titles = [each.text for each in atom.iter("{http://www.w3.org/2005/Atom}title")]
    assert any("<script>" in (title or "") for title in titles)  # one piece of text, no element
    assert client.get("/feeds/feed.json").json()["items"][0]["title"].startswith("\"'><script>")
    ElementTree.fromstring(client.get("/sitemap.xml").content)
    for path in ("/api/stories", f"/api/stories/{evil.pk}"):
        answer = client.get(path)
        assert answer["Content-Type"].startswith("application/json") and answer["X-Content-Type-Options"] == "nosniff"


NAMES = ("page", "to", "shelf", "comments", "next", "q", "as_of", "theatre", "dyad", "actor", "from", "until", "limit")


@pytest.mark.parametrize("value", [SCRIPT, TEMPLATE, *SQL, "../../../etc/passwd", "\x00", "9" * 40, "-1", "١"])
def test_reflected_words_stay_words_and_break_nothing(log_in, value):
    """Every view, with hostile words in every parameter it might read; an error of ours would be raised here."""
    browser, before = log_in("admin"), User.objects.count()
    for each in addresses():
        answer = browser.get(each.url, dict.fromkeys(NAMES, value))
        assert answer.status_code < 500 and safe(answer), each.name
        answer = browser.post(each.url, dict.fromkeys((*NAMES, "do", "like", "chosen", "reason", "text", "name", "email", "number"), value))  # fmt: skip
        assert answer.status_code < 500 and safe(answer), each.name
        if each.name == "accounts:logout":
            browser = log_in("admin")
    assert User.objects.count() == before and Comment.objects.count() == 0
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "path", ["/%3Cscript%3Ealert(1)%3C/script%3E", "/articles/%22onload=alert(1)/", "/comments/on/%7B%7B7%7D%7D/"]
)
def test_hostile_paths_are_words_too(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and safe(answer)


@pytest.mark.parametrize("value", SQL)
def test_the_api_takes_no_sql(client, monkeypatch, value):
    monkeypatch.setattr(limits.LIMITS[0], "num_requests", 1000)
    for path in ("/api/incidents", "/api/stories", "/api/tripwires"):
        for name in ("as_of", "limit", "offset"):
            assert client.get(path, {name: value}).status_code == 422
    from urllib.parse import quote

    for path in ("/api/incidents/{}", "/api/theatres/{}", "/api/stories/{}"):
        assert client.get(path.format(quote(value, safe=""))).status_code in (404, 422)


@pytest.mark.parametrize(
    "name",
    ["../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/secret-key", "..\\..\\secret-key", "/etc/passwd",
     "....//....//secret-key", "x.jpg%00.png"],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(client, settings, tmp_path, name):
    (tmp_path / "secret-key").write_text("SECRET")
    for base in ("/pictures/", "/static/", "/media/", "/static/../"):
        answer = client.get(base + name)
        body = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code in (301, 302, 400, 404) and b"root:" not in body and b"SECRET" not in body


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("x.jpg", b"<html><script>alert(1)</script>"),
        ("../../x.jpg", b"GIF89a" + b"\0" * 40),
        ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
        ("x.php", b"<?php system($_GET[0]); ?>"),
        ("x.zip", b"PK\x03\x04" + b"\0" * 64),
    ],
)
def test_what_is_no_picture_is_not_kept(log_in, settings, name, body):
    story = stories.proposed()
    given = {"file": SimpleUploadedFile(name, body), "alt": "x", "caption": "x", "credit": "x", "licence": "x"}
    assert log_in("editor").post(f"/newsroom/{story.pk}/picture/", given).status_code == 422
    assert not settings.MEDIA_ROOT.exists() or not [each for each in settings.MEDIA_ROOT.rglob("*") if each.is_file()]


LAUGHS = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip
FILE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("head", [LAUGHS, FILE], ids=["bomb", "file"])
def test_feeds_expand_nothing(head):
    last = "j" if head is LAUGHS else "a"
    body = (
        f'{head}<rss version="2.0"><channel><title>&{last};</title><item><title>&{last};</title></item></channel></rss>'
    )
    found = read_feed(body.encode(), "https://example.org/feed")
    told = found.title + "".join(each.title for each in found.items)
    assert len(told) < 1000 and "root:" not in told and "lollol" not in told


def test_a_hostile_page_becomes_words_only():
    body = (
        f"<html><head><title>{SCRIPT}</title></head><body><article><h1>Talks</h1><p>"
        + "The two sides met in the capital on Monday. " * 9
    )
    page = make_page(
        (body + f"{SCRIPT}</p><script>alert(2)</script></article></body></html>").encode(),
        "text/html",
        "x",
        {},
        "https://example.org/x",
    )
    text = read_page(page).text
    assert "alert(2)" not in text and "<script" not in text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd"]
)
def test_feeds_lead_to_the_web_only(address):
    body = f'<rss version="2.0"><channel><title>x</title><item><title>x</title><link>{address.replace("<", "&lt;")}</link></item></channel></rss>'
    assert all(each.link is None for each in read_feed(body.encode(), "https://example.org/feed").items)


def test_a_packed_request_is_not_unpacked(client):
    packed = gzip.compress(b"\0" * 10_000_000)
    answer = client.post("/comments/on/story-1/", packed, content_type="application/x-www-form-urlencoded", headers={"Content-Encoding": "gzip"})  # fmt: skip
    assert answer.status_code in (400, 404, 422)


def test_large_and_many_fields_are_refused(client):
    stories.published()
    assert send(client, "x" * 3_000_000).status_code in (400, 404)
    many = {f"a{number}": "x" for number in range(3000)}
    assert client.post(f"/comments/on/story-{Story.objects.get().pk}/", many).status_code == 400


def test_a_made_up_host_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_forged_session_is_nobody(site):
    browser = Client()
    for value in ("x", "../../x", SQL[0], "a" * 4000):
        browser.cookies["sessionid"] = value
        assert browser.get("/accounts/").status_code == 302


def test_a_nul_is_refused_wherever_it_stands(client):
    """PostgreSQL fails at it; a cookie may carry one as \\000."""
    for answer in (client.get("/", {"page": "1\0"}), client.get("/", {"\0": "1"}), client.get("/articles/x%00/"),
                   client.post("/accounts/login/", {"username": "ada\0", "password": "x"})):  # fmt: skip
        assert answer.status_code == 400 and "default-src 'none'" in answer["Content-Security-Policy"]
    browser = Client(headers={"Cookie": 'sessionid="abcdefgh\\000ijkl"'})
    assert browser.get("/accounts/").status_code == 400
