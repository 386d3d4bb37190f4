"""What the ledger says of a theatre: read and assessed once per state of the ledger, and kept for every reader."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock, Thread
from time import monotonic

from django.db import DatabaseError, connections

from detente.assessing import Assessment, RollsUp, outlook_of, roll_up
from detente.brief.case import Case
from detente.brief.compose import case_of
from detente.brief.top import headline
from detente.desk.book import ledger, theatres
from detente.desk.publishing.models.revision import erasures
from detente.desk.theatres.reading import Known, known
from detente.dossier import Dossier
from detente.incidents.origins import origins
from detente.outlook import HORIZONS
from detente.pipeline import assess
from detente.records import Dyad, Forecast, Incident, InputError, Tripwire
from detente.reference.actors import ActorIndex, load
from detente.reference.theatre import Theatre
from detente.store.models import Entry
from detente.tension.tripwires import concerns

FRESH = (
    30.0  # seconds for which a state serves although the ledger has moved on; ten times its making if that is longer
)
KEPT = 16  # states kept in memory: theatres, and days looked back at
_CHANGES = frozenset({"Article", "Coded", "Event", "Tripwire", "Link", "Incident", "Gap", "Heard", "Decision"})


@dataclass(frozen=True)
class View:
    """One dyad as its pages show it."""

    found: Assessment
    case: Case
    headline: str
    tripwires: tuple[Tripwire, ...]  # those that concern the dyad
    forecasts: tuple[Forecast, ...]  # of a lull

    @property
    def dyad(self) -> Dyad:
        """The dyad."""
        return self.found.dyad


@dataclass(frozen=True)
class State:
    """A theatre as known on a day."""

    theatre: Theatre
    rolls_up: RollsUp
    index: ActorIndex
    known: Known | None
    views: tuple[View, ...]
    taken: dict[str, Incident] = field(default_factory=dict)  # incidents by id
    trouble: str = ""  # why there are no views although something is known

    @property
    def as_of(self) -> date | None:
        """The last report's day, or the day looked back at."""
        return self.known.as_of if self.known else None

    @property
    def dossier(self) -> Dossier:
        """What was read."""
        return self.known.dossier if self.known else Dossier()

    def view(self, dyad: str) -> View | None:
        """The dyad of that id."""
        return next((each for each in self.views if each.dyad.id == dyad), None)

    @cached_property
    def counted(self) -> dict[str, bool]:
        """Ids of the incidents that any dyad counts, and whether as an attack."""
        return {
            number: attack
            for attack in (False, True)
            for view in self.views
            for day in view.found.series.days
            for line in day.lines
            if (line.line == "acts") == attack
            for number in line.incidents
        }

    @cached_property
    def of_event(self) -> dict[str, Incident]:
        """The incident of each mention."""
        return {key: each for each in self.dossier.incidents for key in each.events}


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    erased: int
    state: State
    at: float
    took: float


class _Newest:
    """The number of the newest entry that changes what is known; decisions and texts of the desk do not."""

    def __init__(self) -> None:
        self.seen = self.relevant = 0

    def number(self) -> int:
        rows = list(Entry.objects.filter(id__gt=self.seen).order_by("-id").values_list("id", "kind")[:500])
        if rows:
            changed = next((number for number, kind in rows if kind in _CHANGES), None)
            self.relevant = changed or (self.relevant if len(rows) < 500 else rows[-1][0])
            self.seen = rows[0][0]
        return self.relevant


_newest = _Newest()
_states: OrderedDict[tuple[str, date | None], _Kept] = OrderedDict()
_lock = Lock()
_renewing: set[tuple[str, date | None]] = set()


def forget() -> None:
    """Keep nothing: for a site whose ledger was put in another's place, as tests do."""
    _states.clear()
    _newest.__init__()  # type: ignore[misc]


def state(theatre: str, day: date | None = None) -> State:
    """The theatre as known now, or by `day`. Only the first reader waits; later changes are read in the background."""
    key, version, erased = (theatre, day), _newest.number(), erasures()
    kept = _states.get(key)
    if kept is not None and kept.erased == erased:
        old = monotonic() - kept.at > max(FRESH, 10 * kept.took)
        if kept.version != version and old and key not in _renewing:
            _renewing.add(key)
            Thread(target=_renew, args=(key, version, erased), daemon=True).start()
        return kept.state
    with _lock:  # two readers do not do the same work
        kept = _states.get(key)
        if kept is None or kept.erased != erased:
            kept = _make(key, version, erased)
    return kept.state


def warm() -> None:
    """Read every theatre in the background, so that not even the first reader waits; for a server's start."""

    def read() -> None:
        try:
            for name in theatres():
                state(name)
        except DatabaseError:
            pass  # nothing to read yet: the first request will say so
        finally:
            connections.close_all()

    Thread(target=read, daemon=True).start()


def _renew(key: tuple[str, date | None], version: int, erased: int) -> None:
    try:
        with _lock:
            _make(key, version, erased)
    finally:
        _renewing.discard(key)
        connections.close_all()  # this thread's own


def _make(key: tuple[str, date | None], version: int, erased: int) -> _Kept:
    begun = monotonic()
    made = _read(theatres()[key[0]], key[1])
    kept = _Kept(version, erased, made, monotonic(), monotonic() - begun)
    _states[key] = kept
    _states.move_to_end(key)
    while len(_states) > KEPT:
        _states.popitem(last=False)
    return kept


def _read(theatre: Theatre, day: date | None) -> State:
    rolls_up, index = roll_up(theatre), load(tuple(theatre.actors))
    part = known(theatre, rolls_up, day, ledger().last_recorded())
    if part is None:
        return State(theatre, rolls_up, index, None, ())
    taken = {each.id: each for each in part.dossier.incidents}
    source = origins(part.dossier.articles)
    try:
        views = tuple(_view(theatre, each, part, source) for each in theatre.dyads)
    except InputError as error:  # a day on which nobody was listening
        return State(theatre, rolls_up, index, part, (), taken, str(error))
    return State(theatre, rolls_up, index, part, views, taken)


def _view(theatre: Theatre, dyad: Dyad, part: Known, source: Mapping[str, str]) -> View:
    found = assess(theatre, dyad.id, part.dossier, part.as_of, part.dossier.incidents)
    forecasts = outlook_of(theatre, found, horizons=HORIZONS)
    held = found.dossier
    case = case_of(
        theatre, dyad, found.lull, found.series, held.incidents, found.tripwires, held.links, held.articles,
        held.events, forecasts, part.as_of, found.rolls_up, source,
    )  # fmt: skip
    mine = tuple(each for each in found.tripwires if concerns(each, case.watch))
    return View(found, case, headline(case).text, mine, forecasts)
