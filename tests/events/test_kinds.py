"""Kinds of news that once went wrong, each in sentences of our own: what, did it happen, on whose word."""

import pytest


def seen(code, text, word):
    """(type, modality) of the event at `word`."""
    at = text.index(word)
    hits = [e for e in code(text).events if e.trigger.start < at + len(word) and at < e.trigger.end]
    return [(e.type, e.modality) for e in hits]


@pytest.mark.parametrize(
    ("text", "word", "type_"),
    [
        ("Morocco lent Spain four water bombers.", "lent", "AID"),
        ("Qatar flew in two field hospitals for Mogadishu.", "flew in", "AID"),
        ("Eritrea let Red Cross doctors into the camp at Barentu.", "let", "RETREAT"),
        ("Myanmar's generals have allowed UN convoys into Rakhine.", "allowed", "RETREAT"),
        ("Rwanda and Burundi reopened their common border on Monday.", "reopened", "COOPERATE"),
        ("The editor was led away in handcuffs by soldiers of the junta.", "led away", "COERCE"),
        ("Belarus forced a cargo plane to land at Gomel.", "forced", "COERCE"),
        ("The former vice-president has been confined to her residence since May.", "confined", "COERCE"),
        ("Mali gave the German chargé d'affaires 48 hours to leave the country.", "gave", "SANCTION"),
        ("The truce in Tripoli collapsed at dawn.", "collapsed", "ASSAULT"),
        ("Investigators found a mass grave near the barracks at Tarhuna.", "mass grave", "ASSAULT"),
        ("Egypt gave its blessing to the Saudi plan.", "gave", "SUPPORT"),
        ("Kenya's interior minister named two clerics as the masterminds of the bombing.", "named", "ACCUSE"),
        ("Tokyo summoned the Russian high commissioner.", "summoned", "ACCUSE"),
        ("Thousands of students turned out in Basra on Friday.", "turned out", "PROTEST"),
        ("The militia turned its rifles in at the barracks on Monday.", "turned", "RETREAT"),
        ("A WFP convoy set out for El Fasher on Tuesday.", "set out", "AID"),
        ("Forty UN aid trucks rolled into Tigray.", "rolled into", "AID"),
        ("Cattle raiders from South Sudan carried off nineteen children.", "carried off", "ASSAULT"),
        ("The Sudanese army retook Sennar bridge.", "retook", "ASSAULT"),
    ],
)
def test_what_it_is_called(code, text, word, type_):
    assert type_ in [t for t, _ in seen(code, text, word)]


