"""Small invented records."""

from datetime import date

from detente.records import Article, Event, Incident, Interval, Mention, Page, Place, Span

DAY = date(2031, 3, 1)


def article(id="a1", text="Arland struck Bergia.", published=DAY, **more) -> Article:
    return Article(id, text, published=published, **more)


def page(id="p-1", body=b"<p>Arland struck Bergia.</p>", **more) -> Page:
    return Page(id, body, "text/html", "0" * 64, **more)


def mention(actor: str) -> Mention:
    return Mention(actor, actor=actor)


def event(id="a1-e1", article="a1", actors=("ARL",), recipients=("BER",), reported=DAY, country="BER", **more) -> Event:
    span = Span(article, 0, 6, "Arland")
    return Event(
        id, article, "ASSAULT", "ASSAULT", "happened", Span(article, 7, 13, "struck"), span,
        actors=tuple(map(mention, actors)), recipients=tuple(map(mention, recipients)), reported=reported,
        date=Interval(reported, reported, "day"), place=Place("Bergia", "country", country=country), **more,
    )  # fmt: skip


def incident(id="i-1", reports=("a1",), events=("a1-e1",), **more) -> Incident:
    evidence = tuple(Span(each, 0, 6, "Arland") for each in reports)
    return Incident(id, "ASSAULT", "ASSAULT", "happened", None, None, ("ARL",), ("BER",), events=events,
                    reports=reports, evidence=evidence, **more)  # fmt: skip
