"""What tests of the theatre pages share: the text of a page, and records made by hand, hostile ones among them."""

import re
from datetime import date
from html import unescape

from detente.desk.book import ledger
from detente.desk.theatres.state import forget
from detente.records import (
    Article,
    Attribution,
    Coded,
    Event,
    Incident,
    Interval,
    Link,
    Mention,
    Place,
    Span,
    Toll,
    Tripwire,
)

HERE = "/theatres/iraq-2020/"
PAGES = ("/theatres/", HERE, f"{HERE}dyads/us-factions/", f"{HERE}map/", f"{HERE}tripwires/", f"{HERE}actors/",
         f"{HERE}actors/iraq.kataib-hezbollah/", f"{HERE}coverage/", f"{HERE}outlook/")  # fmt: skip
DAY = date(2020, 4, 20)


def html(client, address, **head):
    """A page's HTML."""
    answer = client.get(address, headers=head)
    assert answer.status_code == 200, address
    return answer.content.decode()


def seen(page):
    """What a reader sees of a page: no tags, no scripts, one space for many."""
    page = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def incident_of(client, words):
    """The address of the first incident on the dyad's page whose title holds these words."""
    page = html(client, f"{HERE}dyads/us-factions/")
    return re.search(rf'href="({HERE}incidents/[^"]+)"[^>]*>[^<]*{words}', page)[1]


def tell(words="Rockets were fired at the base.", *, key="w1", outlet="Gulf Wire", title="A title", actor="iraq.kataib-hezbollah",
         victim="USA.MIL", place=None, on=DAY, url=None, tie=True, wire=True):  # fmt: skip
    """A report with an attack, a tie between two actors and a threat, all in `words`, into the ledger; the incident's id."""
    span = Span(key, 0, len(words), words)
    who, whom = Mention(words, span, actor=actor), Mention(words, span, actor=victim)
    voice = Attribution(Mention(words, span), span, anonymous=True, hedge=words)
    event = Event(f"{key}-e1", key, "ASSAULT", "ASSAULT", "happened", span, span, actors=(who,), recipients=(whom,),
                  attribution=(voice,), date=Interval(on, on, "day"), place=place, reported=on, outlet=outlet)  # fmt: skip
    made = [Article(key, words, title=title, outlet=outlet, published=on, url=url), event, Coded(key)]
    if tie:
        made.append(
            Link(
                f"{key}-l",
                key,
                who,
                Mention("Iran", span, actor="IRN"),
                "backed",
                span,
                (voice,),
                words,
                on,
                "suspicion",
            )
        )
    if wire:
        made.append(
            Tripwire(f"{key}-t", key, span, span, span, holder=who, against=(whom,), reported=on, attribution=(voice,))
        )
    number = f"i-{key}"
    made.append(Incident(
        number, "ASSAULT", "ASSAULT", "happened", Interval(on, on, "day"), place, (actor,), (victim,), events=(event.id,),
        reports=(key,), tolls=(Toll("killed", 1, 2, words, span, on),), evidence=(span,), known=on, title=title,
        why=("1 mentions in 1 reports", f"joined {event.id}: same day, same place"),
    ))  # fmt: skip
    ledger().add(made, known_at=on)
    forget()
    return number


def at(name, precision, lat=33.3, lon=44.4, **more):
    """A place in Iraq."""
    return Place(name, precision, lat, lon, "IRQ", **more)
