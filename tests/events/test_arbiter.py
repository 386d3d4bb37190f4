"""To whom a deed is done, where rules and judge are weighed together."""

import json
import math
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.arbiter import beside, described, nouns, part
from detente.events.trees import Trees, shipped
from detente.events.triggers import candidates

SMALL = {
    "features": ["chosen", "gap"],
    "trees": [
        [["chosen", 0.5, 1, 2], [-1.0], [1.0]],
        [["gap", 3.0, 1, 2], [0.5], ["chosen", 0.5, 3, 4], [-2.0], [0.0]],
    ],
}


def small():
    at = {name: n for n, name in enumerate(SMALL["features"])}
    trees = [[[at.get(n[0], n[0]), *n[1:]] for n in tree] for tree in SMALL["trees"]]
    return Trees({"features": SMALL["features"], "trees": trees})


def test_trees_add_up_to_odds():
    near, far, neither = small().odds(
        [{"chosen": 1.0, "gap": 2.0}, {"chosen": 1.0, "gap": 9.0}, {"gap": 9.0, "new": 4.0}]
    )
    assert near == pytest.approx(1 / (1 + 2.718281828**-1.5))
    assert far == pytest.approx(1 / (1 + 2.718281828**-1))
    assert neither == pytest.approx(1 / (1 + 2.718281828**3))


def walked(trees, row, names):
    """The sum of the leaves that a row reaches, step by step."""
    total = 0.0
    for tree in trees:
        node = tree[0]
        while len(node) > 1:
            node = tree[node[2] if row.get(names[node[0]], 0.0) <= node[1] else node[3]]
        total += node[0]
    return total


@given(
    st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from([-1.0, 0.0, 0.5, 1.0, 7.0])), max_size=5)
)
def test_the_table_leads_where_the_steps_lead(rows):
    names = ["a", "b", "c"]
    trees = [
        [[0, 0.5, 1, 2], [1, 0.0, 3, 4], [0, 1.0, 5, 6], [-2.0], [0.25], [1.0], [2, -1.0, 7, 8], [3.0], [-0.5]],
        [[2, 0.5, 1, 2], [0.75], [-1.5]],
        [[0.125]],
    ]
    made = Trees({"features": names, "trees": trees})
    odds = made.odds(rows)
    assert odds == pytest.approx([1 / (1 + math.exp(-walked(trees, row, names))) for row in rows])
    halves = ([{n: v for n, v in row.items() if (n == "a") == first} for row in rows] for first in (True, False))
    assert made.odds_of(sum(map(made.table, halves))) == odds
    assert [made.odds([row])[0] for row in rows] == odds  # whatever stands beside it


@given(st.booleans(), st.floats(-40, 40), st.integers(-30, 30))
def test_odds_lie_between_nothing_and_certainty(chosen, said, gap):
    (odds,) = shipped("recipients").odds([{"chosen": float(chosen), "net suffers": said, "gap": float(gap)}])
    assert 0 < odds < 1


def test_no_rows_no_odds():
    assert shipped("recipients").odds([]) == []


def test_shipped_trees_use_features_that_are_made(scene):
    made = scene("Turkish police fired on a crowd of nurses outside the ministry in Ankara.")
    found = candidates(made)
    here = {name for c in found for f in described(made, c, nouns(made, c), found) for name in f}
    known = set(json.loads(files("detente.events").joinpath("data/recipients.json").read_text("utf-8"))["features"])
    assert len(here & known) > 20
    assert here - known <= {
        name for name in here if " " in name and name.split()[0] in ("type", "label", "kind", "entity", "is", "hangs")
    }


def test_nouns_that_may_be_recipients(scene):
    made = scene("On Monday Turkish gunners killed two of the rebels near Idlib with 40 shells.")
    (deed,) = [c for c in candidates(made) if c.token.text == "killed"]
    assert [t.text for t in nouns(made, deed)] == ["Turkish", "rebels", "Idlib"]


def test_a_word_of_another_name_is_part_of_it(scene):
    words = {t.text: t for t in scene("Two Turkish soldiers and a nurse left.").doc}
    assert part(words["Turkish"], words["soldiers"])
    assert not part(words["nurse"], words["soldiers"])
    assert not part(words["soldiers"], words["soldiers"])


def test_how_far_behind_the_likeliest():
    made = [{"net suffers": -2.0}, {"net suffers": 1.5}, {}]
    beside(made)
    assert [f.get("behind, net suffers") for f in made] == [3.5, 0.0, None]


@pytest.mark.parametrize(
    ("text", "word", "whom", "what"),
    [
        ("Appeals by Basque mayors that Madrid pardon the shepherds went unheard.", "Appeals", "Madrid", "added"),
        ("Bus drivers in Bamako downed tools on Friday over unpaid wages.", "downed", "tools", "dropped"),
    ],
)
def test_what_was_changed_is_told(deed, text, word, whom, what):
    event = deed(text, word)
    assert any(line.startswith(f"'{whom}' {what} as recipient: ") for line in event.why)
    assert any(whom in m.text for m in event.recipients) == (what == "added")
