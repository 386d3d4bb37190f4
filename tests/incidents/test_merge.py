from __future__ import annotations

from dataclasses import replace
from datetime import date

from handmade import (
    ARL,
    CAMP,
    COUNTRY,
    EVENTS,
    FORT,
    FRONT,
    ONE,
    RAIDERS,
    SPOKESMAN,
    THREE,
    TOWN,
    TROOPS,
    TWO,
    article,
    event,
    killed,
    on,
    rolls_up,
    says,
    span,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.incidents import explain, merge
from detente.incidents.explain import as_data
from detente.records import Count, Interval, Mention, Place

DAY = on("2031-03-03")


def both(*events):
    return merge(events, {each.id: each for each in (ONE, TWO, THREE)}, rolls_up=rolls_up)


def hit(**more):
    return event(
        ONE, "hit", **{"place": CAMP, "date": DAY, "recipients": (TROOPS,), "modes": ("heavy-weapons",), **more}
    )


def test_two_reports_of_one_attack_are_one_incident_with_both_tolls():
    other = event(TWO, "rocket attack", place=TOWN, date=DAY, recipients=(ARL,), modes=("heavy-weapons",),
                  counts=(killed(3, speaker="officials"),))  # fmt: skip
    (incident,) = both(hit(counts=(killed(2),)), other)
    assert incident.reports == ("a1", "a2")
    assert incident.origins == 2
    assert [(toll.low, toll.speaker) for toll in incident.tolls] == [(2, "Valley Wire"), (3, "officials")]
    assert incident.title == "Rockets hit Camp Birch; 2 to 3 killed"
    assert any("same recipient" in reason for reason in incident.why)


def test_other_place_other_day_other_actor_stay_apart():
    apart = event(THREE, "shelled", place=FORT, date=DAY, recipients=(TROOPS,), modes=("heavy-weapons",))
    later = event(TWO, "rocket attack", place=CAMP, date=on("2031-03-05"), recipients=(TROOPS,))
    rival = event(
        TWO, "killed", place=COUNTRY, date=DAY, actors=(RAIDERS,), recipients=(Mention("Elmton", actor="x.y"),)
    )
    assert len(both(hit(actors=(FRONT,)), apart, later, rival)) == 4


def test_one_report_with_two_places_gives_two_incidents():
    text = article("b", "Rockets hit Camp Birch, and mortars hit Fort Alder.", "2031-03-04")
    pair = [event(text, "Rockets hit", place=CAMP, date=DAY), event(text, "mortars hit", place=FORT, date=DAY)]
    assert len(merge(pair, {"b": text}, rolls_up=rolls_up)) == 2


def test_one_report_does_not_split_an_attack_from_its_casualties():
    died = event(ONE, "died", date=DAY, recipients=(TROOPS,), counts=(killed(2),))
    assert len(both(hit(), died)) == 1


def test_a_bare_sentence_goes_on_telling_of_the_attack_before_it():
    text = article(
        "c", "Rockets hit Camp Birch on Monday. Fourteen were hurt, a doctor said. Arland struck back.", "2031-03-04"
    )
    attack = event(text, "hit", place=CAMP, date=DAY, modes=("heavy-weapons",))
    hurt = event(text, "hurt", counts=(Count("injured", 14, 14),))
    reply = event(text, "struck", actors=(ARL,))
    made = merge([attack, hurt, reply], {"c": text}, rolls_up=rolls_up)
    assert [each.title for each in made if len(each.events) == 2] == ["Rockets hit Camp Birch; 14 hurt"]
    assert len(made) == 2, "a reply by a named actor is a happening of its own"


def test_a_night_printed_with_two_dates_is_one_night_only_where_night_is_said():
    late = hit(date=on("2031-03-03", text="late on Monday"))
    next_day = event(TWO, "rocket attack", place=CAMP, date=on("2031-03-04"), recipients=(TROOPS,))
    assert len(both(late, next_day)) == 1
    assert len(both(hit(), next_day)) == 2


def test_a_background_mention_joins_the_old_incident():
    old = article("o", "Arland jets struck a River Front camp in Elmton on Monday.", "2031-01-07")
    new = article("n", "Arland, which struck the River Front in January, called for talks.", "2031-03-05")
    first = event(old, "struck", actors=(ARL,), recipients=(FRONT,), place=TOWN, date=on("2031-01-06"))
    again = event(new, "struck", actors=(ARL,), recipients=(FRONT,),
                  date=Interval(date(2031, 1, 1), date(2031, 1, 31), "month", "in January"))  # fmt: skip
    (incident,) = merge([again, first], {"o": old, "n": new}, rolls_up=rolls_up)
    assert incident.date.start == date(2031, 1, 6)
    assert incident.known == date(2031, 1, 7)


def test_a_vague_mention_that_fits_two_incidents_joins_neither():
    reports = {
        key: article(key, f"Arland struck the River Front again, report {key}.", f"2031-01-{day}")
        for key, day in (("x", "07"), ("y", "21"))
    }
    first, second = (event(each, "struck", actors=(ARL,), recipients=(FRONT,), date=on(f"2031-01-{day}"))
                     for each, day in zip(reports.values(), ("06", "20"), strict=True))  # fmt: skip
    new = article("n", "Arland struck the River Front in January.", "2031-03-05")
    vague = event(new, "struck", actors=(ARL,), recipients=(FRONT,),
                  date=Interval(date(2031, 1, 1), date(2031, 1, 31), "month", "in January"))  # fmt: skip
    assert len(merge([first, second, vague], reports | {"n": new}, rolls_up=rolls_up)) == 3


def test_a_denial_stands_beside_the_claim():
    text = article("d", "The River Front denied that it had fired on Camp Birch on Monday.", "2031-03-06")
    blamed = hit(actors=(FRONT,), attribution=says(SPOKESMAN, "blames", party=True))
    denied = event(text, "fired", modality="denied", actors=(FRONT,), place=CAMP, date=DAY,
                   attribution=says(FRONT, "denies"))  # fmt: skip
    (incident,) = merge([blamed, denied], {"a1": ONE, "d": text}, rolls_up=rolls_up)
    assert incident.disputed and not incident.retracted
    assert incident.blamed == ("valley.river-front",) and incident.actors == ()
    assert [each.stance for each in incident.statements] == ["blames", "denies"]
    assert incident.modality == "happened"


def test_who_takes_back_what_it_said_retracts_it():
    text = article("d", "Officials took back their report of a strike on Camp Birch on Monday.", "2031-03-06")
    officials = Mention("officials")
    said = hit(attribution=says(officials))
    taken_back = event(text, "strike", modality="denied", place=CAMP, date=DAY, recipients=(TROOPS,),
                       attribution=says(officials, "denies"))  # fmt: skip
    (incident,) = merge([said, taken_back], {"a1": ONE, "d": text}, rolls_up=rolls_up)
    assert incident.retracted


def test_a_claim_is_no_fact_and_does_not_name_the_actor():
    claimed = hit(actors=(FRONT,), attribution=says(FRONT, "claims"))
    (alone,) = both(claimed)
    assert (alone.modality, alone.actors, alone.claimed) == ("uncertain", (), ("valley.river-front",))
    (seen,) = both(claimed, event(TWO, "rocket attack", place=CAMP, date=DAY, recipients=(TROOPS,)))
    assert (seen.modality, seen.claimed) == ("happened", ("valley.river-front",))


def test_plans_and_absences_are_no_happenings():
    plan = hit(modality="planned", key="plan")
    absent = hit(modality="negated", key="absent", absence=True)
    made = {each.modality: each for each in both(hit(key="done"), plan, absent)}
    assert set(made) == {"happened", "planned", "negated"}
    assert made["negated"].title == "No attack on Arland troops reported, Camp Birch"


def test_a_summary_of_many_attacks_is_kept_from_single_ones():
    many = event(TWO, "rocket attack", place=CAMP, date=DAY, counts=(Count("attacks", 24, None),))
    made = both(hit(), many)
    assert len(made) == 2
    assert any("sums up several" in reason for each in made for reason in each.why)


def test_explain_names_each_mention_and_what_joined_them():
    other = event(TWO, "rocket attack", place=TOWN, date=DAY, recipients=(ARL,), modes=("heavy-weapons",))
    events = [hit(), other]
    (incident,) = both(*events)
    text = "\n".join(explain(incident, events))
    assert "“Rockets hit Camp Birch on Monday.”" in text
    assert "same recipient" in text and "2 reports of 2 independent origins" in text


@settings(max_examples=120, deadline=None)
@given(EVENTS, st.randoms(use_true_random=False))
def test_every_event_is_in_exactly_one_incident_in_whatever_order(events, random):
    made = both(*events)
    assert sorted(number for each in made for number in each.events) == sorted(each.id for each in events)
    shuffled = list(events)
    random.shuffle(shuffled)
    assert both(*shuffled) == made


@settings(max_examples=60, deadline=None)
@given(EVENTS)
def test_an_unrelated_event_changes_nothing(events):
    far = article("far", "Fishermen blocked the harbour of Seaham.", "2029-06-02")
    other = event(far, "blocked", "PROTEST", key="far", date=on("2029-06-01"), actors=(Mention("fishermen"),))
    reports = {each.id: each for each in (ONE, TWO, THREE, far)}
    made = merge([*events, other], reports, rolls_up=rolls_up)
    assert [each for each in made if "far" not in each.events] == merge(events, reports, rolls_up=rolls_up)


def test_a_base_given_back_is_no_release_of_captives():
    report = article("h", "Arland troops handed over Camp Birch to the police on Sunday.", "2031-03-30")
    made = merge(
        [event(report, "handed over", "RETREAT", actors=(TROOPS,), place=CAMP, modes=("release",))], {"h": report}
    )
    assert made[0].title == "Camp Birch handed over by Arland troops"


def test_a_town_that_was_hit_is_no_party():
    one = article("p", "The last rockets in Elmton fell on 4 March.", "2031-03-20")
    town = Mention("Elmton", actor="VAL.GOV", country="VAL")
    made = merge([event(one, "fell", date=on("2031-03-04"), place=TOWN, recipients=(town,))], {"p": one})
    assert made[0].recipients == () and made[0].title == "Rockets hit Elmton"


def test_a_nationality_is_no_place_but_the_base_in_the_words_is():
    land = Place("Arland", "country", 50.0, 50.0, "ARL", id="iso:ARL")
    one = article("q", "An Arland soldier was killed when rockets hit Camp Birch on Monday.", "2031-03-04")
    soldier = Mention("An Arland soldier", span(one, "An Arland soldier"), country="ARL", sector="MIL")
    told = event(one, "killed", place=replace(land, span=span(one, "Arland")), date=DAY, recipients=(soldier,))
    placed = hit(place=replace(CAMP, span=span(ONE, "Camp Birch")))
    (incident,) = merge([told, placed], {"q": one, "a1": ONE}, rolls_up=rolls_up)
    assert incident.place.name == "Camp Birch"


def test_friday_s_raid_joins_the_only_raid_of_friday_and_none_of_two():
    raid = article("q", "The raid of Monday on the Front was lawful, a lawyer said.", "2031-03-06")
    named = hit(actors=(ARL,), recipients=(FRONT,))
    bare = event(raid, "raid", actors=(ARL,), date=DAY)
    assert len(merge([named, bare], {"a1": ONE, "q": raid}, rolls_up=rolls_up)) == 1
    other = event(THREE, "shelled", place=FORT, date=DAY, actors=(ARL,), recipients=(FRONT,))
    assert len(merge([named, other, bare], {"a1": ONE, "a3": THREE, "q": raid}, rolls_up=rolls_up)) == 3


def test_explain_as_data_says_what_looks_back_and_what_copies():
    late = article("l", ONE.text, "2031-03-06", "Elm Post")
    events = [hit(), event(late, "hit", place=CAMP, date=DAY, recipients=(TROOPS,))]
    (incident,) = merge(events, {"a1": ONE, "l": late}, rolls_up=rolls_up)
    data = as_data(incident, events, {"a1": ONE, "l": late})
    assert [each["report"] for each in data["mentions"]] == ["a1", "l"]
    assert "same place" in data["mentions"][1]["joined_because"] and not data["mentions"][1]["looks_back"]
    assert data["copies"] == ["l has the words of a1"] and data["origins"] == 1


def test_the_place_that_was_hit_is_no_victim_and_the_weapon_makes_the_title():
    """Where a place is read from the words of one mention, it stands for nobody in the incident either."""
    one = article("b1", "Three rockets struck the Elmton district before dawn.", "2031-03-04")
    two = article("b2", "Rockets fell in Elmton on Monday.", "2031-03-04", "Arland Post")
    day = on("2031-03-03")
    struck = event(
        one, "struck", date=day, actors=(Mention("Three rockets"),), recipients=(Mention("the Elmton district"),)
    )
    fell = event(two, "fell", date=day, place=TOWN)
    (made,) = merge([struck, fell], {one.id: one, two.id: two}, rolls_up=rolls_up)
    assert made.recipients == () and made.actors == () and made.title == "Rockets hit Elmton"


def test_a_row_keeps_its_own_place():
    """A coded row's columns are no prose: "country" stays its precision, whatever town another row names."""
    row = article("c1", "City: ; Country: Valley; Event Text: attack near Elmton", "2031-03-04")
    other = article("c2", "Rockets fell in Elmton on Monday.", "2031-03-04")
    coarse = event(row, "attack", date=on("2031-03-03"), place=COUNTRY, recipients=(TROOPS,), coder="row:icews")
    fine = event(other, "fell", date=on("2031-03-20"), place=TOWN)
    told = {
        each.events[0]: each.place for each in merge([coarse, fine], {row.id: row, other.id: other}, rolls_up=rolls_up)
    }
    assert told[coarse.id] == COUNTRY


def test_a_title_says_near_and_the_article_where_every_report_does():
    near = article("n", "Two shells fell near Camp Birch on Monday.", "2031-03-05")
    (told,) = merge([event(near, "fell", place=CAMP, date=DAY)], {"n": near})
    assert told.title == "Shelling falls near Camp Birch"
    zone = replace(CAMP, name="River Zone")
    there = article("z", "Rockets hit the River Zone on Monday.", "2031-03-05")
    (told,) = merge([event(there, "hit", place=replace(zone, span=span(there, "River Zone")), date=DAY)], {"z": there})
    assert told.title == "Rockets hit the River Zone"


def test_victims_told_by_name_are_the_least_that_died():
    text = "Arland killed General Otto Brandt and Major Ida Holm in a raid. Their convoy was near Camp Birch."
    report = article("v", text, "2031-03-05")
    named = replace(killed(2), span=span(report, "General Otto Brandt and Major Ida Holm"))
    (told,) = merge(
        [event(report, "killed", actors=(ARL,), recipients=(FRONT,), date=DAY, counts=(named,))], {"v": report}
    )
    assert told.title.endswith("; at least 2 killed")


def test_the_second_night_in_succession_is_not_the_first():
    first = article("f", "Rockets hit Camp Birch late on Monday night.", "2031-03-05")
    second = article("s", "Camp Birch was hit on Tuesday, for the second night in succession.", "2031-03-06")
    told = [
        event(first, "hit", place=CAMP, date=on("2031-03-04"), recipients=(TROOPS,)),
        event(second, "hit", place=CAMP, date=on("2031-03-05"), recipients=(TROOPS,)),
    ]
    assert len(merge(told, {"f": first, "s": second})) == 2
    again = article("s", "Camp Birch was hit in the night to Tuesday.", "2031-03-06")
    same = event(again, "hit", place=CAMP, date=on("2031-03-05"), recipients=(TROOPS,))
    assert len(merge([told[0], same], {"f": first, "s": again})) == 1


def test_what_happened_elsewhere_that_day_does_not_keep_a_bare_mention_from_its_only_raid():
    raid = article("q", "The raid of Monday on the Front was lawful, a lawyer said.", "2031-03-06")
    named = hit(actors=(ARL,), recipients=(FRONT,))
    bare = event(raid, "raid", actors=(ARL,), place=TOWN, date=DAY)
    far = event(THREE, "shelled", place=FORT, date=DAY, actors=(ARL,), recipients=(FRONT,))
    made = merge([named, far, bare], {"a1": ONE, "a3": THREE, "q": raid}, rolls_up=rolls_up)
    assert sorted(len(each.events) for each in made) == [1, 2]
