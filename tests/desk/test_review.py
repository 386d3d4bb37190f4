"""The analysts' queue: what comes first, verdicts, two people, merges, readers' reports, who gets in."""

import json
import re
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from rich.console import Console
from stories import proposed, published, user

from detente.desk.book import ledger
from detente.desk.review import filling, flow
from detente.desk.review.models import ReaderReport, Task
from detente.keeping import dossier_of
from detente.pipeline import assess, load_theatre, write_brief
from detente.records import Article, Decision, Event, Incident, Span
from detente.screen import show_track

State = Task.State


def tasks(*reasons, without=(), kind="Event"):
    """Open tasks of mentions that have all these reasons and none of those."""
    every = Task.objects.filter(kind=kind, state=State.OPEN)
    return [each for each in every if set(reasons) <= set(each.reasons) and not set(without) & set(each.reasons)]


def plain():
    """A mention for which one analyst will do, and which is not drawn for a second look."""
    return next(each for each in tasks(without=("deaths", "blame")) if not flow._drawn(each.target))


def deadly():
    return tasks("deaths")[0]


def send(browser, what, **given):
    return browser.post(f"/review/{what.pk}/decide/", given)


def again(what):
    return Task.objects.get(pk=what.pk)


def event_of(what):
    """The mention as everything downstream sees it; None where it is rejected."""
    found = dossier_of(ledger(), as_of=None).decided().events
    return next((each for each in found if each.id == what.key), None)


def test_what_matters_and_what_is_doubted_comes_first(filled):
    every = list(Task.objects.filter(state=State.OPEN))
    assert len(every) == 125 + 13 + 9
    first = every[:10]
    assert all({"dyad", "side"} & set(each.reasons) for each in first)
    assert {"deaths", "lull", "tripwire"} & {reason for each in first for reason in each.reasons}
    assert [each.priority for each in every] == sorted((each.priority for each in every), reverse=True)
    twins = {}
    for each in every:
        if each.kind == "Event":
            sure = flow.thing_of(each).confidence
            twins.setdefault((tuple(sorted(set(each.reasons) - {"doubt"})), each.dyad), []).append(
                (sure, each.priority)
            )
    pairs = [sorted(found) for found in twins.values() if len(found) > 1]
    assert pairs and all(found[0][1] >= found[-1][1] for found in pairs), "of two alike the doubtful one comes first"


def test_filling_again_adds_nothing_and_what_is_withdrawn_leaves(filled):
    before = Task.objects.count()
    assert filling.refresh() == 0 and Task.objects.count() == before
    gone = plain()
    known = next(known for known, each in ledger().timed(Event, as_of=None, keys=[gone.key]))
    ledger().withdraw(Event, gone.key, known_at=known)
    filling.refresh()
    assert again(gone).state == State.GONE


def test_what_was_decided_is_not_asked_again_when_an_article_is_coded_anew(log_in, filled):
    one, browser = plain(), log_in("analyst")
    held = flow.thing_of(one)
    send(browser, one, do="reject", reason="no-event")
    known = next(known for known, _ in ledger().timed(Event, as_of=None, keys=[one.key]))
    ledger().together([replace(held, id=f"{held.id}0")], [(Event, held.id)], known_at=known)
    filling.refresh()
    assert Task.objects.get(target=f"Event {held.id}0").state == State.DONE and again(one).state == State.GONE
    ledger().together([held], [(Event, f"{held.id}0")], known_at=known)
    filling.refresh()
    assert again(one).state == State.OPEN


def test_accepting_is_one_press_and_is_noted_with_who_when_why(log_in, filled):
    one, browser = plain(), log_in("analyst")
    answer = send(browser, one, do="accept")
    assert answer.url == "/review/next/"
    (made,) = flow.decided(one.target)
    assert (made.who, made.what, made.why) == ("analyst", "accept", "read against the report") and made.when
    assert again(one).state == State.DONE
    assert any(each.startswith("reviewed by people") for each in event_of(one).why)


