"""Did it happen: the nine modalities, each in its usual dress. The last column is what the deed is."""

import pytest

CASES = {
    "happened": [
        ("Burmese jets bombed a monastery on Tuesday.", "bombed"),
        ("Peru has expelled the Bolivian consul.", "expelled"),
        ("Benin condemned the raid on Natitingou by jihadists.", "raid"),
        ("Paris called for an end to the shelling of Goma by Rwanda.", "shelling"),
        ("After Gabon expelled the envoy, shops closed.", "expelled"),
        ("No group has claimed the bombing of a police station in Quetta.", "bombing"),
    ],
    "ongoing": [
        ("Turkish warplanes are bombing Kurdish positions in Iraq.", "bombing"),
        ("Saudi Arabia continues to shell villages in Yemen.", "shell"),
        ("Clashes between the army and the Rapid Support Forces are still raging.", "raging"),
    ],
    "planned": [
        ("Chad plans to withdraw its soldiers from Mali next month.", "withdraw"),
        ("Japan will send medicine to Laos.", "send"),
        ("The Kenyan president is to meet Somali ministers on Friday.", "meet"),
        ("India and Nepal have scheduled talks for Monday.", "talks"),
        ("Uganda is preparing to deploy troops to Congo.", "deploy"),
        ("Cyprus accused Turkey of planning to invade the island.", "invade"),
        ("The plan to bomb the port was approved by the cabinet.", "bomb"),
    ],
    "threatened": [
        ("Algeria threatened to cut gas supplies to Morocco.", "cut"),
        ("Hezbollah vowed to strike Israel.", "strike"),
        ("Pyongyang warned that it would bomb Seoul.", "bomb"),
        ("“We will bomb Tripoli,” the Libyan general said.", "bomb"),
    ],
    "conditional": [
        ("If Greece expels our envoy, we will close the border, the Albanian minister said.", "close"),
        ("Should Rwanda attack, Burundi would retaliate.", "retaliate"),
        ("Were Taiwan to declare independence, China would attack, Beijing warned.", "attack"),
        ("Unless Sudan frees the pilots, Egypt will bomb its airfields.", "bomb"),
        ("Lebanon will sign the accord if Israel withdraws from Ghajar, the minister said.", "sign"),
    ],
    "hypothetical": [
        ("Colombia could invade Venezuela.", "invade"),
        ("Mongolia may send doctors to Nepal.", "send"),
        ("Ghana is considering sending troops to Niger.", "sending"),
        ("“We wish that Sweden would send us doctors,” the mayor said.", "send"),
        ("Brussels hopes that Serbia will release the police officers.", "release"),
        ("Lima feared that Quito would bomb the port.", "bomb"),
        ("Had Iran attacked the tanker, Britain would have struck back.", "struck back"),
        ("If Armenia had asked, Russia would have sent troops.", "sent"),
    ],
    "denied": [
        ("Rwanda denied shelling the camp at Goma.", "shelling"),
        ("Pakistan denied that its troops had crossed the Afghan border.", "crossed"),
        ("“We did not attack the convoy,” the Eritrean ambassador said.", "attack"),
        ("Myanmar rejected accusations that its army had burned the village.", "burned"),
        ("Border guards did not fire on the migrants, the Belarusian ministry said.", "fire on"),
    ],
    "negated": [
        ("Poland did not close its border with Belarus.", "close"),
        ("The rebels failed to capture the bridge at Bria.", "capture"),
        ("Ankara called off the strike on Manbij.", "strike"),
        ("The planned strike on Benghazi was abandoned.", "strike"),
        ("Neither Chad nor Sudan bombed the market.", "bombed"),
        ("Nigeria has yet to withdraw its troops from Gambia.", "withdraw"),
        ("The Omani sultan will not visit Tehran.", "visit"),
        ("Nobody was arrested in Tbilisi.", "arrested"),
    ],
    "uncertain": [
        ("Eritrean soldiers reportedly burned a church in Axum.", "burned"),
        ("Moroccan drones are believed to have killed two Sahrawi fighters.", "killed"),
        ("The Taliban may have kidnapped the engineer.", "kidnapped"),
        ("Wagner fighters allegedly executed prisoners in Moura.", "executed"),
        ("It is unclear whether Chadian troops crossed into Libya.", "crossed"),
        ("Chinese boats appear to have rammed a Philippine trawler.", "rammed"),
        ("Rumours that Syrian troops had entered Tripoli spread on Monday.", "entered"),
        ("The alleged shelling of Avdiivka by Ukraine killed two nurses.", "killed"),
    ],
}  # fmt: skip
TABLE = [(text, word, modality) for modality, rows in CASES.items() for text, word in rows]


@pytest.mark.parametrize(("text", "word", "modality"), TABLE, ids=[f"{m}: {t[:45]}" for t, _, m in TABLE])
def test_how_a_deed_stands(deed, text, word, modality):
    assert deed(text, word).modality == modality


@pytest.mark.parametrize(
    ("text", "word", "absence"),
    [
        ("There have been no attacks on shipping off Somalia for three weeks.", "attacks", True),
        ("No rockets were fired at the base on Monday.", "fired", True),
        ("Kidnappings on the road to Jos have ceased.", "Kidnappings", True),
        ("A month has passed without a single killing in Juba.", "killing", True),
        ("Poland did not close its border with Belarus.", "close", False),
        ("Ankara called off the strike on Manbij.", "strike", False),
    ],
)
def test_an_absence_report_is_told_from_a_deed_not_done(deed, text, word, absence):
    event = deed(text, word)
    assert (event.modality, event.absence) == ("negated", absence)


def test_stopping_short_of_a_deed_is_not_doing_it(code):
    assert not [e for e in code("Ecuador stopped short of expelling the consul.").events if e.modality == "happened"]
