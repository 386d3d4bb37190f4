"""Antecedents: whom 'its forces', 'the militia' and 'they' stand for; nothing is guessed."""

import pytest

# text, trigger, side, index, (words, name)
CASES = {
    "its forces": ("Ethiopia sent tanks to the border. Its forces shelled Humera.", "shelled", ("Its forces", "Ethiopia's forces")),
    "the militia": ("Kataib Hezbollah issued a statement. The militia attacked a convoy.", "attacked", ("The militia", "Kataib Hezbollah")),
    "the group": ("Al-Shabaab captured the town. The group killed two elders.", "killed", ("The group", "Al-Shabaab")),
    "the country": ("Eritrea mobilised reservists. The country then attacked Tigray.", "attacked", ("The country", "Eritrea")),
    "they": ("Sudanese soldiers entered Abyei. They looted the police station.", "looted", ("They", "Sudanese soldiers")),
    "he": ("President Ruto flew to Juba. He threatened to expel the envoy.", "expel", ("He", "President Ruto")),
    "we": ("“We will bomb Tripoli,” General Haftar said.", "bomb", ("We", "Khalifa Haftar")),
    "across a paragraph": ("Hezbollah held a parade.\n\nThe group shelled Metula on Monday.", "shelled", ("The group", "Hezbollah")),
    "nobody named": ("The militia attacked a convoy.", "attacked", ("The militia", None)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "word", "expected"), CASES.values(), ids=CASES)
def test_who_did_it(deed, text, word, expected):
    doer = deed(text, word).actors[0]
    assert (doer.text, doer.name) == expected
    if doer.antecedent is not None:
        assert text[doer.antecedent.start : doer.antecedent.end] == doer.antecedent.quote


def test_its_forces_are_the_army_of_the_country_named(deed):
    doer = deed("Ethiopia sent tanks to the border. Its forces shelled Humera.", "shelled").actors[0]
    assert (doer.actor, doer.country, doer.sector) == ("ETH.MIL", "ETH", "MIL")


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Should Turkish troops cross the river, Syria will shell them.", "shell", "Turkish troops"),
        ("The Somali army and Al-Shabaab clashed. “We killed thirty of them,” the army spokesman said.", "killed", "Al-Shabaab"),
        ("Unless Sudan frees the pilots, Egypt will bomb its airfields.", "bomb", "Sudan"),
    ],
)  # fmt: skip
def test_nobody_is_his_own_target(deed, text, word, name):
    assert [m.name for m in deed(text, word).recipients] == [name]


def test_a_name_in_the_phrase_says_more_than_its_pronoun(deed):
    met = deed("The Kenyan president is to meet his Somali counterpart on Friday.", "meet")
    assert "SOM" in {m.country for m in met.recipients}
