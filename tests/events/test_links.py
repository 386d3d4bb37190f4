"""Links: statements that two actors are tied, with speaker and hedge; never bare facts."""

import pytest

CASES = {
    "front for": ("Washington suspects that the Ashab al-Kahf group is a front for Kataib Hezbollah.",
                  ("the Ashab al-Kahf group", "front", "Kataib Hezbollah", "suspicion", "suspects", "Washington")),
    "front for, unknown name": ("The Sons of the River are a front for Al-Shabaab, the Kenyan police said.",
                                ("The Sons of the River", "front", "Al-Shabaab", "stated", None, "the Kenyan police")),
    "offshoot of": ("Jamaat Nusrat is an offshoot of Al-Qaeda.",
                    ("Jamaat Nusrat", "splinter", "Al-Qaeda", "stated", None, None)),
    "X-backed": ("Iran-backed militias attacked a base in Syria.",
                 ("Iran-backed militias", "backed", "Iran", "stated", None, None)),
    "backed by, in an apposition": ("The M23, a group backed by Rwanda, captured Bunagana.",
                                    ("The M23", "backed", "Rwanda", "stated", None, None)),
    "called a proxy": ("Kinshasa called the movement a proxy of Rwanda.",
                       ("the movement", "backed", "Rwanda", "stated", None, None)),
    "same actors": ("The attackers were the same actors, an Iraqi official said: Kataib Hezbollah and its friends.",
                    ("The attackers", "front", "Kataib Hezbollah", "stated", None, "an Iraqi official")),
    "linked to": ("The network is linked to Hezbollah, officials believe.",
                  ("The network", "aligned", "Hezbollah", "suspicion", "believe", "officials")),
    "broke away from": ("The faction broke away from the FARC, the army said.",
                        ("The faction", "splinter", "the FARC", "stated", None, "the army")),
    "renamed itself": ("The Nusra Front renamed itself Jabhat Fatah al-Sham.",
                       ("The Nusra Front", "renamed", "Jabhat Fatah al-Sham", "stated", None, None)),
    "armed wing of": ("The Popular Front, the armed wing of the Workers' Party, marched.",
                      ("The Popular Front", "wing", "the Workers' Party", "stated", None, None)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_ties(code, text, expected):
    (link,) = code(text).links
    speaker = link.attribution[0].source.text if link.attribution else None
    assert (link.subject.text, link.kind, link.object.text, link.proof, link.hedge, speaker) == expected
    assert link.evidence.quote == text


@pytest.mark.parametrize(
    "text",
    [
        "A cold front moved over Iran.",
        "Troops left the front for Damascus.",
        "Iran and Syria signed a pact.",
        "He lost an arm in Iraq.",
        "The minister broke with tradition.",
        "The city was renamed Volgograd in 1961.",
    ],
)
def test_words_that_tie_nobody(code, text):
    assert code(text).links == ()
