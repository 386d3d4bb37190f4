"""Claims and denials stand with the attack they are about, also where a report tells nothing else of it."""

from __future__ import annotations

from datetime import date

from handmade import CAMP, FRONT, TROOPS, article, event, on, rolls_up, says
from valley import theatre

from detente.brief import compose
from detente.incidents import merge
from detente.records import Lull, Mention, Place

DAY = date(2031, 3, 20)
OTTERHAM = Place("Otterham", "settlement", 10.15, 20.1, "VAL", id="geonames:2", radius_km=8.0)  # 20 km away
HIT = article("a", "Rockets hit Arland troops at Camp Birch on Monday.", "2031-03-10")


def claims(folder, *made):
    watched = theatre(folder)
    articles = {report.id: report for report, _ in made}
    events = [each for _, each in made]
    known = merge(events, articles, rolls_up=rolls_up)
    lull = Lull("arland-front", DAY, "active", since=date(2031, 3, 10), days=10)
    brief = compose(
        watched, watched.dyads[0], lull, None, known, [], [], articles, events, as_of=DAY, rolls_up=rolls_up
    )
    return [s.text for b in brief.blocks if b.heading == "Claims, blame and denials" for s in b.sentences]


def test_a_denial_told_by_the_town_nearby_stands_with_the_attack_on_the_base(tmp_path):
    denied = article("b", "The River Front denied the barrage at Otterham on Monday.", "2031-03-14")
    found = claims(
        tmp_path,
        (HIT, event(HIT, "hit", place=CAMP, date=on("2031-03-10"), recipients=(TROOPS,))),
        (denied, event(denied, "barrage", place=OTTERHAM, date=on("2031-03-10"), modality="denied",
                       recipients=(Mention("drivers", country="ARL", sector="BUS"),),
                       attribution=says(FRONT, stance="denies"))),
    )  # fmt: skip
    assert found == ["10 March, rockets hit Camp Birch: denied by the River Front."]
