"""What the API takes and gives. Records of the ledger are given as they are: their fields are described once."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Query, Schema
from pydantic import BeforeValidator

from detente.records import Dyad, Forecast, Incident, Tripwire

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:+-]{1,120}$")]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _as_written(day: Any) -> Any:
    """Days are written as days; numbers, which pydantic takes for seconds since 1970, are refused."""
    if day is not None and not (isinstance(day, str) and _DAY.fullmatch(day)):
        raise ValueError("write a day as YYYY-MM-DD")
    return day


Day = Annotated[date, BeforeValidator(_as_written)]
Number = Annotated[int, Field(ge=1, le=2**53)]
Words = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^\x00]*\S[^\x00]*$")]


class Problem(Schema):
    """What was wrong."""

    detail: str


class Part(Schema):
    """Which part of a list, as known on which day."""

    as_of: Day | None = Field(None, description="As known at the end of this day.")
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=10_000, description="Further on, ask with `after`.")


class LedgerPart(Part):
    """The same of a list that may be very long."""

    after: str | None = Field(
        None,
        pattern=r"^-?[0-9]{1,16}-[0-9]{1,18}$",
        description="`next` of the part before: takes no longer however far on.",
    )


Parts = Annotated[Part, Query()]
LedgerParts = Annotated[LedgerPart, Query()]


class TheatreOut(Schema):
    """What is watched."""

    id: str
    name: str
    section: str
    dyads: list[Dyad]


class StoryOut(Schema):
    """A published article."""

    id: int
    url: str
    headline: str
    standfirst: str
    section: str
    theatre: str
    dyad: str
    as_of: date
    published: datetime
    corrected: datetime
    corrections: int


class Theatres(Schema):
    """All theatres."""

    items: list[TheatreOut]


class _Page(Schema):
    more: bool = Field(description="Whether there is another part: ask for offset + limit.")


class _LedgerPage(_Page):
    next: str | None = Field(description="Where the next part begins: ask for it with `after`.")


class Stories(_Page):
    """The newest first."""

    items: list[StoryOut]


class Incidents(_LedgerPage):
    """The last known first."""

    items: list[Incident]


class Forecasts(_Page):
    """The last made first."""

    items: list[Forecast]


class Tripwires(_LedgerPage):
    """The last known first, each with its state as coded."""

    items: list[Tripwire]


class CommentOut(Schema):
    """A comment, for moderators: without its writer's address."""

    id: int
    subject: str
    name: str
    text: str
    state: str
    reason: str
    urgent: bool
    written: datetime


class Comments(_Page):
    """Those to be looked at first come first."""

    items: list[CommentOut]


class Publish(Schema):
    """Show the comment."""

    do: Literal["publish"]


class Reject(Schema):
    """Refuse the comment, or take it down; its writer is told the reason."""

    do: Literal["reject"]
    reason: Literal["threat", "private", "insult", "words", "off-topic", "advert", "false", "other"]


Settlement = Annotated[Publish | Reject, Field(discriminator="do")]


class Proposal(Schema):
    """What the machine shall write about."""

    theatre: Id
    dyad: Id
    as_of: Day | None = None


class Proposed(Schema):
    """The proposal, to be edited and approved by people at the desk."""

    id: int
    url: str


class Note(Schema):
    """What an analyst holds of an incident."""

    text: Words


class Noted(Schema):
    """The decision as the ledger holds it."""

    who: str
    what: str
    target: str
    why: str
    when: datetime
