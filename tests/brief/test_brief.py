from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from handmade import FRONT, SPOKESMAN, TROOPS, article, event, on, says, wire
from valley import brief

from detente.brief import compose_article, lint, to_markdown, unsupported
from detente.brief.article import _told
from detente.brief.check import sentences
from detente.brief.words import day, listed, number, plural
from detente.incidents import merge
from detente.records import Block, Brief, Coded, Interval, Mention, Sentence, Span

DATES = {"escalating": date(2031, 3, 13), "lull": date(2031, 4, 15), "resumed": date(2031, 5, 7)}


def block(made: Brief, heading: str) -> Block:
    return next(each for each in made.blocks if each.heading == heading)


def texts(part: Block) -> list[str]:
    return [each.text for each in part.sentences] + [cell.text for row in part.rows for cell in row]


@pytest.mark.parametrize("as_of", DATES.values(), ids=DATES)
def test_every_sentence_is_supported_and_well_worded(tmp_path, as_of):
    made, articles, _ = brief(tmp_path, as_of)
    assert unsupported(made, articles) == []
    assert lint(made) == []
    assert all(articles[key].published <= as_of for key in made.sources)


def test_the_three_days_tell_three_stories(tmp_path):
    told = {name: brief(tmp_path, as_of)[0] for name, as_of in DATES.items()}
    assert told["escalating"].headline.text == "Arland and the River Front trade deadly attacks in Valley"
    assert "on four days of the last 14, against one of the 14 before" in told["escalating"].standfirst.text
    assert told["lull"].headline.text == "Tension between Arland and the River Front in Valley has eased, for now"
    assert told["lull"].standfirst.text == (
        "No attack on sites and people of Arland's forces has been reported since 18 March, 28 days; "
        "moves and threats that fit preparation are reported on both sides and one tripwire is open."
    )
    assert told["resumed"].headline.text == "Calm between Arland and the River Front in Valley ends after 49 days"
    assert "the first attack on sites and people of Arland's forces" in told["resumed"].standfirst.text


def test_the_lull_brief_has_the_parts_a_reader_needs(tmp_path):
    made, *_ = brief(tmp_path, DATES["lull"])
    counts = " ".join(texts(block(made, "What counts here")))
    assert "(attributed to desert raiders, so not this pair's)" in counts
    assert "(claimed by Night Owls, reported by nobody else)" in counts
    grid = block(made, "Is it peace, or a pause to reload?")
    assert grid.sentences[1].text.startswith("Confidence in this reading is low")
    assert grid.rows[2][3].text == "none inconsistent; too thin to rank"
    assert grid.sentences[0].text.startswith("Preparation is least contradicted")
    assert [row[0].text for row in grid.rows] == ["De-escalation", "Preparation", "Outside cause", "We stopped hearing"]
    board = {row[0].text: row[4].text for row in block(made, "Tripwires").rows}
    assert board["River Front"] == "armed (promise)"
    assert board["Night Owls"].startswith("expired 10 April")
    assert board["Arland spokesman"].startswith("executed 12 March")
    assert texts(block(made, "Who is who")) == [
        "Night Owls: suspected to be a front of River Front, by two officials, unnamed. "
        "Standard of proof: suspicion; one origin."
    ]
    assert texts(block(made, "Outlook")) == [
        "No forecast is made.",
        "No earlier pause on this record lasted as long, so the record itself says nothing of what follows.",
    ]
    assert "(20 February; 5 and 18 March)" in " ".join(texts(block(made, "What we do not know")))


def test_lost_coverage_is_said_first(tmp_path):
    made, *_ = brief(tmp_path, DATES["resumed"])
    assert texts(block(made, "Where things stand"))[0].startswith("Coverage was lost from 15 April to 6 May")


def test_a_later_report_changes_nothing_before_its_day(tmp_path):
    from valley import known, rolls_up

    from detente.brief import compose

    now = known(tmp_path, DATES["lull"])
    later = known(tmp_path, DATES["resumed"])
    mixed = (*now[:4], later[4], later[5], later[6], later[7], later[8])
    assert compose(*mixed, as_of=DATES["lull"], rolls_up=rolls_up) == compose(
        *now, as_of=DATES["lull"], rolls_up=rolls_up
    )


def test_without_support_a_sentence_is_not_publishable(tmp_path):
    made, articles, _ = brief(tmp_path, DATES["lull"])
    bare = replace(made, standfirst=Sentence("All is well."))
    assert unsupported(bare, articles) == ["nothing supports: All is well."]
    key = made.sources[0]
    invented = replace(made, headline=Sentence("Calm.", (Span(key, 0, 4, "Calm"),)))
    assert unsupported(invented, articles) == [f"the quotation does not stand in {key} at 0: Calm."]
    assert len(unsupported(replace(made, headline=Sentence("x", (Span("gone", 0, 1, "x"),))), articles)) == 1
    assert unsupported(replace(made, headline=Sentence("Our view.", editorial=True)), articles) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Attacks may resume.", True),
        ("Attacks resumed on 6 May.", False),
        ("The group said “we might return”.", False),
        ("It is likely, with low confidence, that attacks resume.", True),
        ("Confidence in this reading is low.", False),
    ],
)
def test_judgements_are_worded_by_the_yardstick(tmp_path, text, wrong):
    made, *_ = brief(tmp_path, DATES["lull"])
    assert bool(lint(replace(made, standfirst=Sentence(text, computed="test")))) is wrong


