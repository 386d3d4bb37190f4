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
        ("Mongolia could send doctors to Nepal.", "send"),
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
        ("Ankara called off the air strike on Manbij.", "strike"),
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
        ("Three weeks have gone by without one ambush near Goma.", "ambush", True),
        ("Poland did not close its border with Belarus.", "close", False),
        ("Ankara called off the air strike on Manbij.", "strike", False),
    ],
)
def test_an_absence_report_is_told_from_a_deed_not_done(deed, text, word, absence):
    event = deed(text, word)
    assert (event.modality, event.absence) == ("negated", absence)


def test_stopping_short_of_a_deed_is_not_doing_it(code):
    assert not [e for e in code("Ecuador stopped short of expelling the consul.").events if e.modality == "happened"]


# what the speaker denies and what the writer negates stand together here, as do happened and ongoing
KINDS = {"happened": "fact", "ongoing": "fact", "planned": "ahead", "threatened": "ahead", "conditional": "if",
         "hypothetical": "if", "denied": "not", "negated": "not", "uncertain": "doubt"}  # fmt: skip
DRESSED = [
    ("It was not our soldiers who torched the market, the Chadian general said.", "torched", "denied"),
    ("Nobody shelled the monastery, the Azeri defence ministry said.", "shelled", "denied"),
    ("No drone of ours struck the tanker, Tehran's envoy told the council.", "struck", "denied"),
    ("None of our men fired on the crowd, the Kenyan police chief said.", "fired", "denied"),
    ("Not one of our gunners shelled the camp, the Rwandan army said.", "shelled", "denied"),
    ("The Malian army never bombed Moura, its spokesman maintained.", "bombed", "denied"),
    ("Ankara has always denied giving the order to bomb Roboski.", "bomb", "denied"),
    ("Eritrea still rejects the charge that its troops shot the pilgrims.", "shot", "denied"),
    ("A Kampala daily took back its claim that rebels had burned the ferry.", "burned", "denied"),
    ("The charity withdrew its accusation that Israel bombed the clinic.", "bombed", "denied"),
    ("She dismissed as fiction reports that Cuban troops had been deployed in Caracas.", "deployed", "denied"),
    ("The governor called the report that rebels seized the dam a lie.", "seized", "denied"),
    ("Rumours that Turkish jets had bombed Sinjar turned out to be untrue.", "bombed", "negated"),
    ("The prisoner swap came to nothing.", "swap", "negated"),
    ("The march on the ministry never took place.", "march", "negated"),
    ("Union leaders called off Friday's strike at the port of Lomé.", "strike", "negated"),
    ("The expected attack on Goma did not materialise.", "attack", "negated"),
    ("The raid on Kidal was aborted at the last minute.", "raid", "negated"),
    ("The night passed without shelling in Kherson.", "shelling", "negated"),
    ("Not one Russian soldier will be withdrawn from Transnistria, Moscow said.", "withdrawn", "negated"),
    ("The militia is no longer besieging Dilling.", "besieging", "negated"),
    ("Paris has yet to expel the attaché.", "expel", "negated"),
    ("Police stopped short of arresting the bishop.", "arresting", "negated"),
    ("The army refrained from shelling the village.", "shelling", "negated"),
    ("The president ordered an air strike, then called it off.", "strike", "negated"),
    ("Warsaw decided against closing its border with Belarus.", "closing", "negated"),
    ("Instead of arresting the rebels, the police fed them.", "arresting", "negated"),
    ("Rather than bomb the bridge, the rebels mined the road.", "bomb", "negated"),
    ("Ghana has not closed the port, nor detained a single sailor.", "detained", "negated"),
    ("Ghana has not closed the port, nor has it detained a sailor.", "detained", "negated"),
    ("The guerrillas came within an hour of attacking the refinery.", "attacking", "negated"),
    ("Japan promised Manila ten patrol boats.", "promised", "planned"),
    ("Qatar pledged Beirut 300 ambulances.", "pledged", "planned"),
    ("Chad and Sudan agreed to patrol their border together from May.", "agreed", "planned"),
    ("The two factions consented to release their prisoners.", "release", "planned"),
    ("The kidnappers agreed to free the nun.", "free", "planned"),
    ("Kenya's parliament voted to send 200 police officers to Haiti.", "send", "planned"),
    ("The drivers' union has voted to strike on Monday.", "strike", "planned"),
    ("The teachers resolved to boycott the polls.", "boycott", "planned"),
    ("Riyadh undertook to reopen Sanaa airport.", "reopen", "planned"),
    ("Seoul is to host the defence ministers on 3 May.", "host", "planned"),
    ("Analysts expect Ethiopia to attack Eritrea before the rains.", "attack", "uncertain"),
    ("Western diplomats expect Moscow to withdraw its guns from Kharkiv.", "withdraw", "uncertain"),
    ("A build-up of tanks near Sumy may be under way, officers said.", "build-up", "uncertain"),
    ("An evacuation of Belgians from Kinshasa could already be under way.", "evacuation", "uncertain"),
    ("Iran may have shot down the balloon.", "shot down", "uncertain"),
    ("The rebels might already have seized Bukavu.", "seized", "uncertain"),
    ("Whether jihadists burned the depot is not known.", "burned", "uncertain"),
    ("Whether the army shelled the mosque remains unknown.", "shelled", "uncertain"),
    ("Villagers reported being beaten by militiamen; the UN could not confirm it.", "beaten", "uncertain"),
    ("Sudan's army was said to have shelled El Geneina.", "shelled", "uncertain"),
    ("Rebels tried to storm the barracks at Kaya but were driven back.", "storm", "happened"),
    ("Gunmen attempted to overrun the outpost and were repelled.", "overrun", "happened"),
    ("The mortar bomb wounded two nuns but killed nobody.", "wounded", "happened"),
    ("The bombing injured six dockers, yet no one died.", "bombing", "happened"),
    ("Some forty people were killed in the raids, doctors estimated.", "killed", "happened"),
    ("Mexico should expel the envoy, an opposition senator said.", "expel", "hypothetical"),
    ("Had the pact held, Mali would have freed the hostages.", "freed", "hypothetical"),
    ("But for the snow, Indian troops would have crossed the pass.", "crossed", "hypothetical"),
]


@pytest.mark.parametrize(("text", "word", "modality"), DRESSED, ids=[f"{m}: {t[:45]}" for t, _, m in DRESSED])
def test_clefts_tales_forecasts_and_plans(deed, text, word, modality):
    assert KINDS[deed(text, word).modality] == KINDS[modality]
