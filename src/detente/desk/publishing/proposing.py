"""The machine's part: what the ledger knew on a day, as a text and its drawings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from detente.assessing import Assessment, roll_up
from detente.brief import Tracked, paper_png
from detente.brief.figure import figure
from detente.desk.book import ledger, theatres
from detente.desk.plan import draw, happenings, told
from detente.desk.publishing import flow
from detente.desk.publishing.models import Exhibit, Story
from detente.desk.publishing.models.revision import erasures
from detente.desk.theatres.reading import is_small, known
from detente.files import to_plain
from detente.pipeline import assess, write_brief
from detente.records import ConfigError, InputError
from detente.tracking import tracked


def propose(theatre: str, dyad: str, as_of: date | None, who: Any, why: str, patient: bool = False) -> Story:
    """A new story of a dyad as known on a day (None: the last report's day).

    `patient`: however large the ledger is. Raises InputError where nothing was known, or the ledger is too large.
    """
    place = theatres().get(theatre)
    if place is None:
        raise InputError(f"this desk watches no theatre {theatre}; there are: {', '.join(theatres())}")
    if not patient and not is_small():
        raise InputError(_("This ledger is large: propose with 'detente desk propose', which may take its time."))
    before, large = erasures(), not is_small()
    part = known(place, roll_up(place), as_of, ledger().last_recorded())  # of a large ledger what concerns the theatre
    if part is None:
        raise InputError(_("The ledger holds no dated report up to that day."))
    try:
        found = assess(place, dyad, part.dossier, part.as_of, part.dossier.incidents if large else None)
    except ConfigError as error:
        raise InputError(str(error)) from error
    return flow.propose(write_brief(place, found), theatre, found.dyad.id, draw_exhibit(found, before), who, why)


def draw_exhibit(found: Assessment, erased: int) -> Exhibit:
    """Chart, map and card of an assessment, kept."""
    shown = tracked(found)
    placed, unplaced = happenings(shown.series, shown.incidents)
    return Exhibit.objects.create(
        erasures=erased,
        articles=_rests_on(shown),
        chart=figure(shown.series, shown.lull, shown.tripwires, shown.incidents, shown.forecasts),
        plan=draw(placed, f"Map of {len(placed)} happenings in the 90 days up to {found.as_of}"),
        told=[to_plain(each) for each in told(placed)],
        unplaced=unplaced,
        card=_card(shown),
    )


def _rests_on(found: Tracked) -> list[str]:
    """Ids of the reports whose words or happenings the drawings show."""
    counted = {number for day in found.series.days for number in day.incidents}
    reports = {key for each in found.incidents if each.id in counted for key in each.reports}
    return sorted(reports | {each.article for each in found.tripwires})


def _card(found: Tracked) -> bytes | None:
    """The chart as a picture of some 1200 by 630 pixels, as networks show it."""
    return paper_png(found, zoom=1.25) if found.series.days else None
