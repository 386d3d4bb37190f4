"""What export tests share: a few handmade incidents with every oddity that a format must survive."""

from datetime import date

import pytest

from detente.export import Input, material
from detente.incidents import merge
from detente.records import Article, Attribution, Count, Event, Interval, Mention, Place, Span

DAY = date(2031, 5, 6)
ARMY = Mention("Ethiopian army", None, "ETH.MIL", "ETH", "MIL", "Ethiopian armed forces")
FRONT = Mention("the Hill Front", None, "provisional.hill-front", None, "REB", "Hill Front")
FARMERS = Mention("farmers", None, "ETH.CIV", "ETH", "CIV", "Ethiopian civilians")
TOWN = Place("Elmton", "settlement", 9.5, 40.25, "ETH", "Afar", "geonames:1")
PROVINCE = Place("Afar", "province", 11.8, 41.0, "ETH", "Afar", radius_km=200.0)
LAND = Place("Ethiopia", "country", None, None, "ETH")
TEXT = (
    "Jets of the army struck “Elmton” & its market; three to five were killed <at dawn>.\n\nThe Hill Front denied it."
)


def event(number, type_="ASSAULT", **fields):
    """An event of article r<number> on its first sentence."""
    key = f"r{number}"
    quote = TEXT[: TEXT.index("\n")]
    base = {
        "id": f"{key}-e1", "article": key, "type": type_, "act": type_, "modality": "happened",
        "trigger": Span(key, 17, 23, TEXT[17:23]), "evidence": Span(key, 0, len(quote), quote),
        "actors": (ARMY,), "recipients": (FRONT,), "date": Interval(DAY, DAY, "day", "Wednesday"), "place": TOWN,
        "reported": DAY, "outlet": "Example; Wire", "coder": "test",
    }  # fmt: skip
    return Event(**(base | fields))


LAST = Span("r3", TEXT.index("The Hill"), len(TEXT), TEXT[TEXT.index("The Hill"):])
EVENTS = (
    event(1, modes=("aerial",), counts=(Count("killed", 3, 5),), contexts=("military", "territory")),
    event(2, modes=("sideAB",), actors=(ARMY, FRONT), recipients=(ARMY, FRONT), reciprocal=True, place=PROVINCE,
          date=Interval(date(2031, 5, 9), date(2031, 5, 12), "range"), counts=(Count("killed", 2, 2),)),
    event(3, recipients=(FARMERS,), actors=(FRONT,), place=LAND, date=Interval(date(2031, 5, 20), date(2031, 5, 20), "day"),
          counts=(Count("killed", 1, None),), evidence=LAST),  # its own sentence names no town
    event(4, "THREATEN", act="ASSAULT", modality="threatened", modes=("violence",), place=None, date=Interval(None, None, "unresolved", "soon")),
    event(5, "PROTEST", modes=("demo",), actors=(FARMERS,), recipients=(), date=Interval(date(2031, 6, 1), date(2031, 6, 1), "day")),
    event(6, modality="negated", place=LAND, date=Interval(date(2031, 6, 3), date(2031, 6, 3), "day"), absence=True),
    event(7, "AGREE", modes=(), date=Interval(date(2031, 6, 9), date(2031, 6, 9), "day"),
          attribution=(Attribution(Mention("a spokesman"), None, "asserts", None, True),)),
)  # fmt: skip


@pytest.fixture(scope="session")
def given():
    """The records of seven reports, merged, in a shuffled order."""
    articles = {
        f"r{n}": Article(f"r{n}", TEXT, title=f"Report {n}", outlet="Example; Wire", published=DAY, language="en",
                         url=f"https://news.example/{n}" if n % 2 else None)
        for n in (5, 3, 1, 2, 4, 7, 6)
    }  # fmt: skip
    incidents = merge(EVENTS, articles)
    return material(articles, EVENTS[::-1], incidents[::-1], "detente 0.test", [Input("merged.jsonl", "ab" * 32)])