def test_rejecting_needs_a_reason_and_takes_the_mention_out_of_everything(log_in, filled):
    one, browser = plain(), log_in("analyst")
    assert send(browser, one, do="reject").status_code == 422
    assert send(browser, one, do="reject", reason="no-event").status_code == 302
    assert event_of(one) is None
    filling.refresh()
    assert not any(one.key in each.events for each in ledger().read(Incident, as_of=None))


def test_taking_a_decision_back_brings_the_mention_back(log_in, filled):
    one, browser = plain(), log_in("analyst")
    send(browser, one, do="reject", reason="misread")
    filling.refresh()
    (made,) = flow.decided(one.target)
    browser.post("/review/undo/", {"decision": made.id, "task": one.pk})
    filling.refresh()
    assert again(one).state == State.OPEN and event_of(one) == flow.thing_of(one)
    assert any(one.key in each.events for each in ledger().read(Incident, as_of=None))
    assert browser.post("/review/undo/", {"decision": made.id}, follow=True).context["messages"], "once is enough"


def test_track_and_brief_say_what_was_reviewed(log_in, filled):
    send(log_in("analyst"), plain(), do="accept")
    place = load_theatre("iraq-2020")
    found = assess(place, "us-factions", dossier_of(ledger(), as_of=None), date(2020, 4, 21))
    assert write_brief(place, found).stamp.endswith("reviewed by people: 1 of 125 mentions")
    console = Console(record=True, file=StringIO(), width=120)
    show_track(console, found)
    assert "reviewed by people: 1 of 125 mentions" in console.export_text()


def form(page):
    """What the form that corrects would send if nothing were changed."""
    part = page[page.index('class="correct"') : page.index("</details>", page.index('class="correct"'))]
    found = {}
    for tag in re.findall(r"<input[^>]*>", part):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        if said.get("name") not in (None, "csrfmiddlewaretoken"):
            found.setdefault(said["name"], []).append(said.get("value", "on"))
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', part, re.S):
        found[name] = re.findall(r"<option selected>([^<]*)", body)
    return found


def test_a_form_sent_as_it_came_changes_nothing(log_in, filled):
    browser = log_in("analyst")
    for each in Task.objects.filter(kind="Event")[:40]:
        sent = form(browser.get(f"/review/{each.pk}/").content.decode())
        answer = send(browser, each, **sent | {"do": "correct", "why": "looked"})
        assert answer.status_code == 422 and "Nothing was changed" in answer.content.decode(), each.target


def test_every_field_can_be_corrected(log_in, filled):
    browser, one = log_in("analyst"), plain()
    sent = form(browser.get(f"/review/{one.pk}/").content.decode())
    held = flow.thing_of(one)
    words = ledger().get(Article, held.article, as_of=None).text.split()[0].strip(",.")
    sent |= {
        "do": "correct", "why": "the report says otherwise", "type": "CONSULT", "act": "CONSULT", "modality": "planned",
        "start": "2020-04-02", "end": "2020-04-03", "precision": "range", "place": "Basra", "place-id": "",
        "lat": "30.5085", "lon": "47.7804", "place-precision": "settlement", "count-new-kind": "injured",
        "count-new-low": "3", "count-new-high": "", "reciprocal": "on", "actors-words": words, "actors-new": "USA.MIL",
    }  # fmt: skip
    answer = send(browser, one, **sent)
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]*)', answer.content.decode())
    made = event_of(one)
    assert (made.type, made.modality, made.reciprocal) == ("CONSULT", "planned", True)
    assert (str(made.date.start), str(made.date.end), made.place.name, made.place.lat) == (
        "2020-04-02",
        "2020-04-03",
        "Basra",
        30.5085,
    )
    assert made.counts[-1].kind == "injured" and (made.counts[-1].low, made.counts[-1].high) == (3, None)
    assert made.actors[-1].actor == "USA.MIL" and made.actors[-1].text == words
    (noted,) = flow.decided(one.target)
    assert words not in json.dumps(noted.change).replace("USA.MIL", ""), "offsets, no words of the report"


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(log_in, filled):
    browser, one = log_in("analyst"), plain()
    bad = {
        "type": "WAR",
        "start": "soon",
        "actors-words": "words that stand nowhere",
        "count-new-low": "many",
        "place": "Nowhereville-by-the-Sea",
        "lat": "",
        "lon": "",
    }
    answer = send(browser, one, do="correct", sent="1", why="x", **bad)
    page = answer.content.decode()
    assert answer.status_code == 422 and page.count('aria-invalid="true"') >= 4
    assert "soon" in page and not flow.decided(one.target)
    assert "Say why." in send(browser, one, do="correct", sent="1", type="CONSULT").content.decode()


