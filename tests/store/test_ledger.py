"""A ledger answers what was known then: on SQLite and on PostgreSQL alike."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.db import DatabaseError
from made import DAY, article, event, incident, page

from detente.records import Article, Decision, Event, Gap, Incident, InputError, Page, Tripwire
from detente.store import Erased, open_ledger

NEXT = DAY + timedelta(days=1)


def ids(records):
    return [each.id for each in records]


def test_what_goes_in_comes_out(ledger):
    records = [page(fetched=datetime(2031, 3, 1, 12, tzinfo=UTC), hints={"title": "T"}), article(), event()]
    assert ledger.add(records).new == 3
    for record in records:
        assert ledger.get(type(record), record.id, as_of=None) == record
        assert list(ledger.read(type(record), as_of=None)) == [record]


def test_a_record_is_known_from_its_day_on(ledger):
    ledger.add([article("a1", published=DAY), article("a2", published=NEXT)])
    assert ids(ledger.read(Article, as_of=DAY - timedelta(days=1))) == []
    assert ids(ledger.read(Article, as_of=DAY)) == ["a1"]
    assert ids(ledger.read(Article, as_of=NEXT)) == ["a1", "a2"]


def test_a_fetched_page_is_known_from_the_moment_it_was_fetched(ledger):
    ledger.add([page(fetched=datetime(2031, 3, 1, 12, tzinfo=UTC))])
    assert ledger.get(Page, "p-1", as_of=datetime(2031, 3, 1, 11, 59, tzinfo=UTC)) is None
    assert ledger.get(Page, "p-1", as_of=DAY) is not None


def test_a_date_known_to_the_month_was_known_when_the_month_was_over(ledger):
    ledger.add([article(published=date(2031, 2, 1), published_precision="month")])
    assert ledger.get(Article, "a1", as_of=date(2031, 2, 27)) is None
    assert ledger.get(Article, "a1", as_of=date(2031, 2, 28)) is not None


def test_a_record_without_a_date_is_known_when_it_is_recorded(ledger, clock):
    ledger.add([article(published=None)])
    assert ledger.get(Article, "a1", as_of=clock.now - timedelta(seconds=1)) is None
    assert ledger.get(Article, "a1", as_of=clock.now) is not None


def test_a_new_version_leaves_the_old_answer_as_it_was(ledger):
    ledger.add([article(text="first")])
    ledger.add([article(text="corrected")], known_at=NEXT)
    assert ledger.get(Article, "a1", as_of=DAY).text == "first"
    assert ledger.get(Article, "a1", as_of=NEXT).text == "corrected"
    assert [v.record.text for v in ledger.history(Article, "a1")] == ["first", "corrected"]


def test_what_is_withdrawn_stands_in_earlier_reads(ledger):
    ledger.add([event()])
    assert ledger.withdraw(Event, "a1-e1", known_at=NEXT)
    assert not ledger.withdraw(Event, "a1-e1", known_at=NEXT), "twice is once"
    assert ids(ledger.read(Event, as_of=DAY)) == ["a1-e1"]
    assert ids(ledger.read(Event, as_of=NEXT)) == []
    assert [version.state for version in ledger.history(Event, "a1-e1")] == ["held", "withdrawn"]


def test_the_same_thing_again_is_counted_not_stored(ledger):
    assert ledger.add([article(), event()]).new == 2
    again = ledger.add([article(), event()])
    assert (again.new, again.same) == (0, 2)


def test_what_the_ledger_itself_held_is_another_question(ledger, clock):
    ledger.add([article("a1")])
    clock.pass_days(10)
    ledger.add([article("a2"), article("a1", text="coded anew")])
    before = date(2031, 1, 5)
    assert ids(ledger.read(Article, as_of=DAY)) == ["a2", "a1"]
    assert ids(ledger.read(Article, as_of=DAY, held=before)) == ["a1"]
    assert ledger.get(Article, "a1", as_of=DAY, held=before).text == "Arland struck Bergia."


def test_a_clock_that_is_set_back_does_not_mix_the_order(ledger, clock):
    ledger.add([article("a1")])
    first = ledger.last_recorded()
    clock.pass_days(-5)
    ledger.add([article("a2")])
    assert ledger.last_recorded() > first
    assert ids(ledger.read(Article, as_of=None, held=first)) == ["a1"]


def test_a_dyad_is_found_whoever_acted(ledger):
    ledger.add([
        event("e1"), event("e2", actors=("BER",), recipients=("ARL.MIL",)), event("e3", recipients=("CAL",)),
        event("e4", recipients=()), event("e5", actors=(), recipients=("CAL",)),
    ])  # fmt: skip
    assert sorted(ids(ledger.dyad(["ARL", "ARL.MIL"], ["BER"], as_of=DAY))) == ["e1", "e2", "e4"]
    assert sorted(ids(ledger.dyad(["ARL", "ARL.MIL"], ["BER"], as_of=DAY, alone=False))) == ["e1", "e2"]
    assert ledger.actors() == ["ARL", "ARL.MIL", "BER", "CAL"]


def test_an_event_that_changed_sides_is_no_longer_found_by_the_old_one(ledger):
    ledger.add([event("e1")])
    ledger.add([event("e1", recipients=("CAL",))], known_at=NEXT)
    assert ids(ledger.dyad(["ARL"], ["BER"], as_of=DAY)) == ["e1"]
    assert ids(ledger.dyad(["ARL"], ["BER"], as_of=NEXT)) == []
    assert ids(ledger.dyad(["ARL"], ["CAL"], as_of=NEXT)) == ["e1"]


def test_finding_by_article_country_and_day(ledger):
    ledger.add([event("e1"), event("e2", article="a2", country="CAL", reported=NEXT)])
    assert ids(ledger.read(Event, as_of=None, about=["article:a2"])) == ["e2"]
    assert ids(ledger.read(Event, as_of=None, about=["country:BER", "country:CAL"])) == ["e1", "e2"]
    assert ids(ledger.read(Event, as_of=None, since=NEXT)) == ["e2"]
    assert ids(ledger.read(Event, as_of=None, keys=["e1", "e9"])) == ["e1"]


def test_together_is_all_or_nothing(ledger, monkeypatch):
    with monkeypatch.context() as broken, pytest.raises(OSError, match="disk full"):
        broken.setattr("detente.store.write.Writer._mark", Mock(side_effect=OSError("disk full")))
        ledger.together([article()])
    assert ledger.counts(as_of=None) == {}
    ledger.together([article()], [(Event, "never there")])
    assert ledger.counts(as_of=None) == {"Article": 1}


def test_any_record_can_be_kept(ledger):
    gap = Gap("Example Wire", DAY, DAY, "silent")
    ledger.add([gap])
    ledger.add([Gap("Example Wire", DAY, NEXT, "silent")])
    assert list(ledger.read(Gap, as_of=DAY)) == [gap]
    assert [each.end for each in ledger.read(Gap, as_of=NEXT)] == [NEXT], "a gap that grows is one gap"


def test_text_that_databases_do_not_like(ledger):
    odd = article("a\0\ud800", text="NUL \0 and a lone \udfff surrogate", outlet="\0")
    ledger.add([odd])
    assert list(ledger.read(Article, as_of=None)) == [odd]


def test_decisions_say_who_and_why(ledger, clock):
    made = ledger.decide("Ada", "split", "i-1", "two towns")
    assert list(ledger.read(Decision, as_of=None)) == [made] and made.when == clock.now
    with pytest.raises(InputError, match="reason"):
        ledger.decide("Ada", "split", "i-1", " ")


def test_bookmarks_are_overwritten(ledger):
    assert ledger.bookmark("merge") == {}
    ledger.set_bookmark("merge", {"entry": 1})
    ledger.set_bookmark("merge", {"entry": 2})
    assert ledger.bookmarks("mer") == {"merge": {"entry": 2}}


# ------------------------------------------------------------------------------------------- append-only
@pytest.mark.parametrize("statement", [
    "DELETE FROM ledger_entry", "UPDATE ledger_entry SET known_at = recorded_at", "UPDATE ledger_entry SET body = NULL",
])  # fmt: skip
def test_the_database_itself_refuses_to_forget(ledger, statement):
    from django.db import connections, transaction

    ledger.add([article()])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using=ledger.alias):
        connections[ledger.alias].cursor().execute(statement)
    assert ids(ledger.read(Article, as_of=None)) == ["a1"]


def test_the_models_refuse_too(ledger):
    from detente.store.models import Entry

    ledger.add([article()])
    with pytest.raises(TypeError):
        Entry.objects.using(ledger.alias).update(kind="x")
    with pytest.raises(TypeError):
        Entry.objects.using(ledger.alias).delete()


# --------------------------------------------------------------------------------------------- erasure
@pytest.fixture
def told(ledger):
    """Two articles; one of them with a page, an event and an incident that rests on both."""
    ledger.add([page(url="https://example.org/1", fetched=datetime(2031, 3, 1, tzinfo=UTC))])
    ledger.add([article(page="p-1", text="Jane Roe lives at 4 Mill Lane.", url="https://example.org/1"), article("a2")])
    ledger.add([event(), event("a2-e1", "a2")])
    ledger.add([incident(reports=("a1", "a2"))], known_at=DAY)
    return ledger


def test_erasure_takes_the_words_and_leaves_the_fact(told):
    made = told.erase("a1", who="Ada", why="court order 17")
    gone = told.get(Article, "a1", as_of=DAY)
    assert gone == Erased("Article", "a1", datetime(2031, 3, 1, tzinfo=UTC), made.when, "court order 17")
    assert {(each.kind, each.key) for each in told.erased(as_of=DAY)} == {
        ("Page", "p-1"), ("Article", "a1"), ("Event", "a1-e1"), ("Incident", "i-1"),
    }  # fmt: skip
    assert told.erased(as_of=DAY - timedelta(days=1)) == []
    assert ids(told.read(Article, as_of=None)) == ["a2"] and ids(told.read(Event, as_of=None)) == ["a2-e1"]
    assert told.history(Article, "a1")[0].state == "erased"
    assert list(told.read(Decision, as_of=None)) == [made] and made.what == "erase"


def test_what_was_erased_is_not_taken_in_again(told):
    told.erase("a1", who="Ada", why="court order 17")
    done = told.add([
        article(page="p-1"), event(), incident(reports=("a1",)), article("a3", url="https://example.org/1"), article("a4"),
    ])  # fmt: skip
    assert done.barred == ["Article a1", "Event a1-e1", "Incident i-1", "Article a3"] and done.new == 1


def test_nothing_of_the_erased_text_is_left_in_the_file(told):
    from django.db import connections

    from detente.store.codec import pack

    if connections[told.alias].vendor != "sqlite":
        pytest.skip("looks into the SQLite file")
    file = Path(connections[told.alias].settings_dict["NAME"])

    def raw() -> bytes:
        told.close()
        return b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))

    body = pack(told.get(Article, "a1", as_of=None))[0]
    assert body in raw(), "the search would find it"
    told.erase("a1", who="Ada", why="court order 17")
    left = raw()
    assert body not in left and body[8:40] not in left


def test_erasing_what_is_not_there_says_so(ledger):
    with pytest.raises(InputError, match="no article a9"):
        ledger.erase("a9", who="Ada", why="x")


# --------------------------------------------------------------------------------------------- opening
def test_opening_says_what_is_wrong(tmp_path):
    import sqlite3

    with pytest.raises(InputError, match="no such ledger"):
        open_ledger(tmp_path / "absent.sqlite", create=False)
    (tmp_path / "text.sqlite").write_text("not a database, but a text long enough to be looked at" * 30)
    with pytest.raises(InputError, match="not a ledger"):
        open_ledger(tmp_path / "text.sqlite")
    other = sqlite3.connect(tmp_path / "other.sqlite")
    other.execute("CREATE TABLE things (x)")
    other.close()
    with pytest.raises(InputError, match="belongs to something else"):
        open_ledger(tmp_path / "other.sqlite")
    with pytest.raises(InputError, match="folder"):
        open_ledger(tmp_path)
    with pytest.raises(InputError, match=r"mysql://host/db: give a file"):
        open_ledger("mysql://me:secret@host/db")


def test_a_ledger_of_a_newer_version_is_refused(new_place):
    from django.db import connections

    place = new_place()
    with open_ledger(place) as ledger:
        connections[ledger.alias].cursor().execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_future', CURRENT_TIMESTAMP)"
        )
    with pytest.raises(InputError, match="newer version"):
        open_ledger(place)


def test_kinds_that_are_no_records_are_refused(ledger):
    with pytest.raises(InputError, match="no kind of record"):
        ledger.add([object()])
    assert list(ledger.read(Tripwire, as_of=None)) == [] and list(ledger.read(Incident, as_of=None)) == []
