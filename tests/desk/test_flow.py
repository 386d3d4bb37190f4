"""The way of a story: who may take which step, what stands in the way, what the ledger remembers."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from stories import proposed, published, text, user

from detente.desk.book import ledger
from detente.desk.publishing import exhibits, flow
from detente.desk.publishing.accusing import accuses, needed
from detente.desk.publishing.demonstration import publish_first
from detente.desk.publishing.models import Exhibit, Revision, Story
from detente.records import Decision, InputError, Sentence

pytestmark = pytest.mark.usefixtures("site")


def done() -> list[str]:
    return [f"{each.who} {each.what} {each.target}" for each in ledger().read(Decision, as_of=None)]


def test_from_proposal_to_correction_every_step_is_in_the_ledger():
    story = proposed()
    editor = user("editor")
    assert flow.obstacles(story.newest) == ["1 approval is missing."]
    with pytest.raises(InputError, match="1 approval is missing"):
        flow.publish(story.newest, editor)
    flow.approve(story.newest, editor, "read twice")
    story = flow.publish(story.newest, editor)
    assert story.slug == "2020-04-21-tension-in-iraq-has-eased-for-now"

    better = replace(text(), standfirst=Sentence("Nobody reports a rocket.", editorial=True))
    second = flow.revise(story.published, better, editor, "plainer")
    assert "1 approval is missing." in flow.obstacles(second)
    flow.approve(second, editor)
    with pytest.raises(InputError, match="Tell readers what was wrong"):
        flow.publish(second, editor)
    story = flow.publish(second, editor, "We counted a day too many.")
    assert story.published == second and story.slug == "2020-04-21-tension-in-iraq-has-eased-for-now"
    assert Revision.objects.get(number=1).brief.standfirst.text == text().standfirst.text  # the first text is untouched
    n = story.pk
    assert done() == [
        f"editor propose Story {n} r1", f"editor approve Story {n} r1", f"editor publish Story {n} r1",
        f"editor edit Story {n} r2", f"editor approve Story {n} r2", f"editor correct Story {n} r2",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["reader", "analyst", "moderator"])
def test_only_editors_take_steps(role):
    story, who = proposed(), user(role)
    newest = story.newest
    for step in (
        lambda: flow.approve(newest, who),
        lambda: flow.publish(newest, who),
        lambda: flow.revise(newest, text("Other"), who, "why"),
        lambda: flow.withdraw(story, who, "why"),
        lambda: flow.propose(text(), "iraq-2020", "us-factions", None, who, "why"),
    ):
        with pytest.raises(PermissionDenied):
            step()
    assert len(done()) == 1


@pytest.mark.parametrize(
    "headline",
    [
        "Militia responsible for Taji rockets",
        "Who is behind the rockets?",
        "Iran to blame, US says",
        "إيران مسؤولة عن الهجوم",
    ],
)
def test_a_headline_that_names_who_is_to_blame_needs_two_people(headline):
    story = proposed(headline)
    flow.approve(story.newest, user("editor"))
    with pytest.raises(InputError, match="approved this revision already"):
        flow.approve(story.newest, user("editor"))
    with pytest.raises(InputError, match="1 approval is missing"):
        flow.publish(story.newest, user("editor"))
    flow.approve(story.newest, user("admin"))
    assert flow.publish(story.newest, user("editor")).published


@pytest.mark.parametrize(
    "headline", ["Tension has eased, for now", "US and militia trade attacks", "Talks resume in Baghdad"]
)
def test_a_plain_headline_needs_one(headline):
    assert accuses(headline) is None and needed(headline) == 1


def test_nothing_unsupported_is_approved():
    story = proposed()
    bare = replace(text(), headline=Sentence("Peace is here"))
    worse = flow.revise(story.newest, bare, user("editor"), "shorter")
    with pytest.raises(InputError, match="nothing supports: Peace is here"):
        flow.approve(worse, user("editor"))


def test_two_editors_do_not_overwrite_each_other():
    story = proposed()
    base = story.newest
    flow.revise(base, text("One"), user("editor"), "mine")
    with pytest.raises(InputError, match="Somebody saved another revision"):
        flow.revise(base, text("Two"), user("admin"), "mine")
    with pytest.raises(InputError, match="Nothing was changed"):
        flow.revise(story.newest, story.newest.brief, user("editor"), "nothing")


def test_a_withdrawn_story_says_why_and_can_come_back():
    story = published()
    with pytest.raises(InputError, match="Tell readers why"):
        flow.withdraw(story, user("editor"), " ")
    flow.withdraw(story, user("editor"), "The report was retracted.")
    story.refresh_from_db()
    assert story.withdrawn_why == "The report was retracted."
    assert flow.publish(story.newest, user("editor"), "The report stands after all.").withdrawn_at is None


def test_an_erasure_takes_the_words_out_of_texts_and_drawings():
    story = published()
    quoted = story.published.brief.headline.evidence[0].article
    ledger().erase(quoted, who="Ada", why="court order")
    again = Revision.objects.get(pk=story.published_id)
    assert again.brief is None and "erased on legal request" in flow.faults(again)[0]
    assert exhibits.current(again.exhibit) is None
    assert Exhibit.objects.get().chart == "" and Exhibit.objects.get().card is None


def test_only_a_demo_publishes_by_itself():
    with pytest.raises(InputError, match="only a demo"):
        publish_first()
    assert not Story.objects.exists()
