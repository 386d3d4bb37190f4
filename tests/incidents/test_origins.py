from __future__ import annotations

from handmade import article

from detente.incidents import origins

STORY = (
    "Gunners on the northern bank fired eleven mortar rounds at the ferry landing shortly after noon, the harbour "
    "master said, and two deckhands were taken to hospital with cuts. Traffic on the river stopped for three hours."
)


def test_trimmed_copies_share_an_origin_and_own_words_do_not():
    reports = [
        article("a", STORY, "2031-03-04"),
        article("b", "ELMTON (VW) - " + STORY.split(" Traffic")[0], "2031-03-04", "Daily Elm"),
        article("c", "Two ferry workers were hurt when mortar fire from across the water hit the quay at midday, "
                     "according to the port's chief, who closed the crossing until the afternoon.", "2031-03-04"),
    ]  # fmt: skip
    found = origins(reports)
    assert found["a"] == found["b"] != found["c"]


def test_a_named_origin_is_believed():
    reports = [
        article("a", "Short note on the ferry.", "2031-03-04", extra={"origin": "VW-77"}),
        article("b", "Quite different words here.", "2031-03-05", extra={"origin": "VW-77"}),
        article("c", "Something else again.", "2031-03-05"),
    ]
    found = origins({each.id: each for each in reports})
    assert found["a"] == found["b"] and found["c"] == "c"


def test_empty_and_tiny_texts_stay_apart():
    assert origins([article("a", "", None), article("b", "", None)]) == {"a": "a", "b": "b"}
