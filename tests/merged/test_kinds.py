"""Counting by kinds: what the rules say of one incident of a kind holds for all, on every day, whoever changed sides."""

from datetime import date, timedelta
from random import Random

import pytest

from detente.dossier import Dossier
from detente.merged.kinds import Kinds
from detente.merged.state import assess_merged
from detente.merged.write import merge_archive
from detente.pipeline import assess, load_theatre
from detente.records import MODALITIES, SCORES, Actor, Affiliation, Article, Incident, Interval, Place, Span, Toll
from detente.reference.pair import pair_theatre
from detente.reference.theatre import Hosting

FIRST, DAYS, TURN = date(2020, 1, 1), 150, date(2020, 3, 1)
WORDS = ("ten rockets", "militants", "troops at the base", "three people")
WHY = ("sums up several attacks", "date assumed", "an absence", "nearest of two places")


def invented_theatre(name):
    """The theatre, with a group that changes sides in March, and a site that its new side leaves in April."""
    theatre = load_theatre(name)
    dyad = theatre.dyads[0]
    turncoat = Actor("test.turncoat", "Turncoats", "group", affiliations=(
        Affiliation(dyad.a[0], "member", end=TURN), Affiliation(dyad.b[0], "member", start=TURN + timedelta(days=9))))  # fmt: skip
    return theatre.__class__(**{f: getattr(theatre, f) for f in theatre.__slots__} | {
        "actors": (*theatre.actors, turncoat),
        "places": tuple(left(each, turncoat.id, n) for n, each in enumerate(theatre.places)),
    })  # fmt: skip


def left(place, guest, n):
    fields = {f: getattr(place, f) for f in place.__slots__}
    stay = Hosting(guest, FIRST + timedelta(days=7 * n), TURN + timedelta(days=30))
    return place.__class__(**fields | {"hosts": (*place.hosts, stay)}) if n % 2 else place


def invented(theatre, draw, n):
    """An incident of anybody against anybody, told in any way."""
    dyads = [name for each in theatre.dyads for name in (*each.a, *each.b)]
    names = [*dyads, *(each.id for each in theatre.actors), "test.turncoat", "test.turncoat", "USA.MIL", "IRN.GOV",
             "FRA", "IRQ.CIV", "provisional.gang", *WORDS]  # fmt: skip
    some = lambda most: tuple(dict.fromkeys(draw.choices(names, k=draw.randint(0, most))))  # noqa: E731
    at = draw.choice(theatre.places) if theatre.places else None
    day = FIRST + timedelta(days=draw.randrange(-20, DAYS))
    type_ = draw.choice(["ASSAULT"] * 6 + list(SCORES))
    place = draw.choice([
        None, Place("", "country", 33.0, 44.0, "IRQ"), Place("", "country", 40.0, 45.0, draw.choice(["ARM", "AZE", "USA"])),
        *([Place(at.name, at.precision, at.lat, at.lon, at.country, id=at.id),
           Place("a post", draw.choice(["site", "province"]), at.lat, at.lon, at.country)] if at and at.lat else []),
    ])  # fmt: skip
    words = f"it was told of {draw.choice(theatre.places).name}" if theatre.places and draw.random() < 0.3 else "told"
    report = f"r{draw.randrange(DAYS)}"
    return Incident(
        f"i-{n:05}", type_, draw.choice([type_, type_, type_, "ASSAULT"]), draw.choice(["happened"] * 6 + list(MODALITIES)),
        draw.choice([None, Interval(day, day + timedelta(days=9), "week")] + [Interval(day, day, "day")] * 6), place,
        some(2), some(2), some(1), some(1), reports=(report,), origins=draw.randint(1, 3), modes=draw.choice([(), ("rocket",), ("drone", "rocket")]),
        tolls=(Toll("killed", 1, 1, None, Span(report, 0, 4, "told")),) if draw.random() < 0.2 else (),
        retracted=draw.random() < 0.05, evidence=(Span(report, 0, len(words), words),),
        known=day + timedelta(days=draw.randint(0, 5)), title="told", why=tuple(draw.sample(WHY, k=draw.choice([0, 0, 0, 1]))),
    )  # fmt: skip


@pytest.mark.parametrize(("name", "seed"), [("iraq-2020", 1), ("iraq-2020", 2), ("caucasus-2022", 3)])
def test_invented_incidents_are_counted_as_one_by_one(name, seed, tmp_path, monkeypatch):
    theatre, draw = invented_theatre(name), Random(seed)
    every = [invented(theatre, draw, n) for n in range(1500)]
    dossier = Dossier()
    for n in range(DAYS):
        day = FIRST + timedelta(days=n)
        dossier.add(Article(f"r{n}", "told", "told", outlet=f"Paper {n % 3}", published=day))
    last = FIRST + timedelta(days=DAYS - 1)
    monkeypatch.setattr(
        "detente.merged.write.incidents_of",
        lambda known, *_: [each for each in every if each.known <= max(a.published for a in known.articles.values())],
    )
    merge_archive(dossier, tmp_path / "m", theatre, inputs="x", days=[TURN])
    pairs = [pair_theatre("USA|test.turncoat", theatre), pair_theatre("test.turncoat|IRN;IRQ", theatre)]
    on_lines = 0
    for place, dyad in [*((theatre, each.id) for each in theatre.dyads), *((each, None) for each in pairs)]:
        for day in (TURN, last, last + timedelta(days=30)):
            known = [each for each in every if each.known <= min(day, last)]
            long, short = assess(place, dyad, dossier, day, known), assess_merged(tmp_path / "m", place, dyad, day)
            assert short.series == long.series
            assert short.lull == long.lull
            on_lines += sum(len(each.incidents) for each in short.series.days)
    assert on_lines > 200


def test_incidents_that_differ_in_their_day_or_words_alone_are_of_one_kind():
    theatre = load_theatre("iraq-2020")
    kinds = Kinds(theatre)
    one = Incident(
        "a", "ASSAULT", "ASSAULT", "happened", Interval(FIRST, FIRST, "day"), None, ("IRN",), ("USA", "ten rockets")
    )
    day = FIRST + timedelta(days=9)
    other = Incident(
        "b", "ASSAULT", "ASSAULT", "happened", Interval(day, day, "day"), None, ("IRN",), ("USA", "two shells")
    )
    back = Incident(
        "c", "ASSAULT", "ASSAULT", "happened", Interval(day, day, "day"), None, ("USA",), ("IRN", "ten rockets")
    )
    assert [kinds.number(each) for each in (one, other, back)] == [0, 0, 1]
    assert kinds.row("IRN", 0, one) and kinds.row("IRN", 0, other) is None and kinds.row("USA", 0, other)