def test_a_place_is_looked_up_and_chosen_without_script(log_in, filled):
    browser, one = log_in("analyst"), plain()
    page = send(browser, one, do="lookup", sent="1", place="Tripoli").content.decode()
    offered = re.findall(r'type="radio" name="place-id" value="([^"]+)"', page)
    assert len(offered) > 1 and "<circle" in page
    sent = {
        "do": "correct",
        "sent": "1",
        "why": "the other Tripoli",
        "place": "Tripoli",
        "place-id": offered[1],
        "lat": "",
        "lon": "",
    }
    assert send(browser, one, **sent).status_code == 302
    assert event_of(one).place.id == offered[1]


# ------------------------------------------------------------------------------------------- two reviewers
def test_deaths_stand_only_when_two_people_decide_the_same_each_blind(log_in, filled):
    one, ada, ben = deadly(), log_in("analyst"), log_in("editor")
    send(ada, one, do="reject", reason="misread", why="not our dead")
    assert again(one).state == State.SECOND and event_of(one) is not None, "one is not enough"
    assert "not our dead" not in ben.get(f"/review/{one.pk}/").content.decode(), "the second look is blind"
    assert one not in flow.queue(user("analyst")), "nobody is their own second"
    assert one in flow.queue(user("editor"))
    send(ben, one, do="reject", reason="no-event")
    assert again(one).state == State.DONE and event_of(one) is None


def test_two_who_differ_see_each_other_and_settle_it(log_in, filled):
    one, ada, ben, cy = deadly(), log_in("analyst"), log_in("editor"), log_in("admin")
    send(ada, one, do="accept", why="as the report has it")
    send(ben, one, do="reject", reason="no-event")
    assert again(one).state == State.DISPUTED
    assert not any(each.startswith("reviewed") for each in event_of(one).why)
    page = cy.get(f"/review/{one.pk}/").content.decode()
    assert "as the report has it" in page and "Decide the same" in page
    first = flow.decided(one.target)[0]
    send(cy, one, do="agree", decision=first.id)
    assert again(one).state == State.DONE and any(each.startswith("reviewed") for each in event_of(one).why)


def test_one_person_twice_is_still_one(log_in, filled):
    one, ada = deadly(), log_in("analyst")
    for _ in range(2):
        send(ada, one, do="accept")
    assert again(one).state == State.SECOND


def test_adding_deaths_asks_for_two_as_well(log_in, filled):
    one, ada = plain(), log_in("analyst")
    send(ada, one, do="correct", sent="1", why="it says so", **{"count-new-kind": "killed", "count-new-low": "2"})
    assert again(one).state == State.SECOND and not any(each.kind == "killed" for each in event_of(one).counts)


def test_one_in_ten_is_drawn_for_a_second_look_and_stands_meanwhile(log_in, filled):
    drawn = next(each for each in tasks(without=("deaths", "blame")) if flow._drawn(each.target))
    send(log_in("analyst"), drawn, do="accept", why="mine")
    assert again(drawn).state == State.AGAIN and any(each.startswith("reviewed") for each in event_of(drawn).why)
    browser = log_in("editor")
    browser.get("/review/?shelf=again")
    assert browser.get("/review/next/").url == f"/review/{drawn.pk}/"
    assert "mine" not in re.sub(r"<[^>]+>", " ", browser.get(f"/review/{drawn.pk}/").content.decode()).split()
    send(browser, drawn, do="accept")
    assert again(drawn).state == State.DONE
    page = browser.get("/review/agreement/").content.decode()
    assert "100 %" in page


# ----------------------------------------------------------------------------------------------- incidents
def incident_with(many):
    found = (each for each in ledger().read(Incident, as_of=None) if (len(each.events) > 1) == many)
    return next(
        each for each in found if not any(toll.kind == "killed" for toll in each.tolls) and each.act == "ASSAULT"
    )


