"""The theatre pages in Debian's chromium: both directions, both widths, without script, by keyboard, and how heavy they are."""

import pytest
from looking import axe, overhang
from watching import HERE, PAGES, incident_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_is_accessible_and_fits(open_page, client, language, width):
    for address in (*PAGES, incident_of(client, "Camp Taji")):
        page = open_page(address, language=language, width=width, scheme="dark" if width == 390 else "light")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert overhang(page) <= 0, address
        assert axe(page) == [], address


def test_the_slider_moves_marks_and_list_together(open_page):
    page = open_page(f"{HERE}map/?span=30")
    shown = "document.querySelectorAll('svg.plan [data-days]:not([display])').length"
    before, head = page.evaluate(shown), page.locator("#happened-head").inner_text()
    with page.expect_response(lambda answer: "/map/" in answer.url):
        page.locator("#to").focus()
        for _ in range(12):
            page.keyboard.press("PageDown")
    page.wait_for_function("(old) => document.querySelector('#happened-head').innerText !== old", arg=head)
    assert page.evaluate(shown) != before
    assert "to=" in page.url  # an address to send to somebody
    end = page.locator("#shown").inner_text()
    assert page.locator("#happened-head").inner_text().endswith(end)


def test_the_map_plays_and_stops(open_page):
    page = open_page(f"{HERE}map/?span=30")
    first = page.locator("#to").input_value()
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("(old) => Number(document.querySelector('#to').value) !== Number(old)", arg=first)
    page.get_by_role("button", name="Stop").click()
    assert page.locator("#play").get_attribute("aria-pressed") == "false"


def test_without_script_the_map_is_a_form_a_picture_and_a_list(open_page):
    page = open_page(f"{HERE}map/", script=False)
    assert page.locator("svg.plan circle").count() and page.locator("#happened li").count()
    assert not page.locator("#play").is_visible()
    page.locator("#span").select_option("7")
    page.locator("#show").click()
    assert "span=7" in page.url and page.locator("#span").input_value() == "7"


def test_a_mark_of_the_series_leads_to_its_incident(open_page):
    page = open_page(f"{HERE}dyads/us-factions/")
    page.locator(".chart svg.wide").focus()
    page.keyboard.press("ArrowRight")
    page.locator(".panel a").first.click()
    assert "/incidents/" in page.url and page.locator("mark").count()


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_light(open_page, address):
    sizes = []
    page = open_page("/about/")
    page.on("response", lambda answer: sizes.append(len(answer.body())))
    page.goto(address, wait_until="networkidle")
    assert 0 < sum(sizes) < 300_000  # bytes before compression, with styles and scripts
