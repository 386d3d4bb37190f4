"""The way through, as functions: sources to articles, to coded events, to incidents, to the state of a dyad, to a brief.

The command line is a thin layer over these; a notebook can call them the same way.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.assessing import (
    Assessment,
    RollsUp,
    assessed,
    dyad_of,
    heard_days,
    listened,
    outlook_of,
    roll_up,
    target_days,
)
from detente.dataset import is_dataset, read_dataset
from detente.dossier import Dossier
from detente.events.rows import lists_once
from detente.files import STDIO, kind_of, read_any
from detente.incidents import apply_decisions, merge
from detente.incidents.build import Reports, build
from detente.incidents.merge import Spread
from detente.incidents.noted import is_reviewed
from detente.incidents.origins import Credits
from detente.incidents.review import is_grouping
from detente.incidents.views import view
from detente.outlook import HORIZONS, read_rule, resolve
from detente.records import (
    Article,
    Brief,
    Coded,
    CodedRow,
    ConfigError,
    Forecast,
    Incident,
    InputError,
    Quarantined,
)
from detente.reference.pair import is_pair, pair_theatre
from detente.reference.theatre import Theatre, TheatrePlace
from detente.reference.theatrefile import load_theatre
from detente.sources import Tally, open_sources
from detente.tension.listening import listening

if TYPE_CHECKING:
    from detente.events.coder import Coder
    from detente.reference.gazetteer import Gazetteer

_log = logging.getLogger(__name__)


def gather(paths: Sequence[str], *, published: date | None = None, tally: Tally | None = None) -> Iterator[Any]:
    """Articles (and any records already made) from files of records, datasets, pages, folders, globs or '-'.

    Raw items that cannot be read end in `tally.quarantined`; a damaged file of records raises FileFormatError.
    """
    from detente.reading import read_page  # with all that pages take; a merged dataset or a file of records has none

    tally = tally if tally is not None else Tally()
    for path in paths:
        _log.debug("reading %s", path)
        if path != STDIO and is_dataset(path):
            yield from tally.records(read_dataset(path), path)
        elif _records_waiting() if path == STDIO else kind_of(path) is not None:
            yield from tally.records(read_any(path), path)
        else:
            pages = tally.pages(open_sources([path], published=published, passed=tally.passed))
            yield from tally.articles(read_page(page) for page in pages)


def uncoded(items: Iterable[Any]) -> Iterator[Article]:
    """The articles among what was gathered; InputError for rows that somebody else has coded already."""
    for item in items:
        if isinstance(item, CodedRow):
            raise InputError("these are rows that were coded already: go on with 'detente merge', 'track' or 'brief'")
        if isinstance(item, Article):
            yield item


def _records_waiting() -> bool:
    """Whether standard input starts as a file of records does; nothing of it is consumed."""
    peek = getattr(sys.stdin.buffer, "peek", None)
    return peek is not None and peek(64).lstrip().startswith(b'{"detente"')


def theatre_coder(
    theatre: Theatre | None, codebook: Path | None = None, model: Path | None = None, *, triage: bool = False
) -> Coder:
    """A coder that knows the theatre's own actors and places; what was loaded for it stays as long as the process.

    Another `codebook` brings its own judge (its `model` folder, unless `model` names another) or none: the shipped
    judge learned the shipped codebook.
    """
    from detente.events.coder import Coder
    from detente.events.judge import Judge
    from detente.reference.codebook.read import load

    own = codebook / "model" if codebook is not None else None
    folder = model or (own if own is not None and own.is_dir() else None)
    coder = Coder(
        actors=theatre.actors if theatre else (),
        places=[row for p in theatre.places if (row := _place(p))] if theatre else (),
        codebook=load(codebook) if codebook is not None else None,
        judge=Judge(folder) if folder is not None else True,
        triage=triage,
    )
    gc.freeze()  # else each full collection would go through some 400,000 objects in vain: a tenth of the coder's time
    gc.set_threshold(
        100_000
    )  # new objects between looks for cycles, as the command line has it: workers begin without it
    return coder


def theatre_gazetteer(theatre: Theatre | None) -> Gazetteer:
    """The gazetteer with the theatre's own places before all others."""
    from detente.reference.gazetteer import open_gazetteer

    return open_gazetteer([row for p in theatre.places if (row := _place(p))] if theatre else [])


def _place(place: TheatrePlace) -> dict[str, Any] | None:
    """A theatre's place as the gazetteer takes it; places without a point stay out of it."""
    if place.lat is None or place.lon is None or place.precision in ("country", "unmatched"):
        return None
    kind = "city" if place.precision == "settlement" else place.precision
    row = {"name": place.name, "kind": kind, "at": [place.lat, place.lon], "also": list(place.spellings)}
    return row | ({"in": place.country} if place.country else {}) | ({"km": place.radius_km} if place.radius_km else {})


