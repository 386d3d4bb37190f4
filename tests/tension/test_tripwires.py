from __future__ import annotations

from datetime import date

import pytest
from handmade import CAMP, FRONT, SPOKESMAN, TROOPS, article, event, killed, on, rolls_up, wire

from detente.incidents import merge
from detente.records import Mention
from detente.tension import tripwire_states

THREAT = article("t", "Arland will strike the River Front if its soldiers are killed.", "2031-03-01")
WARNING = article("w", "The River Front told Arland to leave within 48 hours or be attacked.", "2031-03-01")
PROMISE = article("p", "The River Front will not fire on troops while they withdraw.", "2031-03-01")


def incidents(*happened):
    events, articles = [], {}
    for number, (text, trigger, day, more) in enumerate(happened):
        report = article(f"r{number}", text, day)
        articles[report.id] = report
        events.append(event(report, trigger, date=on(day), **more))
    return merge(events, articles, rolls_up=rolls_up)


HIT = (
    "Rockets killed two Arland soldiers.",
    "killed",
    "2031-03-05",
    {"place": CAMP, "recipients": (TROOPS,), "counts": (killed(2),)},
)
HARMLESS = ("Rockets missed Arland soldiers.", "missed", "2031-03-05", {"place": CAMP, "recipients": (TROOPS,)})
STRIKE = ("Arland jets struck the River Front.", "struck", "2031-03-07", {"actors": (TROOPS,), "recipients": (FRONT,)})
FIRE = ("The River Front fired on Arland troops.", "fired", "2031-03-06", {"actors": (FRONT,), "recipients": (TROOPS,)})


def threat():
    return wire(THREAT, "its soldiers are killed", "strike the River Front", SPOKESMAN, FRONT, act="ASSAULT")


def ultimatum():
    return wire(
        WARNING,
        "leave within 48 hours",
        "be attacked",
        FRONT,
        SPOKESMAN,
        negated_condition=True,
        act="ASSAULT",
        deadline=on("2031-03-03", text="within 48 hours"),
    )


def promise():
    return wire(PROMISE, "they withdraw", "not fire on troops", FRONT, TROOPS, direction="rewards")


@pytest.mark.parametrize(
    ("tripwire", "happened", "as_of", "moves"),
    [
        (threat(), (), "2031-03-04", ["armed"]),
        (threat(), (HARMLESS,), "2031-03-06", ["armed"]),
        (threat(), (HIT,), "2031-03-06", ["armed", "tripped"]),
        (threat(), (HIT, STRIKE), "2031-03-08", ["armed", "tripped", "executed"]),
        (threat(), (STRIKE,), "2031-03-08", ["armed"]),
        (threat(), (HIT,), "2031-04-01", ["armed", "tripped", "withheld"]),
        (ultimatum(), (), "2031-03-03", ["armed"]),
        (ultimatum(), (), "2031-03-04", ["armed", "expired"]),
        (
            ultimatum(),
            (("The River Front fired on Arland troops.", "fired", "2031-03-04", FIRE[3]),),
            "2031-03-05",
            ["armed", "executed"],
        ),
        (promise(), (HIT,), "2031-03-06", ["armed"]),
        (promise(), (FIRE,), "2031-03-07", ["armed", "withdrawn"]),
    ],
)
def test_a_tripwire_moves_only_by_later_incidents_or_its_clock(tripwire, happened, as_of, moves):
    (moved,) = tripwire_states([tripwire], incidents(*happened), as_of=date.fromisoformat(as_of), rolls_up=rolls_up)
    assert [each.state for each in moved.moves] == moves
    assert moved.state == moves[-1]
    for each in moved.moves:
        assert each.evidence or each.state in ("expired", "withheld")


def test_what_was_not_yet_spoken_or_known_does_not_move_it():
    assert tripwire_states([threat()], [], as_of=date(2031, 2, 1), rolls_up=rolls_up) == []
    (moved,) = tripwire_states([threat()], incidents(HIT), as_of=date(2031, 3, 4), rolls_up=rolls_up)
    assert moved.state == "armed"


