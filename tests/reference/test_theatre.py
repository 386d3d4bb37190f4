from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import ConfigError, InputError
from detente.reference.theatre import Coverage, LullDefinition
from detente.reference.theatrefile import load_theatre

SMALL = """
id = "north"
name = "The north"
section = "North News"
[[dyad]]
id = "one-two"
name = "One and Two"
a = ["AAA"]
b = ["north.two", "north.three"]
"""


def written(folder, text):
    (folder / "theatre.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_small_theatre_has_sensible_defaults(tmp_path):
    theatre = load_theatre(written(tmp_path, SMALL))
    assert theatre.dyad("one-two").b == ("north.two", "north.three")
    assert (theatre.languages, theatre.lulls, theatre.coverage) == (("en",), {}, Coverage())
    assert theatre.folder == tmp_path
    assert load_theatre(tmp_path / "theatre.toml") == theatre


def test_actors_places_outlets_and_lulls_are_read(tmp_path):
    theatre = load_theatre(written(tmp_path, SMALL + """
[[actor]]
id = "north.two"
name = "Two"
kind = "group"
names = ["Second", "II"]
affiliation = [{ to = "north.three", kind = "member", start = 2030-05, end = "2031", source = "its statement" }]
[[place]]
id = "north:hut"
name = "The hut"
lat = 1
lon = 2.5
hosts = ["AAA", { actor = "AAA.MIL", start = 2031-01-01, end = 2031-02-01 }]
[[outlet]]
name = "Northern Star"
party = true
party_to = "AAA"
[lull.one-two]
direction = "both"
minimum_days = 21
[coverage]
silent_days = 3
""".replace("2030-05,", '"2030-05",')))  # fmt: skip
    tie = theatre.actors[0].affiliations[0]
    assert (tie.start, tie.end) == (date(2030, 5, 1), date(2031, 12, 31))
    hosts = theatre.places[0].hosts
    assert [each.on(date(2031, 3, 1)) for each in hosts] == [True, False]
    assert theatre.outlet("NORTHERN STAR").party_to == ("AAA",)
    assert theatre.lulls == {"one-two": LullDefinition(direction="both", minimum_days=21)}
    assert theatre.coverage.silent_days == 3


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (SMALL + 'colour = "red"', "colour"),
        (SMALL + '[[place]]\nid = "p"\nname = "P"\nlattitude = 3', "unknown key 'lattitude'"),
        (SMALL + '[[place]]\nname = "P"', "'id' is missing"),
        (SMALL + '[[place]]\nid = "p"\nname = "P"\nprecision = "roughly"', "roughly"),
        (SMALL + "[lull.two-one]\nminimum_days = 3", "no dyad"),
        (SMALL + '[lull.one-two]\nacts = ["HIT"]', "HIT"),
        (SMALL + "[lull.one-two]\nminimum_days = true", "minimum_days"),
        (SMALL + "[lull.one-two]\nminimum_days = 0", "1 or more"),
        (SMALL + '[period]\nstart = "soon"', "soon"),
        (SMALL + '[[dyad]]\nid = "one-two"\nname = "Again"\na = ["A"]\nb = ["B"]', "stands twice"),
        (SMALL.replace('a = ["AAA"]', ""), "both sides"),
        ('id = "x"\nname = "X"', "at least one"),
        ("id = ", "theatre.toml"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, complaint):
    with pytest.raises(ConfigError, match=complaint):
        load_theatre(written(tmp_path, text))


def test_a_missing_theatre_is_named():
    with pytest.raises(ConfigError, match="no theatre at 'atlantis'"):
        load_theatre("atlantis")


def test_the_bundled_theatre_is_found_by_name():
    theatre = load_theatre("iraq-2020")
    assert theatre.id == "iraq-2020"
    assert set(theatre.lulls) <= {each.id for each in theatre.dyads}


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("t")
    (folder / "theatre.toml").write_text(text, encoding="utf-8", errors="replace", newline="")
    with pytest.raises(InputError):
        load_theatre(folder)
