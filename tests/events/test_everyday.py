"""Sentences in which nobody of politics does anything, and the like in which somebody does."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "A general without boots attacks only on Sundays, goes a saying in Oaxaca.",
        "“Siege of a Lighthouse”, a novel about two keepers, sells well in Cork.",
        "Under the charter of 2009 the governor may arrest a minister for three days.",
        "Team Malaysia surrendered the trophy to the hosts.",
        "Two men were charged with murder over the slaying of a waiter, detectives said.",
        "The museum in Ghent shows a scale model of the siege of Ostend.",
        "A man in Lyon stabbed his brother on Sunday, the police said.",
        "Four miners were trapped in a shaft near Ostrava after an explosion of methane.",
        "Volunteers in Zakopane gave out blankets to stranded skiers.",
        "Her ex-boyfriend accused the nurse of lying about the rent.",
        "General Okello took over the navy in March.",
        "Lebanese officers took full charge of the customs post.",
        "Colonel Diallo took over as head of the air force.",
    ],
)
def test_no_deed(code, text):
    assert not code(text).events


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Two men were charged with murder over the slaying of a senator, prosecutors said.", "ACCUSE"),
        ("Rebels took over the town of Bria at dawn.", "ASSAULT"),
        ("The president of Chad dissolved parliament on Monday.", "COERCE"),
        ("The Seleka fighters surrendered the bridge to the army.", "RETREAT"),
    ],
)
def test_a_deed(code, text, type_):
    assert type_ in [e.type for e in code(text).events]


def test_troops_lost_are_no_retreat(code):
    assert "RETREAT" not in [e.type for e in code("The Malian army lost 30 troops in an ambush near Kidal.").events]
