"""From an assessment to what its picture and its screen show: the dyad's own threats, how near, what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.assessing import Assessment, outlook_of
from detente.brief.tracktext import FARES, near_words, record_words
from detente.outlook import HORIZONS
from detente.records import Forecast
from detente.reference.actors import load as load_actors
from detente.tension.overtaken import hangs_on_somebody
from detente.tension.sides import Watch
from detente.tension.threats import Threat, holder_key, nearness, threats, track_records
from detente.tension.tripwires import concerns

if TYPE_CHECKING:
    from detente.brief import Tracked


def tracked(found: Assessment, forecasts: tuple[Forecast, ...] | None = None) -> Tracked:
    """What a picture of the assessment shows: its dyad's own threats, each once, and the forecasts given or those of a lull."""
    from detente.brief import Tracked  # with all that drawing takes

    mine = own_threats(found)
    index = load_actors(tuple(found.theatre.actors))
    named = {each.wire.id: known.name for each in mine
             if (key := holder_key(each.wire, found.dyad)) and (known := index.get(key))}  # fmt: skip
    by_key = {
        key: name for each in mine if (key := holder_key(each.wire, found.dyad)) and (name := named.get(each.wire.id))
    }
    return Tracked(
        found.dyad,
        found.as_of,
        found.series,
        found.lull,
        tuple(found.dossier.incidents),
        tuple(each.wire for each in mine),
        outlook_of(found.theatre, found, horizons=HORIZONS) if forecasts is None else forecasts,
        named,
        how_near(found, mine),
        tuple(
            f"{by_key.get(each.holder or '', each.holder or 'holder not stated')}: {record_words(each)}"
            for each in track_records(mine, found.dyad)
        ),
    )


def own_threats(found: Assessment) -> list[Threat]:
    """The dyad's own threats and promises, each once: open before closed, the newest first."""
    watch = Watch(found.dyad, found.rolls_up, found.theatre)
    said = {each.id: each for each in found.dossier.events}
    return threats((each for each in found.tripwires if concerns(each, watch)), found.dyad, found.as_of, said)


def how_near(found: Assessment, mine: Sequence[Threat]) -> dict[str, str]:
    """How close each open threat is to its condition, in words, by the id of its tripwire."""
    known = found.dossier.incidents
    return {
        each.wire.id: FARES
        if hangs_on_somebody(each.wire)
        else near_words(nearness(each, known, as_of=found.as_of, rolls_up=found.rolls_up))
        for each in mine
        if each.is_open and each.wire.direction == "punishes"
    }
