"""Pages of what is watched, on the 33 reports of the demo: a lull of 26 days on 21 April 2020."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from test_hostile import SCRIPT, TEMPLATE, Unsafe
from watching import DAY, HERE, PAGES, at, html, incident_of, seen, tell

from detente.desk.book import ledger, theatres
from detente.desk.theatres import reading, state, views
from detente.desk.theatres.happening import pieces
from detente.desk.theatres.record import record
from detente.keeping import erase_article
from detente.outlook.rules import rule_for
from detente.records import Article, Coded, Event, Forecast, Gap, Incident, InputError, Span
from detente.reference.theatre import LullDefinition
from detente.tension.calendar import Calendar, Row


def test_from_the_theatres_to_the_words_of_a_report(client):
    assert 'href="/theatres/"' in html(client, "/")
    assert f'href="{HERE}"' in html(client, "/theatres/")
    theatre = html(client, HERE)
    assert "26 days without an attack that counts; longer than" in theatre and "has eased, for now" in theatre
    dyad = html(client, re.search(rf'href="({HERE}dyads/us-factions/)"', theatre)[1])
    assert '<figure class="chart">' in dyad and "Least contradicted" in dyad and " style=" not in dyad
    incident = html(client, re.search(rf'href="({HERE}incidents/[^"]+)"', dyad)[1])
    assert re.search(r"<mark>[^<]+</mark>", incident)


def test_the_outlook_stands_in_words_and_with_its_range(client):
    words = seen(html(client, HERE))
    found = re.search(
        r"within 30 days: ([a-z ]+) \((\d+)–(\d+).%\) our range (\d+).% to (\d+).%; base rate (\d+).%", words
    )
    low, high = int(found[2]), int(found[3])
    assert (found[1], low, high) in {("unlikely", 20, 45), ("likely", 55, 80), ("roughly even chance", 45, 55)}
    assert int(found[4]) < int(found[5])


@pytest.mark.parametrize("address", ["/theatres/x/", f"{HERE}dyads/x/", f"{HERE}incidents/x/", f"{HERE}actors/x/", f"{HERE}actors/provisional.some-group/", "/theatres/x/map/"])  # fmt: skip
def test_what_is_not_watched_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_an_incident_in_plain_words(client):
    """Side by side with its evidence, tolls by speaker, why merged; and no id in any of it."""
    page = html(client, incident_of(client, "Camp Taji"))
    words = seen(page)
    assert "Why these reports are one incident" in words and "joined because: same day" in words
    assert "Tolls by speaker" in words and "independent origins" in words
    assert page.count('<article class="card">') > 1 and page.count("<mark>") > 1
    assert not re.search(r"\bi-[0-9a-f]{6,}|iraq-2020-\d{4}", words)


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_page_speaks_arabic_and_persian(client, language):
    for address in (*PAGES, incident_of(client, "Camp Taji")):
        page = html(client, address, accept_language=language)
        assert f'<html lang="{language}" dir="rtl">' in page, address
        assert not {"Overview", "Forecast record", "Reports side by side", "carried out", "within"} & set(
            re.findall(r">([^<>]+)<", page)
        )
    assert ("تهدئة" if language == "ar" else "آرامش") in html(client, HERE, accept_language=language)


def test_every_page_is_open_to_everybody_and_the_past_to_analysts(client, log_in, settings):
    early = f"{HERE}?day=2020-03-20"
    for role in ("reader", "moderator", "analyst", "editor", "admin"):
        browser = log_in(role)
        for address in PAGES:
            assert browser.get(address).status_code == 200
        assert ("You are looking back" in html(browser, early)) == (role in ("analyst", "editor", "admin"))
    assert "You are looking back" not in html(client, early)


@pytest.mark.parametrize("day", ["2020-02-30", "9999-12-31", "0001-01-01", "2030-01-01", "x" * 10, "٢٠٢٠-٠٣-٢٠"])
def test_a_day_that_makes_no_sense_shows_what_is_known_now(log_in, day):
    assert "26 days without an attack" in html(log_in("analyst"), f"{HERE}?day={day}")


def test_looking_back_knows_nothing_of_later_reports(log_in):
    page = html(log_in("analyst"), f"{HERE}dyads/us-factions/?day=2020-03-12")
    days = {date.fromisoformat(each) for each in re.findall(r'data-day="([\d-]+)"', page)}
    assert days and max(days) <= date(2020, 3, 12)
    assert "?day=2020-03-12" in page  # links keep the day


# ------------------------------------------------------------------------------------------------- the map
def test_what_is_known_by_country_only_is_no_point(client):
    tell(key="w1", title="Somewhere in Iraq", place=at("Iraq", "country"))
    tell(key="w2", title="In Anbar", place=at("Anbar", "province", radius_km=150.0))
    tell(key="w3", title="At a base", place=at("A base", "site"))
    page = html(client, f"{HERE}map/")
    marks = re.findall(r'<g class="(area|spot)[^>]*><circle [^>]*r="([\d.]+)"><title>([^<]+)', page)
    assert not [each for each in marks if "Iraq (country)" in each[2]]
    assert next(float(r) for kind, r, name in marks if "Anbar" in name and kind == "area") > 40
    assert next(float(r) for kind, r, name in marks if "A base" in name and kind == "spot") < 10
    words = seen(page)
    assert (
        "Somewhere in Iraq attack Iraq (the country only)" in words
        and "In Anbar attack Anbar (the province only)" in words
    )


def test_the_slider_works_as_a_form(client):
    page = html(client, f"{HERE}map/?span=7")
    first, last = date.fromisoformat(re.search(r'data-first="([\d-]+)"', page)[1]), date(2020, 4, 21)
    assert (last - first).days == int(re.search(r'max="(\d+)" value="\1"', page)[1])
    then = (date(2020, 3, 15) - first).days
    earlier = html(client, f"{HERE}map/?span=7&to={then}")
    told = {
        date.fromisoformat(each) for each in re.findall(r'<li><span class="soft"><time datetime="([\d-]+)"', earlier)
    }
    assert told and date(2020, 3, 9) <= min(told) and max(told) <= date(2020, 3, 15)
    assert 'display="none"' in page  # what happened before the week is there for the slider, and not shown
    for odd in ("-1", "x", "9" * 20, "١", "' OR 1=1"):
        assert client.get(f"{HERE}map/", {"to": odd, "span": odd, "dyad": odd}).status_code == 200


# ------------------------------------------------------------------------------- tripwires, coverage, record
def test_each_threat_stands_on_the_board_once_with_how_close_it_is(client):
    words = seen(html(client, f"{HERE}tripwires/"))
    assert words.count("any more Americans are killed") == 1
    assert (
        "Its condition was last met before it:" in words and "no rule can check whether its condition is met" in words
    )
    assert "What became of such threats" in words and "carried out" in words
    assert len(html(client, f"{HERE}tripwires/?dyad=isis-iraq")) < len(html(client, f"{HERE}tripwires/"))


def test_the_calendar_shows_what_was_not_heard(client):
    ledger().add(
        [Gap("Gulf Wire", date(2020, 4, 1), date(2020, 4, 14), "the feed did not answer")], known_at=date(2020, 4, 14)
    )
    state.forget()
    page = html(client, f"{HERE}coverage/?days=56")
    assert "the feed did not answer" in page and re.search(r'<rect class="g" x="\d+" y="0" width="\d+"', page)
    assert client.get(f"{HERE}coverage/?days=999999").status_code == 200


@pytest.mark.parametrize(
    ("language", "began", "since", "ever"),
    [
        ("en", "Listening began on", "On every day since then", "On every day of this period"),
        ("ar", "بدأ الاستماع في", "في كل يوم منذ ذلك الحين", "في كل يوم من هذه المدة"),
        ("fa", "گوش دادن در", "از آن روز به بعد", "در هر روز این دوره"),
    ],
)
def test_nothing_is_claimed_of_days_before_listening_began(client, monkeypatch, language, began, since, ever):
    """A source first heard on 5 March says nothing of February."""
    days = [date(2020, 3, 5) + timedelta(n) for n in range(42)]
    rows = (Row("Gulf Wire", days[0], dict.fromkeys(days, 1)),)
    monkeypatch.setattr(views, "calendar_of", lambda found: Calendar(days[0], days[-1], rows))
    client.cookies["language"] = language
    page = html(client, f"{HERE}coverage/?days=56")
    assert began in page and since in page and ever not in page
    earlier = days[0] - timedelta(60)
    monkeypatch.setattr(views, "calendar_of", lambda found: Calendar(earlier, days[-1], (Row("Gulf Wire", earlier),)))
    page = html(client, f"{HERE}coverage/?days=56")
    assert began not in page and since not in page and ever in page


def forecast(made, horizon, probability, key):
    rule = rule_for("us-factions", theatres()["iraq-2020"].lulls.get("us-factions", LullDefinition()), made, horizon)
    return Forecast(key, "us-factions", made, horizon, probability, 0.1, 0.9, 0.3, "m", str(rule), "words")


def test_the_record_counts_hits_and_misses_against_the_base_rate(client):
    """Attacks came until 26 March 2020, none after it."""
    ledger().add([
        forecast(date(2020, 3, 10), 7, 0.8, "f1"),  # came: a hit
        forecast(date(2020, 4, 1), 7, 0.6, "f2"),  # none came: a miss
        forecast(date(2020, 4, 2), 7, 0.1, "f3"),  # none came: a hit
        forecast(date(2020, 3, 10), 90, 0.9, "f4"),  # came, but its days are not over: told, not tallied
        forecast(date(2020, 4, 15), 30, 0.5, "f5"),  # open
    ])  # fmt: skip
    state.forget()
    said, tallies = record(state.state("iraq-2020"))
    assert {each.forecast.id: each.hit for each in said} == {
        "f1": True,
        "f2": False,
        "f3": True,
        "f4": True,
        "f5": None,
    }
    assert [(each.horizon, each.n, each.happened, each.hits) for each in tallies] == [(7, 3, 1, 2)]
    words = seen(html(client, f"{HERE}outlook/"))
    assert "open until 15 May 2020" in words and "none came miss" in words and "computed" in words


def test_an_actor_has_names_and_ties_with_their_proof(client):
    tell("Officials suspect that Iran pays Kataib Hezbollah.", title="Said")
    words = seen(html(client, f"{HERE}actors/iraq.kataib-hezbollah/"))
    assert "Hezbollah Brigades" in words and "كتائب حزب الله" in words
    assert "source: US State Department listing" in words
    assert "proof: suspicion" in words and "None of them is a fact because it stands here." in words
    assert f'href="{HERE}actors/iraq.kataib-hezbollah/"' in html(client, f"{HERE}dyads/us-factions/")


# ------------------------------------------------------------------------------------------ hostile words
def test_hostile_words_stay_words(client):
    evil = f"{SCRIPT}{TEMPLATE}"
    number = tell(evil, key="evil", outlet=SCRIPT, title=evil, url="javascript:alert(1)", place=at(SCRIPT, "site"))
    for address in (*PAGES, f"{HERE}incidents/{number}/", f"{HERE}map/?dyad=us-factions"):
        page = html(client, address)
        assert Unsafe(page).found == [], address
        assert 'javascript:alert(1)"' not in page
    assert "{{ settings.SECRET_KEY }}" in html(client, f"{HERE}incidents/{number}/")


@pytest.mark.parametrize("value", ["' OR '1'='1", "../../../etc/passwd", "\x00", SCRIPT[:80]])
def test_hostile_addresses_are_not_found(client, value):
    from urllib.parse import quote

    for part in ("incidents", "actors", "dyads"):
        wanted = 400 if "\0" in value else 404
        assert client.get(f"{HERE}{part}/{quote(value, safe='')}/").status_code == wanted


# --------------------------------------------------------------------------------------- evidence in its place
TEXT = "One. Two two two.\nThree three. Four.\nFive."


@pytest.mark.parametrize(
    ("spans", "marked"),
    [([(5, 17)], ["Two two two."]), ([(5, 17), (9, 30)], ["Two two two.\nThree three."]), ([(0, 4), (37, 42)], ["One.", "Five."]),
     ([(0, 42)], [TEXT])],
)  # fmt: skip
def test_evidence_is_marked_whole_and_once(spans, marked):
    events = [
        Event(str(n), "a", "AID", "AID", "happened", Span("a", s, e, TEXT[s:e]), Span("a", s, e, TEXT[s:e]))
        for n, (s, e) in enumerate(spans)
    ]
    assert [words for words, evidence in pieces(TEXT, events) if evidence] == marked


# --------------------------------------------------------------------------------------------- large ledgers
@pytest.fixture
def elsewhere(site):
    """800 reports of another part of the world."""
    made = []
    for n in range(800):
        on = date(2020, 1, 1) + timedelta(days=n % 100)
        made.append(([Article(f"x{n}", "Something happened.", title="x", outlet="Far Wire", published=on), Coded(f"x{n}"),
                      Incident(f"i-x{n}", "PROTEST", "PROTEST", "happened", None, None, ("FRA",), ("DEU",), reports=(f"x{n}",), known=on)], on))  # fmt: skip
    for records, on in made:
        ledger().add(records, known_at=on)
    state.forget()


def test_of_a_large_ledger_only_the_theatres_part_is_read(client, elsewhere, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 10)
    with CaptureQueriesContext(connection) as asked:
        page = html(client, HERE)
    found = state.state("iraq-2020").dossier
    assert not [each for each in found.incidents if each.id.startswith("i-x")]
    assert not [each for each in found.articles if each.startswith("x")]
    assert "26 days without an attack that counts" in page and "This ledger is large" in page
    assert len(asked) < 60


def test_a_page_asks_for_little_once_its_state_is_known(client):
    address = incident_of(client, "Camp Taji")
    for page in (*PAGES, address):
        with CaptureQueriesContext(connection) as asked:
            html(client, page)
        assert len(asked) < 12, page


def test_the_newest_incidents_of_an_actor_are_few_however_many_there_are(site, elsewhere):
    with CaptureQueriesContext(connection) as asked:
        found = reading.recent(Incident, "actor:FRA", None, 25)
    assert len(found) == 25 and min(each.known for each in found) > date(2020, 4, 1)
    assert len(asked) <= 3


def test_a_theatre_is_assessed_once_per_state_of_the_ledger(client):
    one = state.state("iraq-2020")
    ledger().decide("somebody", "noted", "x", "why")  # changes nothing that is known
    assert state.state("iraq-2020") is one


def test_later_reports_are_read_in_the_background_and_an_erasure_at_once(client, monkeypatch):
    before = state.state("iraq-2020")
    ledger().add(
        [Article("late", "Late.", published=DAY, outlet="Gulf Wire", title="Late"), Coded("late")], known_at=DAY
    )
    assert state.state("iraq-2020") is before  # fresh enough
    monkeypatch.setattr(state, "Thread", AtOnce)
    monkeypatch.setattr(state, "monotonic", lambda: 1e12)
    assert state.state("iraq-2020") is before  # this reader does not wait
    assert "late" in state.state("iraq-2020").dossier.articles  # the next one has it
    erase_article(ledger(), "late", who="admin", why="asked for")
    assert "late" not in state.state("iraq-2020").dossier.articles


class AtOnce:
    """A thread that runs where it is started."""

    def __init__(self, target, args, daemon):
        self.run = lambda: target(*args)

    def start(self):
        self.run()


def test_a_day_on_which_nobody_listened_says_so_on_every_page(client, monkeypatch):
    def refuse(*_):
        raise InputError("on that day nobody was listening")

    monkeypatch.setattr(state, "assess", refuse)
    state.forget()
    for address in PAGES[1:]:
        assert "on that day nobody was listening" in html(client, address), address
    state.forget()


def test_an_empty_ledger_says_so(bare_site):
    from django.test import Client

    for address in PAGES:
        assert Client().get(address).status_code == 200, address
    assert "No dated report has come in yet." in Client().get(HERE).text
