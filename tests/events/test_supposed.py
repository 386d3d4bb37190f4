"""Deeds that are only spoken of, each in a sentence of our own, beside the like that took place."""

import pytest


def modality(code, text, word):
    """The modality of the event whose trigger holds `word`; None where there is none."""
    at = text.index(word)
    return next((e.modality for e in code(text).events if e.trigger.start <= at < e.trigger.end), None)


@pytest.mark.parametrize(
    ("text", "word", "stands"),
    [
        ("A blockade of Assab, the analysts reckon, would cost Ethiopia half its trade.", "blockade", "hypothetical"),
        ("The blockade of Assab cost Ethiopia half its trade.", "blockade", "happened"),
        ("A Kenyan recognition of Somaliland is out of the question, Nairobi said.", "recognition", "negated"),
        ("Asmara may be behind the bombing of the ferry at Massawa.", "bombing", "uncertain"),
        ("Asmara was behind the bombing of the ferry at Massawa.", "bombing", "happened"),
        ("One option is a blockade of the port of Assab.", "blockade", "hypothetical"),
        ("Dockers in Mombasa gave notice of a strike.", "strike", "planned"),
        ("There is talk of a coup in Conakry.", "coup", "hypothetical"),
        ("Fiji is toying with recalling its envoy from Suva's old rival Tonga.", "recalling", "hypothetical"),
        ("The two armies held talks on the withdrawal of troops from the ridge.", "withdrawal", "planned"),
        ("The cabinet gave its approval to the release of forty prisoners.", "release", "planned"),
        ("A rail strike looms in Chad.", "strike", "planned"),
        ("Rumour has it that Gambian gendarmes have arrested the bishop.", "arrested", "uncertain"),
        ("The envoy, goes the whisper in Accra, has paid the rebels.", "paid", "uncertain"),
        ("Bandits came down from Mount Elgon and abducted, it seems, a tea grower.", "abducted", "uncertain"),
        ("The abbot of Gyantse was said to be under house arrest.", "house arrest", "uncertain"),
        ("The emir has not met, let alone thanked, the Danish mediators.", "thanked", "negated"),
        ("Monks whisper that the colonel has tortured two novices.", "tortured", "uncertain"),
    ],
)
def test_how_it_stands(code, text, word, stands):
    assert modality(code, text, word) == stands
