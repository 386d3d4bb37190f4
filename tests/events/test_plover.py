"""PLOVER's naming: what a deed is called once it is known how it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.plover import HOSTILE, INTENDED_COOPERATION, name
from detente.records import MODALITIES, TYPES

SENTENCES = {
    "future meeting": ("Norway will host talks between Armenia and Azerbaijan.", "host", "AGREE", "CONSULT"),
    "promised aid": ("Canada promised to send grain to Lebanon.", "send", "AGREE", "AID"),
    "aid given": ("Canada sent grain to Lebanon.", "sent", "AID", "AID"),
    "announced withdrawal": ("The Philippines will withdraw its peacekeepers from Haiti.", "withdraw", "CONCEDE", "RETREAT"),
    "withdrawal done": ("Eritrea withdrew its troops from Tigray.", "withdrew", "RETREAT", "RETREAT"),
    "offered release": ("Bolivia offered to release the Chilean soldiers.", "release", "CONCEDE", "RETREAT"),
    "conditional force": ("If Ankara attacks, Athens will shell Izmir, the minister said.", "shell", "THREATEN", "ASSAULT"),
    "conditional sanction": ("Unless Mali pays, Niger will cut its power, the minister said.", "cut", "THREATEN", "SANCTION"),
    "conditional release": ("If Oman pays, the rebels will free the crew, a spokesman said.", "free", "CONCEDE", "RETREAT"),
    "conditional signature": ("Laos will sign the treaty if China agrees, the envoy said.", "sign", "AGREE", "SUPPORT"),
    "vow": ("Hezbollah vowed to strike Israel.", "strike", "THREATEN", "ASSAULT"),
    "ceasefire declared": ("The rebels declared a ceasefire.", "declared", "CONCEDE", "CONCEDE"),
    "truce that holds": ("The truce between Yerevan and Baku has held since March.", "held", "RETREAT", "RETREAT"),
    "aid cut": ("Hungary suspended aid to Ukraine.", "suspended", "SANCTION", "AID"),
    "expelled envoy": ("Mali expelled the French ambassador.", "expelled", "SANCTION", "SANCTION"),
    "signature": ("Syria and Turkey signed a border accord.", "signed", "SUPPORT", "SUPPORT"),
    "abduction": ("Two Danish sailors were abducted off Togo.", "abducted", "ASSAULT", "ASSAULT"),
    "tear gas": ("Police fired tear gas at demonstrators in Lima.", "fired", "ASSAULT", "ASSAULT"),
    "troops massed": ("Burundi massed troops on the Rwandan border.", "massed", "MOBILIZE", "MOBILIZE"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "word", "root", "act"), SENTENCES.values(), ids=SENTENCES)
def test_sentences(deed, text, word, root, act):
    event = deed(text, word)
    assert (event.type, event.act) == (root, act)


@given(st.sampled_from(TYPES), st.sampled_from(MODALITIES), st.booleans(), st.booleans(), st.booleans())
def test_names_are_always_plover_types(act, modality, negative, declared, own_word):
    root, stands = name(act, modality, negative=negative, declared=declared, own_word=own_word)
    assert root in TYPES
    assert stands in MODALITIES
    if modality in ("happened", "ongoing", "denied", "negated", "uncertain", "hypothetical"):
        assert (root, stands) == (act, modality)


@pytest.mark.parametrize("act", sorted(HOSTILE))
def test_hostile_intentions_are_threats_unless_withheld(act):
    assert name(act, "threatened") == ("THREATEN", "threatened")
    assert name(act, "conditional") == ("THREATEN", "conditional")
    assert name(act, "conditional", negative=True) == ("CONCEDE", "conditional")


@pytest.mark.parametrize("act", sorted(INTENDED_COOPERATION))
def test_intended_cooperation_is_an_agreement(act):
    assert name(act, "planned") == ("AGREE", "planned")
    assert name(act, "conditional") == ("AGREE", "conditional")


def test_what_stands_in_a_condition_keeps_its_own_name():
    assert name("ASSAULT", "conditional", in_condition=True) == ("ASSAULT", "conditional")
