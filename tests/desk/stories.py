"""Stories for tests: a short text on the demo's reports, without waiting for the machine."""

from datetime import date

from detente.desk.accounts.models import User
from detente.desk.book import ledger
from detente.desk.publishing import flow
from detente.desk.publishing.models import Exhibit, Story
from detente.records import Article, Block, Brief, Sentence, Span

CHART = '<figure class="chart"><svg viewBox="0 0 9 9" role="img" aria-label="chart"></svg><div class="panel" hidden></div></figure>'


def span(words: str) -> Span:
    """The exact words, wherever they stand first."""
    for each in ledger().read(Article, as_of=None):
        if (start := each.text.find(words)) >= 0:
            return Span(each.id, start, start + len(words), words)
    raise AssertionError(f"no report says {words!r}")


def text(headline: str = "Tension in Iraq has eased, for now") -> Brief:
    """A brief of two parts."""
    fired = span("has been fired on since 26 March")
    return Brief(
        id="any", section="Iraq News", headline=Sentence(headline, (fired,)),
        standfirst=Sentence("No rocket has been reported for 26 days.", (), "days since the last attack"),
        as_of=date(2020, 4, 21), dyad="one side ↔ other side", stamp="As known 21 April 2020",
        blocks=(
            Block("Where things stand", "text", (Sentence("No base was fired on.", (fired,)), Sentence("It is quiet.", (), "count"))),
            Block("Tripwires", "table", (), ("holder", "if"), ((Sentence("US", (), "list"), Sentence("any more are killed", (fired,))),)),
        ),
    )  # fmt: skip


def user(role: str) -> User:
    return User.objects.get(username=role)


def proposed(headline: str | None = None) -> Story:
    brief = text(headline) if headline else text()
    exhibit = Exhibit.objects.create(
        erasures=0, chart=CHART, articles=[brief.headline.evidence[0].article], card=b"\x89PNG"
    )
    return flow.propose(brief, "iraq-2020", "us-factions", exhibit, user("editor"), "for a test")


def published(headline: str | None = None) -> Story:
    story = proposed(headline)
    flow.approve(story.newest, user("editor"))
    flow.approve(story.newest, user("admin"))
    return flow.publish(story.newest, user("editor"))
