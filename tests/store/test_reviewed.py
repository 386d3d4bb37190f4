"""What people decide in a ledger takes effect in every state of it, and can be undone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from made import article, event

from detente.incidents.review import anchor
from detente.keeping import dossier_of
from detente.keeping.deciding import in_force
from detente.keeping.merging import merge_again
from detente.pipeline import incidents_of, roll_up
from detente.records import Count, Decision, Incident, Span
from detente.store.codec import pack, unpack
from detente.store.upkeep import problems

ONE, TWO = article("a1"), article("a2", "Arland hit Bergia again.", published=date(2031, 3, 2))
FIRST, THEN = event(), replace(event("a2-e1", "a2", reported=date(2031, 3, 2)), trigger=Span("a2", 7, 10, "hit"))


def filled(ledger):
    ledger.add([ONE, TWO, FIRST, THEN])
    merge_again(ledger)
    return ledger


def told(ledger, **when):
    return sorted(name for each in ledger.read(Incident, as_of=None, **when) for name in each.events)


def reject(ledger, which=FIRST, who="Ada"):
    return ledger.decide(who, "reject", f"Event {which.id}", "no deed", {"at": anchor(which), "reason": "no-event"})


def test_a_rejected_mention_leaves_incidents_on_every_day_and_comes_back(ledger):
    filled(ledger)
    made = reject(ledger)
    assert merge_again(ledger) > 0 and told(ledger) == ["a2-e1"]
    assert not list(ledger.read(Incident, as_of=date(2031, 3, 1))), "the reading of that day's report was mended"
    assert merge_again(ledger) == 0, "once is enough"
    ledger.decide("Ada", "undo", made.id, "mistaken")
    merge_again(ledger)
    assert told(ledger) == ["a1-e1", "a2-e1"]


def test_held_shows_what_stood_before_the_decision(ledger):
    filled(ledger)
    before = ledger.last_recorded()
    reject(ledger)
    assert len(dossier_of(ledger, as_of=None).decided().events) == 1
    assert len(dossier_of(ledger, as_of=None, held=before).decided().events) == 2


def test_a_correction_reaches_what_track_and_brief_read(ledger):
    filled(ledger)
    ledger.decide("Ada", "correct", "Event a1-e1", "they only said so", {"at": anchor(FIRST), "modality": "threatened"})
    known = dossier_of(ledger, as_of=date(2031, 3, 1))
    (incident,) = incidents_of(known, roll_up(None))
    assert incident.modality == "threatened" and "reviewed by people: 1 of 1 mentions" in incident.why


def test_deaths_wait_for_a_second_person(ledger):
    deadly = replace(FIRST, counts=(Count("killed", 2, 2),))
    ledger.add([ONE, deadly])
    reject(ledger, deadly)
    assert in_force(ledger) == [] and len(dossier_of(ledger, as_of=None).decided().events) == 1
    reject(ledger, deadly, "Ben")
    assert len(in_force(ledger)) == 1 and dossier_of(ledger, as_of=None).decided().events == []


def test_decisions_without_a_change_are_kept_as_before_and_fit_their_digest(ledger):
    plain = Decision("d-1", datetime(2031, 3, 1), "Ada", "publish", "Story 1 r1", "checked")
    body, _, digest = pack(plain)
    assert unpack("Decision", body, None) == plain and pack(unpack("Decision", body, None))[2] == digest
    filled(ledger)
    reject(ledger)
    assert list(problems(ledger)) == []


def test_a_mention_coded_anew_under_another_number_stays_rejected(ledger):
    filled(ledger)
    reject(ledger)
    ledger.together([replace(FIRST, id="a1-e7")], [(type(FIRST), "a1-e1")], known_at=ONE.published)
    ledger.add([event("a1-e9", reported=ONE.published, actors=("CAR",))], known_at=ONE.published + timedelta(0))
    merge_again(ledger)
    assert "a1-e7" not in told(ledger)