@pytest.mark.parametrize(
    ("words", "direction"),
    [("treat the cabinet as hostile and impose sanctions", "punishes"), ("ease the sanctions", "rewards")],
)
def test_a_cost_without_arms_is_no_promise(words, direction):
    report = article("s", f"Should the talks fail, Arland might {words}.", "2031-03-01")
    made = wire(report, "Should the talks fail", words, SPOKESMAN, FRONT, direction="rewards")
    (told,) = tripwire_states([made], [], as_of=date(2031, 3, 2), rolls_up=rolls_up)
    assert told.direction == direction


def test_no_threat_is_carried_out_on_its_own_holder():
    """Its general is killed, and one report has the wrong side do it: the side that suffered carried nothing out."""
    muddled = ("A commander of the Arland army was killed.", "killed", "2031-03-07",
               {"actors": (TROOPS,), "recipients": (TROOPS,), "counts": (killed(1),)})  # fmt: skip
    found = tripwire_states([threat()], incidents(HIT, muddled), as_of=date(2031, 3, 10), rolls_up=rolls_up)
    assert [move.state for move in found[0].moves] == ["armed", "tripped"]


FAILS = article("f", "Should Mara Lindqvist not succeed, Arland might impose sanctions.", "2031-03-01")


@pytest.mark.parametrize(
    ("sentence", "trigger", "state"),
    [
        ("Parliament gave its confidence to Mara Lindqvist's government.", "gave", "expired"),
        ("Mara Lindqvist was voted down by parliament.", "voted down", "tripped"),
        ("Mara Lindqvist met ambassadors.", "met", "armed"),
        ("Parliament gave its confidence to Otto Brandt's government.", "gave", "armed"),
    ],
)
def test_a_condition_on_how_somebody_fares_is_overtaken(sentence, trigger, state):
    hangs = wire(FAILS, "Should Mara Lindqvist not succeed", "Arland might impose sanctions", SPOKESMAN, FRONT)
    report = article("later", sentence, "2031-03-09")
    known = merge([event(report, trigger, kind="CONSULT")], {report.id: report}, rolls_up=rolls_up)
    (told,) = tripwire_states([hangs], known, as_of=date(2031, 3, 10), rolls_up=rolls_up)
    assert told.state == state
    if state != "armed":
        assert told.moves[-1].evidence[0].quote == sentence


def test_what_only_the_holder_can_hear_is_shown_by_its_deed():
    """'If it learns of attacks': no report tells whether it did, a strike within the fortnight tells that it acted."""
    report = article("h", "Arland will take pre-emptive action if it gets word of new attacks.", "2031-03-01")
    heard = wire(report, "if it gets word of new attacks", "take pre-emptive action", SPOKESMAN, FRONT, act="ACCUSE")
    (told,) = tripwire_states([heard], incidents(STRIKE), as_of=date(2031, 3, 8), rolls_up=rolls_up)
    assert [move.state for move in told.moves] == ["armed", "executed"]
    late = (*STRIKE[:2], "2031-03-20", STRIKE[3])
    (told,) = tripwire_states([heard], incidents(late), as_of=date(2031, 3, 21), rolls_up=rolls_up)
    assert told.state == "armed"


def test_a_threat_to_a_state_and_its_proxies_is_carried_out_on_a_group_it_backs():
    warning = article(
        "x", "Washington will respond if Iran or the militias it backs attack its soldiers.", "2020-03-01"
    )
    us, iran = Mention("Washington", actor="USA", country="USA"), Mention("Iran", actor="IRN", country="IRN")
    armed = wire(warning, "if Iran or the militias it backs attack its soldiers", "respond", us, iran, act="ASSAULT")
    backed, other = Mention("Kataib Hezbollah", actor="iraq.kataib-hezbollah"), Mention("IS", actor="islamic-state")
    hit = ("Rockets hit American soldiers.", "hit", "2020-03-05", {"recipients": (us,)})

    def states(whom):
        strike = ("American jets struck it.", "struck", "2020-03-07", {"actors": (us,), "recipients": (whom,)})
        found = tripwire_states([armed], incidents(hit, strike), as_of=date(2020, 3, 10), rolls_up=rolls_up)
        return found[0].state

    assert states(backed) == "executed"
    assert states(other) == "tripped"
