"""An invented theatre and its events: attacks, a strike, a lull with signs of preparation, the end of the calm."""

from __future__ import annotations

from datetime import date

from handmade import (
    CAMP,
    FORT,
    FRONT,
    RAIDERS,
    SPOKESMAN,
    TOWN,
    TROOPS,
    article,
    event,
    killed,
    on,
    rolls_up,
    says,
    wire,
)

from detente.brief import compose
from detente.incidents import merge
from detente.records import Article, Event, Link, Mention, Tripwire
from detente.reference.theatrefile import load_theatre
from detente.tension import find_lull, gaps, series, tripwire_states

OWLS = Mention("the Night Owls", actor="valley.night-owls")
OFFICIALS = Mention("two officials", plural=True)

THEATRE = """
id = "valley-2031"
name = "the Valley"
section = "Valley News"
languages = ["en"]
[period]
start = 2031-01-01
end = 2031-06-30
[[dyad]]
id = "arland-front"
name = "Arland and the River Front"
a = ["ARL"]
b = ["valley.river-front"]
a_name = "Arland"
b_name = "the River Front"
[[actor]]
id = "valley.river-front"
name = "River Front"
kind = "group"
country = "VAL"
sector = "PRM"
names = ["River Front"]
[[place]]
id = "valley:camp-birch"
name = "Camp Birch"
spellings = ["Birch base"]
lat = 10.0
lon = 20.0
country = "VAL"
precision = "site"
radius_km = 2.0
hosts = [{ actor = "ARL.MIL", start = 2030-01-01, end = 2031-04-10 }]
[[place]]
id = "valley:fort-alder"
name = "Fort Alder"
lat = 11.0
lon = 21.0
country = "VAL"
hosts = [{ actor = "ARL.MIL" }]
[[outlet]]
name = "Valley Wire"
kind = "agency"
country = "VAL"
reliability = "B"
[[outlet]]
name = "Arland Post"
kind = "newspaper"
country = "ARL"
owner = "Arland's ministry of defence"
party = true
party_to = ["ARL"]
reliability = "C"
[lull.arland-front]
target_class = "sites and people of Arland's forces"
acts = ["ASSAULT"]
direction = "b-to-a"
proof = "reported"
minimum_days = 14
[coverage]
start = 2031-01-01
silent_days = 12
"""

_ATTACKS = [
    ("01-10", CAMP, "Rockets hit Camp Birch on Friday, wounding nobody."),
    ("01-24", FORT, "Rockets hit Fort Alder on Friday."),
    ("02-03", CAMP, "Rockets hit Camp Birch on Monday."),
    ("02-20", FORT, "Mortar rounds hit Fort Alder on Thursday."),
    ("03-01", CAMP, "Rockets hit Camp Birch on Saturday."),
    ("03-05", FORT, "Rockets hit Fort Alder on Wednesday."),
    ("03-10", CAMP, "Rockets hit Camp Birch on Monday, killing two soldiers."),
]


def _day_after(day: str) -> str:
    return str(date.fromordinal(date.fromisoformat(day).toordinal() + 1))


class _Story:
    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.events: list[Event] = []
        self.wires: list[Tripwire] = []
        self.links: list[Link] = []

    def report(self, key: str, text: str, day: str, outlet: str = "Valley Wire") -> Article:
        self.articles[key] = article(key, text, day, outlet, url=f"https://news.example/{key}")
        return self.articles[key]

    def tell(
        self, key: str, text: str, day: str, trigger: str, kind: str = "ASSAULT", outlet: str = "Valley Wire", **more
    ) -> Article:
        made = self.report(key, text, _day_after(day), outlet)
        self.events.append(event(made, trigger, kind, **{"date": on(day), **more}))
        return made


def _violence(story: _Story) -> None:
    for number, (day, place, text) in enumerate(_ATTACKS):
        counts = (killed(2),) if "killing" in text else ()
        story.tell(
            f"r{number}",
            text,
            f"2031-{day}",
            "hit",
            place=place,
            recipients=(TROOPS,),
            modes=("heavy-weapons",),
            counts=counts,
        )
    story.tell(
        "s",
        "Arland jets struck two River Front depots near Elmton on Wednesday.",
        "2031-03-12",
        "struck",
        actors=(TROOPS,),
        recipients=(FRONT,),
        place=TOWN,
        modes=("aerial",),
    )
    warned = story.tell(
        "w",
        "Arland would hit 40 River Front sites if more of its soldiers died, an official said.",
        "2031-02-25",
        "hit",
        "THREATEN",
        act="ASSAULT",
        modality="conditional",
        actors=(SPOKESMAN,),
        recipients=(FRONT,),
        attribution=says(Mention("an official"), anonymous=True),
    )
    story.wires.append(
        wire(
            warned,
            "more of its soldiers died",
            "hit 40 River Front sites",
            SPOKESMAN,
            FRONT,
            act="ASSAULT",
            event=story.events[-1].id,
            attribution=says(Mention("an official"), anonymous=True),
        )
    )
    story.tell(
        "x",
        "Desert raiders killed two Arland soldiers near Elmton on Friday.",
        "2031-03-14",
        "killed",
        actors=(RAIDERS,),
        recipients=(TROOPS,),
        place=TOWN,
        counts=(killed(2),),
    )
    story.tell(
        "z",
        "Rockets hit Fort Alder late on Tuesday.",
        "2031-03-18",
        "hit",
        place=FORT,
        recipients=(TROOPS,),
        modes=("heavy-weapons",),
    )