def test_an_analyst_splits_and_takes_it_back(log_in, filled):
    whole = incident_with(many=True)
    browser, one = log_in("analyst"), Task.objects.get(target=f"Event {whole.events[0]}")
    assert browser.post(f"/review/{one.pk}/group/", {"do": "split", "leave": whole.events[-1]}).status_code == 422, (
        "why?"
    )
    browser.post(f"/review/{one.pk}/group/", {"do": "split", "leave": whole.events[-1], "why": "another town"})
    homes = [each for each in ledger().read(Incident, as_of=None) if set(each.events) & set(whole.events)]
    assert sorted(map(len, (each.events for each in homes))) == sorted((1, len(whole.events) - 1))
    (made,) = (each for each in ledger().read(Decision, as_of=None) if each.what == "split incident")
    browser.post("/review/undo/", {"decision": made.id})
    assert any(set(each.events) == set(whole.events) for each in ledger().read(Incident, as_of=None))


def test_an_analyst_merges_what_may_be_the_same(log_in, filled):
    browser = log_in("analyst")
    for each in tasks("attack", without=("deaths",)):
        page = browser.get(f"/review/{each.pk}/").content.decode()
        offered = re.findall(r'name="with" value="([^"]+)"', page)
        held = [ledger().get(Incident, number, as_of=None) for number in offered]
        calm = [one for one in held if not any(toll.kind == "killed" for toll in one.tolls)]
        if calm:
            browser.post(f"/review/{each.pk}/group/", {"do": "merge", "with": calm[0].id, "why": "one salvo"})
            found = next(one for one in ledger().read(Incident, as_of=None) if each.key in one.events)
            assert set(calm[0].events) <= set(found.events)
            return
    raise AssertionError("the demo offers no two such incidents")


def test_merging_the_dead_waits_for_a_second_person(log_in, filled):
    browser, other = log_in("analyst"), log_in("editor")
    deadly_ones = [
        each
        for each in ledger().read(Incident, as_of=None)
        if len(each.events) > 1
        and any(
            c.kind == "killed" and c.high != 0
            for one in ledger().read(Event, as_of=None, keys=each.events)
            for c in one.counts
        )
    ]
    whole = next(each for each in deadly_ones)
    counted = next(
        one.id
        for one in ledger().read(Event, as_of=None, keys=whole.events)
        if any(c.kind == "killed" and c.high != 0 for c in one.counts)
    )
    one = Task.objects.get(target=f"Event {whole.events[0]}")
    browser.post(f"/review/{one.pk}/group/", {"do": "split", "leave": counted, "why": "others died there"})
    assert ledger().get(Incident, whole.id, as_of=None).events == whole.events
    waiting = Task.objects.get(kind="Grouping")
    assert waiting.state == State.SECOND
    assert browser.post(f"/review/{waiting.pk}/second/", {"do": "agree"}).status_code == 422
    assert "others died there" in other.get(f"/review/{waiting.pk}/").content.decode()
    other.post(f"/review/{waiting.pk}/second/", {"do": "agree"})
    assert again(waiting).state == State.DONE
    homes = [each for each in ledger().read(Incident, as_of=None) if set(each.events) & set(whole.events)]
    assert len(homes) == 2


# ------------------------------------------------------------------------------------------------- readers
def test_a_readers_report_becomes_a_task_and_is_answered(client, log_in, filled):
    story = published()
    address = f"/report-error/story/{story.pk}/"
    assert address in client.get(story.get_absolute_url()).content.decode()
    assert client.post(address, {"about": "numbers", "text": ""}).status_code == 422
    assert (
        client.post(address, {"about": "numbers", "text": "Three, <b>not</b> two: see the report."}).url
        == story.get_absolute_url()
    )
    one = Task.objects.get(kind="Report")
    assert flow.queue(user("analyst")).filter(pk=one.pk).exists() and one.priority >= 6
    browser = log_in("analyst")
    page = browser.get(f"/review/{one.pk}/").content.decode()
    assert "&lt;b&gt;not&lt;/b&gt;" in page and "The mentions it rests on" in page
    assert browser.post(f"/review/{one.pk}/answer/", {"do": "right", "why": ""}).status_code == 422
    browser.post(f"/review/{one.pk}/answer/", {"do": "right", "why": "passed to the editors"})
    assert again(one).state == State.DONE
    made = list(ledger().read(Decision, as_of=None))[-1]
    assert (made.what, made.who, made.target) == ("uphold report", "analyst", f"Report {one.report.pk}")