def theatre_reports(theatre: Theatre) -> list[str]:
    """Where a theatre's own bundled reports lie; ConfigError when it has none."""
    folder = Path(theatre.folder) / "reports"
    if not folder.is_dir():
        raise ConfigError(f"theatre '{theatre.id}' has no reports of its own; name the files or folders to read")
    return [str(folder)]


def watched(theatre: str | None, dyad: str | None, default: str | None = None) -> tuple[Theatre, str | None]:
    """The theatre and dyad that --theatre and --dyad name; "A | B" is a pair of its own, with or without a theatre."""
    if is_pair(dyad):
        return pair_theatre(str(dyad), load_theatre(theatre) if theatre else None), None
    name = theatre or default
    if name is None:
        raise InputError("name a --theatre, or give the two sides: --dyad 'Iraq|IS'")
    return load_theatre(name), dyad


def incidents_of(dossier: Dossier, rolls_up: RollsUp, spread: Spread | None = None) -> list[Incident]:
    """Merge mentions into incidents, as people decided; rows of a data set that lists each happening once stay one each.

    `spread` merges elsewhere, see `merge`.
    """
    dossier = dossier.decided()
    listed = [each for each in dossier.events if lists_once(each)]
    told = [each for each in dossier.events if not lists_once(each)]
    alone = Reports({}, {}, Credits({}))
    made = merge(told, dossier.articles, rolls_up=rolls_up, spread=spread)
    if any(is_grouping(each) for each in dossier.decisions):
        made = apply_decisions(made, dossier.decisions, events=told, articles=dossier.articles, rolls_up=rolls_up)
    return made + [build([view(e)], [], [], alone, rolls_up) for e in listed]


def assess(
    theatre: Theatre, dyad_id: str | None, dossier: Dossier, as_of: date, merged: Sequence[Incident] | None = None
) -> Assessment:
    """Merge what was known by `as_of`, count it for one dyad and read its state.

    `merged`: the incidents as they could be told on that day, where somebody has them already (a ledger does).
    """
    dyad, rolls_up = dyad_of(theatre, dyad_id), roll_up(theatre)
    theatre = listening(theatre, dossier.articles, dossier.events, as_of)
    known = dossier.until(as_of).decided()
    known.incidents = incidents_of(known, rolls_up) if merged is None else list(merged)
    counts = {"articles": len(known.articles), "mentions": len(known.events), "incidents": len(known.incidents),
              "reviewed": sum(map(is_reviewed, known.events))}  # fmt: skip
    return replace(assessed(theatre, dyad, known, known.articles, as_of), counts=counts)


def resolve_forecasts(
    theatre: Theatre, forecasts: Sequence[Forecast], dossier: Dossier, as_of: date
) -> tuple[Forecast, ...]:
    """Frozen forecasts with the outcomes that their own rules give on what was known by `as_of`."""
    known = dossier.until(as_of)
    known.incidents = incidents_of(known, roll_up(theatre))
    heard = heard_days(known)
    attacks = cache(lambda dyad, definition: target_days(theatre, theatre.dyad(dyad), known, as_of, definition))
    rules = {f.id: read_rule(f.rule) for f in forecasts}
    return tuple(
        resolve(f, attacks(rules[f.id].dyad, rules[f.id].definition), heard, as_of) if f.resolved is None else f
        for f in forecasts
    )


def write_brief(theatre: Theatre, found: Assessment) -> Brief:
    """The brief of an assessment."""
    from detente.brief import compose

    known = found.dossier
    return compose(
        theatre, found.dyad, found.lull, found.series, known.incidents, found.tripwires, known.links,
        known.articles, known.events, outlook_of(theatre, found, horizons=HORIZONS), as_of=found.as_of, rolls_up=roll_up(theatre),
    )  # fmt: skip


def brief_of_article(article: Article, coded: Coded) -> Brief:
    """The brief of a single article, with no theatre at all."""
    from detente.brief import compose_article

    return compose_article(article, coded, merge(coded.events, {article.id: article}))


def code_all(coder: Coder, articles: Iterable[Article]) -> Iterator[tuple[Article, Coded | Quarantined]]:
    """Code articles in order; one that cannot be coded is quarantined and the rest go on."""
    for article, found in coder.code_many(articles):
        told = {"article": article.id, "events": len(found.events) if isinstance(found, Coded) else None}
        _log.debug("coded %s: %s event mentions", article.id, told["events"], extra={"told": told})
        yield article, found


__all__ = ["Assessment", "Dossier", "assess", "brief_of_article", "code_all", "gather", "incidents_of", "is_pair",
           "listened", "load_theatre", "roll_up", "theatre_coder", "theatre_gazetteer", "theatre_reports", "uncoded", "watched",
           "write_brief"]  # fmt: skip
