"""The picture of a dyad: one page without network, and a drawing for papers."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from valley import known

from detente.brief import Tracked, paper_svg, track_page
from detente.brief.survival import survival_curve
from detente.outlook import rule_for
from detente.pictures import write_picture
from detente.records import Forecast, InputError, Lull
from detente.reference.theatre import LullDefinition
from detente.tension.pauses import survival

AS_OF = date(2031, 4, 15)


def tracked(tmp_path, as_of=AS_OF):
    _, dyad, lull, line, incidents, wires, *_ = known(tmp_path, as_of)
    ahead = Forecast("f", dyad.id, as_of, 30, 0.62, 0.5, 0.75, 0.28, "m", "rule", "likely that violence resumes")
    return Tracked(dyad, as_of, line, lull, tuple(incidents), tuple(wires), (ahead,))


def test_every_mark_leads_to_its_incidents(tmp_path):
    page = track_page(tracked(tmp_path))
    linked = {number for ids in re.findall(r'data-i="([^"]+)"', page) for number in ids.split()}
    assert linked and linked == set(re.findall(r'<li data-n="([^"]+)"', page))


def test_the_page_fetches_nothing_and_tells_the_same_without_script(tmp_path):
    page = track_page(tracked(tmp_path))
    assert not re.search(r"(?:src|srcset|href)\s*=|@import|url\(|fetch\(|XMLHttp|<link", page)
    for expected in ("62%", "50% to 75%", "− against", "How long earlier pauses lasted", "armed 20"):
        assert expected in page


def test_the_outlook_stands_apart_from_the_past(tmp_path):
    drawing = paper_svg(tracked(tmp_path))
    edge = float(re.search(r'<rect x="([\d.]+)"[^>]*class="ahead"', drawing)[1])
    marks = [float(x) for x in re.findall(r'<circle cx="([\d.]+)"[^>]*class="mark"', drawing)]
    assert marks and max(marks) < edge < float(re.search(r'<circle cx="([\d.]+)"[^>]*class="chance"', drawing)[1])


def test_the_drawing_is_written_as_svg_and_png(tmp_path):
    pytest.importorskip("resvg_py")
    found = tracked(tmp_path)
    for name, start in (("a.svg", b"<svg "), ("a.png", b"\x89PNG"), ("a.html", b"<!doctype html>")):
        write_picture(tmp_path / name, found)
        assert (tmp_path / name).read_bytes().startswith(start)


def test_a_drawing_for_papers_explains_its_marks_inside_its_frame(tmp_path):
    found = tracked(tmp_path)
    drawing = paper_svg(found)
    assert "carried out (black)" in drawing and "base rate dotted" in drawing
    top, height = map(float, re.search(r'viewBox="0 (\S+) \d+ (\S+)"', drawing).groups())
    lowest = max(float(y) for y in re.findall(r'<text x="8" y="([\d.]+)"', drawing))
    assert lowest < top + height
    assert "base rate dotted" not in paper_svg(replace(found, forecasts=()))


def test_a_holder_has_the_name_that_reference_data_give(tmp_path):
    found = tracked(tmp_path)
    wire = found.tripwires[0]
    assert '<td data-head="holder">Free Valley<' in track_page(replace(found, holders={wire.id: "Free Valley"}))


def test_nothing_to_draw_is_said(tmp_path):
    with pytest.raises(InputError, match="nothing to draw"):
        write_picture(tmp_path / "a.svg", tracked(tmp_path, date(2030, 12, 1)))


def test_the_page_ranks_explanations_and_says_how_rare_the_pause_is(tmp_path):
    found = tracked(tmp_path)
    page = track_page(replace(found, near={found.tripwires[0].id: "2 days left"}, records=("Arland: 1 (1 executed)",)))
    assert re.search(r"<ol><li>preparation: 0 against, \d+ for", page)
    assert re.search(r"a gap as long is to be expected about once in \d", page)
    assert '<svg class="curve"' in page and "(2 days left)" in page and "<li>Arland: 1 (1 executed)</li>" in page
    assert "What to watch" in page and "talks or an agreement between the two sides themselves" in page


def test_the_page_says_in_words_how_a_forecast_is_judged(tmp_path):
    found = tracked(tmp_path)
    rule = str(rule_for(found.dyad.id, LullDefinition(), found.as_of, 30))
    page = track_page(replace(found, forecasts=(replace(found.forecasts[0], rule=rule),)))
    assert "yes if an attack that counts here is reported of 2031-04-16 to 2031-05-15; else no" in page
    assert f"<small>{rule}</small>" in page


@given(st.lists(st.integers(1, 90), min_size=1, max_size=20), st.integers(0, 120))
def test_the_survival_curve_only_falls_and_stays_in_its_frame(gaps, now):
    drawing = survival_curve(Lull("d", AS_OF, "lull", heard=now, past_gaps=tuple(gaps), survival=survival(gaps)))
    path = re.search(r'<path d="(M[^"]+)" class="steps"', drawing)[1]
    across = [float(each) for each in re.findall(r"[MH]([\d.]+)", path)]
    down = [float(each) for each in re.findall(r"V([\d.]+)", path)]
    assert across == sorted(across) and max(across) <= 360
    assert down == sorted(down) and max(down) <= 130
