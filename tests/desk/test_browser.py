"""In Debian's chromium: readers and editors at desktop and phone width, in both directions, checked with axe."""

from contextlib import suppress

import pytest
from django.conf import settings
from django.test import Client
from looking import axe, overhang
from playwright.sync_api import Error
from stories import proposed, published, user
from walking import addresses

from detente.desk.publishing import flow
from detente.desk.publishing.models import Story
from detente.desk.publishing.proposing import propose

pytestmark = pytest.mark.slow


@pytest.fixture
def real_story(site):
    """A published story that the machine wrote from the ledger."""
    story = propose("iraq-2020", "us-factions", None, user("editor"), "for a test")
    flow.approve(story.newest, user("editor"))
    return flow.publish(story.newest, user("editor"))


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_readers_is_accessible_and_fits(open_page, real_story, language, width):
    for scheme in ("light", "dark") if width == 1280 else ("light",):
        for address in ("/", real_story.get_absolute_url(), "/about/", "/corrections/", "/accounts/login/"):
            page = open_page(address, language=language, width=width, scheme=scheme)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            assert overhang(page) <= 0, address
            assert axe(page) == [], address


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_editors_is_accessible_and_fits(open_page, real_story, language):
    for width in (1280, 390):
        for address in ("/newsroom/", f"/newsroom/{real_story.pk}/", f"/newsroom/{real_story.pk}/edit/", "/accounts/"):
            page = open_page(address, language=language, width=width, role="editor")
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            assert overhang(page) <= 0, address
            assert axe(page) == [], address


def test_evidence_opens_without_script(open_page, real_story):
    page = open_page(real_story.get_absolute_url(), script=False)
    words = page.locator("#n2 mark")
    assert not words.is_visible()
    page.goto(f"{real_story.get_absolute_url()}#n2")  # the browser opens what the address points into
    assert words.is_visible() and words.inner_text()


def test_evidence_pops_up_and_a_mark_of_the_chart_tells_its_incidents(open_page, real_story):
    page = open_page(real_story.get_absolute_url())
    page.locator("a.note").first.focus()
    assert page.locator("#pop mark").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#pop").count() == 0
    page.locator(".chart svg.wide").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".panel li").count() >= 1


def test_the_keyboard_reaches_the_content_first(open_page, site):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_a_reader_chooses_arabic_and_the_page_turns(open_page, site):
    page = open_page("/")
    page.get_by_role("button", name="العربيّة").click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    brand, login = page.locator(".brand").bounding_box(), page.locator(".languages").bounding_box()
    assert brand["x"] > login["x"]


def test_an_editor_proposes_edits_approves_publishes_and_corrects(open_page, site):
    page = open_page("/newsroom/", role="editor")
    page.get_by_label("Dyad").select_option("iraq-2020/us-factions")
    page.get_by_role("button", name="Propose").click()
    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#stand").fill("For 26 days nobody has reported an attack on sites with US or coalition personnel.")
    page.locator("#why").fill("plainer")
    page.get_by_role("button", name="Save as a new revision").click()
    page.get_by_role("button", name="Approve: checked against its evidence").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    story = Story.objects.get()
    assert story.published.number == 2

    page.get_by_role("link", name="Edit", exact=True).click()
    page.locator("#b0-new").evaluate("(each) => { each.closest('details').open = true; }")
    page.locator("#b0-new").fill("Readers asked what counts as an attack; the list below says it.")
    page.locator("#b0-new-own").check()
    page.locator("#why").fill("asked by readers")
    page.get_by_role("button", name="Save as a new revision").click()
    page.get_by_role("button", name="Approve: checked against its evidence").click()
    page.get_by_label("For readers: what was wrong").fill("The article did not say what counts.")
    page.get_by_role("button", name="Publish the correction").click()

    page.goto(story.get_absolute_url())
    assert page.get_by_text("The article did not say what counts.").is_visible()
    assert page.get_by_text("(editors)").count() == 1


@pytest.mark.parametrize("address", ["/", "article"])
def test_pages_are_light(open_page, real_story, address):
    sizes = []
    page = open_page("/about/")
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(real_story.get_absolute_url() if address == "article" else address, wait_until="networkidle")
    assert 0 < sum(sizes) < 300_000  # bytes before compression, with pictures, styles and scripts


def test_drafts_are_looked_at_before_they_are_read(open_page, site):
    draft, standing = proposed("A draft"), published("It stands")
    page = open_page("/")
    assert page.get_by_text("It stands").count() and not page.get_by_text("A draft").count()
    assert draft.slug is None and standing.slug


def test_no_page_asks_another_site_for_anything(site, live_site, chromium, real_story):
    """Every address of the desk, walked out of its own list, as an admin sees it: all that the browser then asks for."""
    one = Client()
    one.force_login(user("admin"), backend="django.contrib.auth.backends.ModelBackend")
    context = chromium.new_context()
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": one.cookies[name].value, "url": live_site}])
    page, asked = context.new_page(), []
    page.on("request", lambda sent: asked.append(sent.url))
    pages = [
        each.url for each in addresses() if each.name not in ("accounts:logout", "public:atom", "public:json_feed")
    ]
    for url in (
        real_story.get_absolute_url(),
        "/theatres/iraq-2020/dyads/us-factions/",
        "/theatres/iraq-2020/map/",
        *pages,
    ):
        with suppress(Error):  # an answer without a page (405) or one to be saved is an error to a browser
            page.goto(live_site + url)
    context.close()
    assert len(asked) > len(pages) + 10
    assert [url for url in asked if not url.startswith((live_site, "data:"))] == []