@pytest.mark.parametrize(
    ("text", "word", "type_", "modality"),
    [
        ("Sudan's two generals did not meet in Addis Ababa.", "meet", "CONSULT", "negated"),
        ("Deputies in Chisinau voted by 60 to 30 to ratify the customs treaty with Romania.", "ratify", "SUPPORT", "happened"),
        ("The visit of Chad's premier to Niamey ended on Sunday.", "visit", "CONSULT", "happened"),
        ("The prosecutor saw no reason to indict the mayor.", "indict", "ACCUSE", "negated"),
        ("Two riders tried to kill the governor of Zinder, but their pistol jammed.", "kill", "ASSAULT", "happened"),
        ("Angolan sappers might be laying mines on the road to Cabinda.", "laying", "MOBILIZE", "uncertain"),
        ("A protest march that the veterans had planned for Saturday was cancelled.", "march", "PROTEST", "negated"),
        ("Bowing to the street, Peru's cabinet scrapped the water levy.", "Bowing", "CONCEDE", "happened"),
        ("Cairo has never threatened to bomb the dam, its water minister said.", "bomb", "THREATEN", "denied"),
        ("Water to the camp was cut off by the governor until the fines are paid.", "cut off", "COERCE", "happened"),
        ("A claim by the Free Delta Army to have blown up the pipeline was disowned by its leader.", "blown up", "ASSAULT", "denied"),
        ("Chad's junta promised to free the students by October.", "free", "CONCEDE", "planned"),
        ("A nun in Bria said that rebels had burned the mill, but her claim could not be verified.", "burned", "ASSAULT", "uncertain"),
        ("Doha has not rejected the French paper; it wants time.", "rejected", "REJECT", "negated"),
        ("Mortars along the canal have been silent since Tuesday.", "silent", "ASSAULT", "negated"),
        ("Peacekeepers retook the bridge without firing a shot.", "firing", "ASSAULT", "negated"),
    ],
)  # fmt: skip
def test_whether_it_happened(code, text, word, type_, modality):
    assert (type_, modality) in seen(code, text, word)


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("China plans missile drills in the Bohai Strait, Xinhua quoted an admiral as saying.", "drills", ["Xinhua", "an admiral"]),
        ("The army has crossed the Tekeze, a colonel was quoted by Radio Dimtsi as saying.", "crossed", ["Radio Dimtsi", "a colonel"]),
        ("Eritrea has pulled its tanks back from Zalambessa, the Gulf Herald understands.", "pulled", ["the Gulf Herald"]),
        ("A teacher in Uzhhorod said by telephone that tanks had shelled the town.", "shelled", ["A teacher in Uzhhorod"]),
        ("Reports that Wagner men were training Serb volunteers have been dismissed by Minsk.", "training", ["Minsk"]),
        ("The king, who met the Palestinian leader on Friday, is expected to name a cabinet.", "met", []),
        ("Dakar demanded compensation from Bamako for nine lorries burned at Kidira.", "burned", []),
        ("The Gazette has it from two nurses that rebels shot a porter in Bria.", "shot", ["The Gazette", "two nurses"]),
    ],
)  # fmt: skip
def test_whose_word(code, text, word, speakers):
    at = text.index(word)
    event = next(e for e in code(text).events if e.trigger.start < at + len(word) and at < e.trigger.end)
    assert [a.source.text for a in event.attribution if a.source is not None] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "In the tabletop exercise, Red's missiles sank two of Blue's carriers.",
        "In the opera the peasants hang the count before the last curtain.",
    ],
)
def test_what_is_played_is_not_done(code, text):
    assert code(text).events == ()


def test_a_film_that_a_group_shows_is_no_play(code):
    assert code("In a video, the Free Delta Army said it had shelled the port of Warri.").events


@pytest.mark.parametrize(
    "text",
    [
        "The premier kicked off his election tour in Lyon.",
        "Lawmakers returned to the capital after the summer recess.",
        "The monitors say they have no complaint about the food.",
        "What would it take for us to buy a house here?",
    ],
)
def test_verbs_that_look_like_deeds(code, text):
    assert code(text).events == ()


def test_what_is_promoted_is_no_party(code):
    event = code("Slovakia's premier rejected the letter from Vienna.").events[0]
    assert all("letter" not in m.text for m in event.recipients)


def test_the_warning_and_what_it_warns_of_are_one(code):
    coded = code("Cairo warned Khartoum that filling the dam would mean war.")
    assert [(e.type, e.modality) for e in coded.events] == [("THREATEN", "conditional")]


def test_closing_the_canal_would_mean_war(code):
    coded = code("Ethiopia warned Egypt that closing the canal would mean war.")
    assert [(t.condition.quote, t.holder.text) for t in coded.tripwires] == [("closing the canal", "Ethiopia")]


@pytest.mark.parametrize(
    "text",
    ["Ankara denies this.", "The rebels denied it.", "The envoy, who asked not to be identified, left Juba."],
)
def test_a_word_against_a_word_and_the_terms_of_speaking_are_no_deeds(code, text):
    assert not [e for e in code(text).events if e.type in ("COERCE", "REQUEST")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Lame-duck lawmakers return to Washington on Monday facing a stacked agenda.", "return"),
        ("Enrollments on federal exchanges picked up after a slow start.", "picked up"),
        ("The singer pleaded guilty to drinking on a beach in New Jersey.", "pleaded"),
    ],
)
def test_what_is_no_deed(code, text, word):
    assert seen(code, text, word) == []