def _calm(story: _Story) -> None:
    story.tell(
        "c1",
        "Arland handed over Camp Birch to Valley police on Tuesday.",
        "2031-03-25",
        "handed over",
        "RETREAT",
        actors=(TROOPS,),
        place=CAMP,
        modes=("return",),
    )
    story.tell(
        "c2",
        "Arland sent its trainers home because of the fever epidemic.",
        "2031-03-29",
        "sent",
        "RETREAT",
        actors=(TROOPS,),
        attribution=says(OFFICIALS, anonymous=True),
    )
    story.tell(
        "c3",
        "Arland has set up air-defence batteries at Fort Alder, two officials said.",
        "2031-04-02",
        "set up",
        "MOBILIZE",
        actors=(TROOPS,),
        place=FORT,
        modes=("weapons",),
        attribution=says(OFFICIALS, anonymous=True),
    )
    story.tell(
        "c4",
        "The River Front said it held a live-fire drill on Friday.",
        "2031-04-04",
        "drill",
        "MOBILIZE",
        actors=(FRONT,),
        modes=("militia",),
        attribution=says(FRONT, "claims", party=True),
    )
    warned = story.tell(
        "c5",
        "The Night Owls gave Arland's envoy 48 hours to leave or be killed.",
        "2031-04-06",
        "killed",
        "THREATEN",
        act="ASSAULT",
        modality="conditional",
        actors=(OWLS,),
        recipients=(SPOKESMAN,),
    )
    story.wires.append(
        wire(
            warned,
            "48 hours to leave",
            "or be killed",
            OWLS,
            SPOKESMAN,
            negated_condition=True,
            act="ASSAULT",
            deadline=on("2031-04-09", text="48 hours"),
            event=story.events[-1].id,
        )
    )
    first = story.events[-1]
    story.links.append(
        Link(
            "l1",
            "c5",
            OWLS,
            FRONT,
            "front",
            first.evidence,
            says(OFFICIALS, anonymous=True),
            reported=first.reported,
            proof="suspicion",
        )
    )
    promised = story.report("c6", "The River Front will not fire on troops who are leaving.", "2031-04-07")
    story.wires.append(wire(promised, "who are leaving", "will not fire on troops", FRONT, TROOPS, direction="rewards"))
    story.tell(
        "c7",
        "No rockets have been fired for three weeks, monitors said.",
        "2031-04-11",
        "fired",
        modality="negated",
        absence=True,
        attribution=says(Mention("monitors")),
    )
    story.tell(
        "c8",
        "Arland and the Valley will open talks in June.",
        "2031-04-12",
        "talks",
        "AGREE",
        act="CONSULT",
        modality="planned",
        actors=(SPOKESMAN,),
        date=on("2031-06-01", "2031-06-30", "in June", "month"),
    )
    story.tell(
        "c9",
        "The Night Owls claimed an attack on an Arland convoy on Sunday.",
        "2031-04-13",
        "attack",
        actors=(OWLS,),
        recipients=(TROOPS,),
        attribution=says(OWLS, "claims"),
    )


def _return(story: _Story) -> None:
    story.tell(
        "e",
        "Three rockets hit Fort Alder on Tuesday, the first in weeks.",
        "2031-05-06",
        "hit",
        place=FORT,
        modes=("heavy-weapons",),
        recipients=(TROOPS,),
    )


def story() -> _Story:
    """Everything told, January to May 2031."""
    told = _Story()
    _violence(told)
    _calm(told)
    _return(told)
    return told


def theatre(folder):
    """The theatre, read from a file."""
    (folder / "theatre.toml").write_text(THEATRE, encoding="utf-8")
    return load_theatre(folder)


def known(folder, as_of: date):
    """Everything as known on a day: theatre, dyad, lull, series, incidents, tripwires, links, articles, events."""
    told, watched = story(), theatre(folder)
    dyad = watched.dyads[0]
    articles = {key: each for key, each in told.articles.items() if each.published <= as_of}
    events = [each for each in told.events if each.reported <= as_of]
    incidents = merge(events, articles, rolls_up=rolls_up)
    wires = tripwire_states(told.wires, incidents, as_of=as_of, rolls_up=rolls_up)
    links = [each for each in told.links if each.reported <= as_of]
    lost = gaps(articles, watched.coverage, until=as_of)
    line = series(incidents, dyad, as_of=as_of, articles=articles, gaps=lost, rolls_up=rolls_up, theatre=watched)
    lull = find_lull(
        incidents,
        wires,
        links,
        dyad,
        watched.lulls[dyad.id],
        as_of=as_of,
        articles=articles,
        theatre=watched,
        rolls_up=rolls_up,
        events=events,
    )
    return watched, dyad, lull, line, incidents, wires, links, articles, events


def brief(folder, as_of: date):
    """The brief of a day with the articles it cites and its series."""
    records = known(folder, as_of)
    return compose(*records, as_of=as_of, rolls_up=rolls_up), records[7], records[3]
