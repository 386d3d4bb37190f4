"""What a reader takes from the article around a deed: kept apart from what its own words say."""

from datetime import date

from detente.records import Article, Zone


def told(coder, text, dateline=None, published=date(2031, 5, 16)):  # a Friday
    zones = (Zone("dateline", 0, len(dateline)),) if dateline else ()
    article = Article(id="t", text=text, published=published, dateline=dateline, zones=zones)
    return {e.trigger.quote: e for e in coder.code(article).events}


def where(event):
    place = event.inferred_place or event.place
    return place.name, place.country


def test_what_was_said_stays_alone(coder):
    event = told(coder, "Gunmen killed two guards in Mopti on Tuesday.")["killed"]
    assert event.place.name == "Mopti" and event.date.start == date(2031, 5, 13)
    assert (event.inferred_place, event.inferred_date) == (None, None)


def test_a_deed_is_where_and_when_the_deed_before_it_was(coder):
    events = told(coder, "Gunmen killed two guards in Mopti on Tuesday. They kidnapped a nurse.")
    event = events["kidnapped"]
    assert event.place is None and event.date is None
    assert where(event) == ("Mopti", "MLI") and event.inferred_date.start == date(2031, 5, 13)


def test_a_government_speaks_from_its_capital_or_country(coder):
    events = told(
        coder,
        "Gunmen killed two guards in Mopti on Tuesday.\n\nThe Nigerien government condemned the killing.\n\nOuagadougou accused the army of sloth.",
    )
    assert where(events["condemned"]) == ("Niger", "NER")
    assert where(events["accused"]) == ("Ouagadougou", "BFA")
    assert events["condemned"].place is None
    assert events["condemned"].inferred_date.start == date(2031, 5, 16)


def test_a_state_acts_at_home_where_the_story_is_elsewhere(coder):
    events = told(coder, "Gunmen killed two guards in Mopti on Tuesday.\n\nSenegalese police arrested nine drivers.")
    assert where(events["arrested"]) == ("Senegal", "SEN")


def test_the_dateline_is_where_a_report_opens(coder):
    line = "LOMÉ, Togo —"
    event = told(coder, f"{line} Police dispersed a march of teachers.", dateline=line)["dispersed"]
    assert where(event) == ("Lomé", "TGO")


def test_a_look_back_keeps_its_own_time(coder):
    events = told(
        coder,
        "Rebels shelled Goma on Tuesday.\n\nIn March 2029 the same rebels took the port. They hanged the mayor.",
    )
    assert events["hanged"].inferred_date.start == date(2029, 3, 1)


def test_the_same_evening_is_that_of_the_last_day_told(coder):
    events = told(coder, "Rebels shelled Goma on Tuesday.\n\nPolice freed nine pickets the same evening.")
    assert events["freed"].inferred_date.start == date(2031, 5, 13)


def test_without_a_day_of_publication_nothing_is_guessed(coder):
    assert told(coder, "Gunmen killed two guards in Mopti.", published=None)["killed"].inferred_date is None


def test_an_absence_gets_no_day(coder):
    event = told(coder, "No rockets have been fired at Mopti.")["fired"]
    assert event.absence and event.inferred_date is None


def test_here_and_there_point(coder):
    text = "Gunmen killed two guards in Mopti on Tuesday.\n\nA convoy left Gao at dawn, and soldiers arrested a driver there."
    assert where(told(coder, text)["arrested"]) == ("Gao", "MLI")
    text = "Gunmen killed two guards in Mopti on Tuesday.\n\nThe envoy flew to Gao. In March soldiers arrested a judge here."
    assert where(told(coder, text, published=None)["arrested"]) == ("Mopti", "MLI")


def test_what_exiles_say_is_not_where_they_are(coder):
    text = "Gunmen killed two guards in Mopti on Tuesday.\n\nExiles in Niamey say that soldiers arrested a judge."
    assert where(told(coder, text)["arrested"]) == ("Mopti", "MLI")


def test_the_same_town_is_the_one_named_last(coder):
    events = told(
        coder,
        "Gunmen killed two guards in Mopti on Tuesday.\n\nRebels shelled Gao. In 2029 bandits bombed a bank in the same town.",
    )
    assert where(events["bombed"]) == ("Gao", "MLI")


def test_a_speaker_stands_where_he_was_said_to_have_gone(coder):
    events = told(
        coder,
        "Gunmen killed two guards in Mopti on Tuesday.\n\nMali's foreign minister flew to Lomé. He condemned the killing.",
    )
    assert where(events["condemned"]) == ("Lomé", "TGO")


def test_a_strait_is_on_the_side_the_report_is_from(coder):
    line = "MUSCAT, Oman —"
    event = told(
        coder, f"{line} Pirates seized a tanker in the Strait of Hormuz on Tuesday, off Khasab.", dateline=line
    )["seized"]
    assert event.place.country is None and where(event) == ("Strait of Hormuz", "OMN")


def test_a_new_paragraph_returns_to_the_day_of_the_story(coder):
    events = told(
        coder,
        "Rebels shelled Gao on Thursday.\n\nOn Monday they robbed a bank in Mopti.\n\nThe army arrested nine drivers in Gao.",
    )
    assert events["arrested"].inferred_date.start == date(2031, 5, 15)


def test_the_day_of_a_condition_is_not_the_threats(coder):
    text = "Gunmen killed two guards in Mopti on Tuesday.\n\n“If the army is not gone by Sunday, we will attack Gao,” a rebel said."
    event = told(coder, text)["attack"]
    assert event.date is None and event.inferred_date.start == date(2031, 5, 16)


def test_a_deed_of_another_day_is_not_where_its_sentence_was(coder):
    text = "Mourners set fire to a police station in Kisumu on Tuesday after a funeral march on Sunday for students killed in Sunday's raids."
    events = told(coder, text)
    assert where(events["set fire"]) == ("Kisumu", "KEN")
    assert events["killed"].place is None and events["killed"].inferred_place is None