def test_a_reader_reports_an_incident_and_only_so_often(client, filled):
    number = next(iter(ledger().read(Incident, as_of=None))).id
    address = f"/report-error/incident/iraq-2020/{number}/"
    for _ in range(5):
        assert client.post(address, {"about": "where", "text": "It was elsewhere."}).status_code == 302
    assert client.post(address, {"about": "where", "text": "It was elsewhere."}).status_code == 422
    assert ReaderReport.objects.count() == 5
    for wrong in ("story/999", "story/x", "incident/nowhere/i-1", "incident/iraq-2020/i-none", "x"):
        assert client.get(f"/report-error/{wrong}/").status_code == 404


def test_drafts_cannot_be_reported(client, filled):
    assert client.get(f"/report-error/story/{proposed().pk}/").status_code == 404


# ----------------------------------------------------------------------------------------------- who, what
@pytest.mark.parametrize("role", [None, "reader", "moderator"])
def test_nobody_but_analysts_gets_in(client, log_in, filled, role):
    one, browser = plain(), log_in(role) if role else client
    for address in ("", "next/", "agreement/", "training/pairs.jsonl", f"{one.pk}/"):
        assert browser.get(f"/review/{address}").status_code == (403 if role else 302)
    for address in ("undo/", *(f"{one.pk}/{what}/" for what in ("decide", "group", "second", "answer"))):
        assert browser.post(f"/review/{address}", {"do": "accept"}).status_code == (403 if role else 302)
    assert not flow.decided(one.target)


def test_words_of_reports_are_escaped(log_in, site):
    text = 'Forces <script>alert(1)</script> shelled "Fort & Co".'
    span = Span("evil", 33, 40, text[33:40])
    ledger().add([
        Article("evil", text, title="<img src=x onerror=alert(1)>"),
        Event("evil-e1", "evil", "ASSAULT", "ASSAULT", "happened", span, Span("evil", 0, len(text), text)),
    ])  # fmt: skip
    filling.refresh()
    one = Task.objects.get(target="Event evil-e1")
    page = log_in("analyst").get(f"/review/{one.pk}/").content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page and "&lt;script&gt;" in page


def test_an_erased_report_leaves_nothing_in_the_queue(log_in, filled):
    from detente.keeping import erase_article

    one, browser = plain(), log_in("analyst")
    words = flow.thing_of(one).evidence.quote
    send(browser, one, do="accept")
    erase_article(ledger(), flow.thing_of(one).article, who="Ada", why="court order")
    page = browser.get(f"/review/{one.pk}/").content.decode()
    assert words not in page and "no longer in the ledger" in page
    assert words not in browser.get("/review/?shelf=done").content.decode()


def test_the_examples_are_what_train_reads(log_in, filled, tmp_path):
    from detente.train.sets import deeds, from_lines

    browser = log_in("analyst")
    kept, wrong, gone = tasks(without=("deaths", "blame"))[:3]
    send(browser, kept, do="accept")
    send(browser, wrong, do="correct", sent="1", type="CONSULT", why="they talked")
    send(browser, gone, do="reject", reason="no-event")
    for name in ("pairs.jsonl", "deeds.jsonl"):
        (tmp_path / name).write_bytes(browser.get(f"/review/training/{name}").content)
    items = from_lines(tmp_path / "pairs.jsonl")
    assert {"CONSULT", "NONE"} <= {each.allowed[0] for each in items} and len(items) == 3
    for each in items:
        for part in (each.actor, each.recipient):
            assert part is None or each.text[part[0] : part[1]].strip()
    assert all(each.label in ("happened", "not", "uncertain") for each in deeds(tmp_path / "deeds.jsonl"))
    assert browser.get("/review/training/passwords").status_code == 404