def test_markdown_numbers_every_quotation(tmp_path):
    made, articles, _ = brief(tmp_path, DATES["lull"])
    page = to_markdown(made, articles)
    assert page.startswith("Valley News · As known 15 April 2031 · Not for operational safety decisions.")
    assert "[^1]: Valley Wire, 19 March 2031: Report z: “Rockets hit Fort Alder late on Tuesday.”" in page
    distinct = {span for each in sentences(made) for span in each.evidence}
    assert page.count("\n[^") == len(distinct)


REPORT = article(
    "one",
    "It has been weeks since the River Front traded fire with Arland troops. "
    "The Front is moving its men, said an analyst. "
    "Arland would hit 40 sites if more of its soldiers died, an official said.",
    None,
)


def coded():
    absent = event(REPORT, "traded fire", actors=(FRONT,), recipients=(TROOPS,), absence=True, modality="negated")
    moving = event(REPORT, "moving", "MOBILIZE", modality="ongoing", actors=(FRONT,),
                   attribution=says(Mention("an analyst")), date=Interval(None, None, "unresolved", "now"))  # fmt: skip
    threat = event(REPORT, "hit", "THREATEN", act="ASSAULT", modality="conditional", actors=(SPOKESMAN,),
                   attribution=says(Mention("an official"), anonymous=True))  # fmt: skip
    trip = wire(REPORT, "more of its soldiers died", "hit 40 sites", SPOKESMAN, FRONT, event=threat.id)
    return Coded("one", (absent, moving, threat), (trip,))


def test_one_article_without_a_theatre_gets_its_brief():
    found = coded()
    made = compose_article(REPORT, found, merge(found.events, {"one": REPORT}))
    assert made.headline.text == "Arland troops and River Front: calm reported, but held in doubt"
    assert made.standfirst.text.startswith(
        "“It has been weeks since the River Front traded fire with Arland troops”; it also"
    )
    assert unsupported(made, {"one": REPORT}) == [] and lint(made) == []
    headings = [each.heading for each in made.blocks]
    assert headings == ["Reported as not happening", "Reported as done", "Threats", "Tripwires", "What we do not know"]
    assert any("dates stay open (now)" in text for text in texts(made.blocks[-1]))


AMBUSH = article(
    "amb", "The army said the River Front ambushed a convoy and burned two lorries. Nobody was hurt.", None
)


def test_an_articles_sentence_stands_once_with_its_speaker_and_no_made_up_day():
    army = says(Mention("The army"))
    ambush = event(AMBUSH, "ambushed", actors=(FRONT,), recipients=(TROOPS,), attribution=army)
    burning = event(AMBUSH, "burned", actors=(FRONT,), recipients=(TROOPS,), attribution=army)
    unhurt = event(AMBUSH, "hurt", modality="negated", recipients=(TROOPS,))
    trip = wire(AMBUSH, "Nobody was hurt", "burned two lorries", FRONT, SPOKESMAN, attribution=army)
    found = Coded("amb", (ambush, burning, unhurt), (replace(trip, reported=None),))
    made = compose_article(AMBUSH, found, merge(found.events, {"amb": AMBUSH}))
    assert "violence reported" in made.headline.text  # nobody hurt in an ambush is no calm
    done = texts(block(made, "Reported as done"))
    assert done == ["“The army said the River Front ambushed a convoy and burned two lorries”."]
    assert texts(block(made, "Tripwires"))[3] == "Army"
    assert _told(replace(ambush, evidence=ambush.trigger)) == "“ambushed”, according to the army"


def test_the_headline_of_an_article_names_two_sides_and_no_place():
    clash = event(AMBUSH, "ambushed", actors=(FRONT, TROOPS), reciprocal=True)
    town = event(AMBUSH, "burned", actors=(FRONT,), recipients=(Mention("Elmton"),))
    found = Coded("amb", (clash, town))
    made = compose_article(AMBUSH, found, merge(found.events, {"amb": AMBUSH}))
    assert made.headline.text.startswith("River Front and Arland troops: ")


def test_an_article_without_events_says_so():
    plain = article("plain", "The bakery opened at six.", "2031-03-03")
    made = compose_article(plain, Coded("plain"), [])
    assert made.standfirst.text == "No political event was read in this report."
    assert unsupported(made, {"plain": plain}) == []


def test_words():
    assert (number(0), number(10), number(11), number(1200)) == ("no", "ten", "11", "1,200")
    assert (plural(1, "day"), plural(26, "day")) == ("one day", "26 days")
    assert day(on("2031-03-26").start) == "26 March"
    assert listed(["a", "b", "c"]) == "a, b and c"
