"""Where: the place of the deed itself, not the speaker's and not a demonym's."""

import pytest

CASES = [
    ("Rockets hit a base near Kirkuk, a spokesman said in Baghdad.", "hit", "Kirkuk"),
    ("The Iraqi army said in Baghdad that rockets had struck Balad.", "struck", "Balad"),
    ("A US contractor was killed when rockets hit a base near Kirkuk.", "killed", "Kirkuk"),
    ("Fighters attacked Turkish troops in Idlib, Syria.", "attacked", "Idlib"),
    ("Saudi jets bombed Yemen.", "bombed", "Yemen"),
    ("The presidents of Chad and Sudan met in Doha.", "met", "Doha"),
    ("Malian forces killed eight herders near Moura.", "killed", "Moura"),
    ("Gunmen killed two guards.", "killed", None),
    ("The commissions of Chad and Sudan met on the Abeche road on Monday.", "met", "Abeche"),
    ("Fighters in Lebanon shelled Haifa from the hills.", "shelled", "Haifa"),
    ("Mortar fire killed two soldiers in Tikrit.", "fire", "Tikrit"),
    ("The envoys would not meet in Doha if Tikrit was shelled again.", "meet", "Doha"),
    ("The envoys would not meet if Tikrit was shelled again.", "meet", None),
    ("The army sent two lorries of flour from Tikrit.", "sent", None),
    ("The army sent two lorries of flour from Tikrit to Samarra.", "sent", "Samarra"),
    ("The mayor accused smugglers of killing two guards near Tikrit.", "accused", None),
    ("In Doha, the envoys condemned the shelling of Tikrit.", "condemned", "Doha"),
    ("Tikrit's spokesman denied that troops had shelled the village.", "shelled", None),
]


@pytest.mark.parametrize(("text", "word", "place"), CASES, ids=[c[0][:40] for c in CASES])
def test_the_place_of_the_deed(deed, text, word, place):
    found = deed(text, word).place
    assert (found and found.name) == place


def test_a_country_is_never_a_point_on_a_city(deed):
    assert deed("Saudi jets bombed Yemen.", "bombed").place.precision == "country"


def test_a_backer_in_a_compound_is_no_place(deed):
    place = deed("Iran-backed fighters attacked Tikrit.", "attacked").place
    assert (place.name, place.country) == ("Tikrit", "IRQ")


def test_what_a_sentence_is_passed_for_is_elsewhere(deed):
    assert deed("A court sentenced the commander to ten years for the killings in Tikrit.", "sentenced").place is None
