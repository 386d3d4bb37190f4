"""In Debian's chromium: an analyst reviews by keyboard, corrects with the map, works without a script; readers report errors."""

import pytest
from looking import axe, overhang
from stories import published, user

from detente.desk.book import ledger
from detente.desk.review import flow
from detente.desk.review.models import Task
from detente.records import Decision

pytestmark = pytest.mark.slow
State = Task.State


def verdicts():
    return [each for each in ledger().read(Decision, as_of=None) if each.who == "analyst"]


def shown(page) -> Task:
    """The task on the page."""
    return Task.objects.get(pk=int(page.url.rstrip("/").rsplit("/", 1)[-1]))


def go_on(page, key):
    """Press a key that leads to the next task."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before and "/review/" in url)
    page.locator("#main").wait_for()


def test_an_analyst_reviews_twenty_mentions_by_keyboard_alone(open_page, filled):
    page = open_page("/review/", role="analyst")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/*/")
    seen = []
    for n in range(20):
        seen.append(shown(page).pk)
        if n % 5 == 3:
            page.keyboard.press("r")
            go_on(page, "1")
        elif n % 5 == 4:
            page.keyboard.press("e")
            if (kind := shown(page).kind) == "Event":
                held = page.locator("#f-modality").input_value()
                page.locator("#f-modality").focus()
                page.keyboard.press(
                    "u" if held != "uncertain" else "p"
                )  # chooses by its first letter; never a shortcut here
            else:
                page.locator("#f-kind" if kind == "Link" else "#f-direction").focus()
                page.keyboard.press("ArrowDown")
                page.keyboard.press("ArrowUp") if page.locator(
                    "#f-kind, #f-direction"
                ).first.input_value() == "" else None
            page.locator("#correct-why").focus()
            page.keyboard.type("the report does not say that it happened")
            go_on(page, "Enter")
        else:
            go_on(page, "a")
    made = verdicts()
    assert len(made) == 20 and len(set(seen)) == 20, "each task once"
    assert {each.what for each in made} == {"accept", "reject", "correct"}
    assert all(each.why and each.when and each.change["at"] for each in made)
    assert not Task.objects.filter(pk__in=seen, state=State.OPEN).exists()
    last = seen[-1]
    page.keyboard.press("u")
    page.wait_for_url(f"**/review/{last}/")
    assert Task.objects.get(pk=last).state == State.OPEN
    page.keyboard.press("q")
    page.wait_for_url("**/review/")


def test_keys_can_be_turned_off_and_never_act_inside_a_box(open_page, filled):
    task = flow.queue(user("analyst")).filter(kind="Event").first()
    page = open_page(f"/review/{task.pk}/", role="analyst")
    page.keyboard.press("e")
    page.locator("#correct-why").focus()
    page.keyboard.type("aaa rrr")
    assert page.locator("#correct-why").input_value() == "aaa rrr" and page.url.endswith(f"/{task.pk}/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.locator("h1").click()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    assert not verdicts() and not page.locator("#keys-on").is_checked()


def test_a_place_is_looked_up_and_moved_on_the_map(open_page, filled):
    task = next(
        each for each in flow.queue(user("analyst")).filter(kind="Event") if flow.thing_of(each).place is not None
    )
    page = open_page(f"/review/{task.pk}/", role="analyst")
    page.keyboard.press("p")
    assert page.evaluate("document.activeElement.id") == "f-place"
    page.locator("#f-place").fill("Basra")
    page.get_by_role("button", name="Look the place up").click()
    assert page.locator("input[name=place-id]").count() >= 1 and axe(page) == []
    page.locator("figure.map svg").click(position={"x": 60, "y": 60})
    lat, lon = (float(page.locator(f"#f-{name}").input_value()) for name in ("lat", "lon"))
    assert 25 < lat < 40 and 38 < lon < 56
    page.locator("input[name=place-id]").first.check()
    page.locator("#correct-why").fill("the base lies north of the town")
    page.locator("#correct-why").press("Enter")
    page.wait_for_url(lambda url: f"/{task.pk}/" not in url)
    change = flow.decided(task.target)[0].change["place"]
    assert change["name"] == "Basra" and abs(change["lat"] - lat) < 1e-3


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("en", 390), ("ar", 1280), ("fa", 390)])
def test_pages_of_analysts_are_accessible_and_fit(open_page, filled, language, width):
    kinds = [Task.objects.filter(kind=kind, state=State.OPEN).first().pk for kind in ("Event", "Link", "Tripwire")]
    flow.report(f"story/{published().pk}", "where", "It was elsewhere.", "en", "")
    kinds.append(Task.objects.get(kind="Report").pk)
    for address in ("/review/", "/review/agreement/", *(f"/review/{pk}/" for pk in kinds)):
        page = open_page(address, language=language, width=width, role="analyst")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert overhang(page) <= 0, address
        assert axe(page) == [], address


def test_without_script_every_button_is_there(open_page, filled):
    task = next(each for each in flow.queue(user("analyst")).filter(kind="Event") if not flow.thing_of(each).counts)
    page = open_page(f"/review/{task.pk}/", role="analyst", script=False)
    page.get_by_text("Reject", exact=False).first.click()
    page.get_by_role("button", name="The same deed was coded twice").click()
    assert [each.change["reason"] for each in flow.decided(task.target)] == ["double"]
    assert page.get_by_text("Rejected.").is_visible()
    page.get_by_role("button", name="Take it back").click()
    assert flow.decided(task.target) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_reader_reports_an_error_and_an_analyst_answers(open_page, filled, language):
    story = published()
    reader = open_page(story.get_absolute_url(), width=390, language=language, script=language == "en")
    reader.locator(f'a[href="/report-error/story/{story.pk}/"]').click()
    if language == "en":
        assert axe(reader) == []
    assert overhang(reader) <= 0
    reader.locator("#id_about").select_option("where")
    reader.locator("#id_text").fill("It was in Basra, see the third report.")
    reader.locator("#main form.form button[type=submit]").click()
    assert reader.locator(".message").first.is_visible()

    analyst = open_page("/review/", role="analyst")
    analyst.get_by_role("link", name="It was in Basra").click()
    analyst.locator("#why").fill("corrected the place, told the editors")
    analyst.get_by_role("button", name="The reader is right").click()
    assert Task.objects.get(kind="Report").state == State.DONE
