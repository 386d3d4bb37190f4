"""Every model keeps to the one interface, learns what can be learned, and nothing unresolved."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.outlook import backtest as bt
from detente.outlook import models, survival
from detente.outlook.cases import Cases
from detente.outlook.evaluate import as_json, evaluate
from detente.outlook.hawkes import hawkes
from detente.outlook.kernel import fit_kernel, typical
from detente.outlook.learned import boosted_trees, everything, fit_logistic, history_only, signals, without_signals
from detente.outlook.numeric import ridge_logistic, sigmoid
from detente.outlook.online import Recalibration, recalibrate
from detente.outlook.pretrained import EARLIER, SHIPPED, Pretrained, from_json, load, manifest, shipped, to_json
from detente.outlook.report import report_html
from detente.outlook.stack import issue, issue_all
from detente.outlook.streams import to_date
from detente.outlook.train import yearly_spread
from detente.records import InputError

H = 30


@pytest.fixture(scope="module")
def known(cases):
    return cases.take(cases.label(H) >= 0)


FORECASTERS = {
    "climatology": models.climatology,
    "time since": models.time_since,
    "gamma-Poisson": models.gamma_poisson,
    "Kaplan-Meier": survival.kaplan_meier,
    "Weibull": survival.weibull,
    "Cox": survival.cox,
    "Hawkes": hawkes,
    "logistic": lambda c, y, h: fit_logistic(c, y, everything(c.names)),
    "kernel": lambda c, y, h: fit_kernel(c, y, everything(c.names)),
    "trees": boosted_trees,
}


@pytest.mark.parametrize("name", FORECASTERS)
def test_every_model_gives_one_probability_per_case_and_none_is_far_worse_than_a_coin(name, known):
    y = known.label(H)
    p = FORECASTERS[name](known, y, H).predict(known)
    assert p.shape == (len(known),) and (p >= 0).all() and (p <= 1).all()
    assert models.log_loss(y, p) < np.log(2) + 0.02


def test_ridge_logistic_finds_known_coefficients_and_keeps_to_its_centre():
    rng = np.random.default_rng(0)
    x = np.column_stack([np.ones(20000), rng.normal(size=20000)])
    y = (rng.random(20000) < sigmoid(x @ np.array([-0.5, 1.2]))).astype(float)
    free = ridge_logistic(x, y, np.ones(20000), np.full(2, 1e-6), np.zeros(2))
    np.testing.assert_allclose(free, [-0.5, 1.2], atol=0.06)
    held = ridge_logistic(x, y, np.ones(20000), np.full(2, 1e9), np.array([0.3, 0.7]))
    np.testing.assert_allclose(held, [0.3, 0.7], atol=1e-3)


def test_the_kernel_bends_where_a_straight_line_cannot(known):
    """Resumption in the middle of a feature's range, and at neither end."""
    rng, n = np.random.default_rng(0), 3000
    z = rng.uniform(-1, 1, n)
    y = (rng.random(n) < np.where(abs(z) < 0.5, 0.9, 0.1)).astype(float)
    made = known.take(rng.integers(0, len(known), n)).with_x(z[:, None], ["z"])
    straight, bent = fit_logistic(made, y, ["z"]).predict(made), fit_kernel(made, y, ["z"]).predict(made)
    assert bt.brier(y, straight) > 0.24 > 0.15 > bt.brier(y, bent)


def test_a_case_unlike_all_others_is_no_centre():
    """The centres ship: each is the mean of many cases, never a case itself."""
    z = np.random.default_rng(0).normal(size=(600, 2))
    z[7] = 50.0
    centres = typical(z, np.ones(600), 150)
    assert 10 <= len(centres) <= 20 and np.abs(centres).max() < 10


def test_feature_groups_do_not_overlap(known):
    assert not set(signals(known.names)) & (set(history_only(known.names)) | set(without_signals(known.names)))
    assert set(history_only(known.names)) < set(without_signals(known.names)) < set(known.names)


def small_pretrained(known, until=date(1990, 1, 1)) -> Pretrained:
    full, own = (fit_kernel(known, known.label(H), pick(known.names)) for pick in (everything, history_only))
    return Pretrained("t", {"other": until}, {H: (full,)}, {H: (own,)}, {H: 0.4}, {H: 0.3})


def test_a_stored_model_predicts_as_before(known):
    model = small_pretrained(known)
    back = from_json(to_json(model))
    assert back.until == model.until and to_json(back) == to_json(model)
    for a, b in zip(model.full[H], back.full[H], strict=True):
        np.testing.assert_allclose(a.predict(known), b.predict(known), atol=1e-4)


@pytest.mark.parametrize("file", [SHIPPED, EARLIER])
def test_a_shipped_model_names_its_streams_and_refuses_days_it_has_seen(file):
    model, listed = load(file), {s["stream"]: s for s in manifest(file)["streams"]}
    assert set(listed) == set(model.until) and manifest(file)["version"] == model.version
    assert all(len(s["sha256"]) == 64 and s["terms"] and s["cases"] > 0 for s in listed.values())
    assert all(s["until"] == model.until[n].isoformat() for n, s in listed.items())
    name, until = next(iter(model.until.items()))
    day = until.toordinal() - date(1970, 1, 1).toordinal()
    assert model.fits_before([name, "unheard of"], day) and not model.fits_before([name], day - 1)


def test_the_newest_shipped_model_comes_first():
    newest, earlier = shipped()
    assert all(newest.until[name] >= day for name, day in earlier.until.items()) and newest.version != earlier.version


def test_a_model_that_has_seen_the_test_is_passed_over(cases, stream):
    """A shipped model that knows the stream beyond the split must change nothing."""
    split, known = stream.first + 800, cases.take(cases.label(H) >= 0)
    peeked = replace(small_pretrained(known), until={"invented": to_date(stream.last)})
    honest = replace(peeked, until={"another": to_date(stream.last)})
    alone = issue(cases, cases, split, H)
    np.testing.assert_array_equal(issue(cases, cases, split, H, [peeked]), alone)
    due = cases.t >= split
    assert not np.allclose(issue(cases, cases, split, H, [peeked, honest])[due], alone[due])


@pytest.mark.parametrize("refits", [7, 1])
def test_what_is_issued_does_not_change_when_the_future_is_cut_off(stream, cases, refits, monkeypatch):
    """The whole chain, refits and recalibration included: neither outcomes after a day nor the test's length move its forecast."""
    monkeypatch.setattr("detente.outlook.stack.REFITS", refits)
    split, today = stream.first + 700, stream.first + 1000
    whole = issue(cases, cases, split, H)
    seen = cases.take(cases.t <= today)
    cut = issue(
        *(replace(seen, end=np.minimum(seen.end, today), next=np.where(seen.next > today, 10**7, seen.next)),) * 2,
        split,
        H,
    )
    early = cases.t <= today
    np.testing.assert_allclose(whole[early], cut, rtol=1e-9)
    assert np.isnan(whole[cases.t < split]).all() and not np.isnan(whole[cases.t >= split]).any()


def test_a_longer_time_is_never_less_likely_than_a_shorter_one(cases, stream):
    split = stream.first + 700
    found = issue_all(cases, cases, split, (90, 7, 30))
    due = cases.t >= split
    assert (found[7][due] <= found[30][due]).all() and (found[30][due] <= found[90][due]).all()
    np.testing.assert_array_equal(found[7], issue(cases, cases, split, 7))


def test_every_case_gets_a_forecast_even_with_next_to_no_past(cases, stream):
    split = int(np.sort(cases.t)[20])
    p = issue(cases, cases, split, H)
    assert not np.isnan(p[cases.t >= split]).any()


def test_recalibration_corrects_a_constant_error_and_waits_for_evidence(known):
    y = known.label(H)
    too_low = np.full(len(known), -3.0)
    first = int(known.t.min())
    moved = recalibrate(known, too_low, H, first, Recalibration(least=30, half_life=1e6))
    late = known.t > np.quantile(known.t, 0.7)
    assert moved[late].mean() > sigmoid(np.array(-3.0)) + 0.3 * (y[late].mean() - sigmoid(np.array(-3.0)))
    still = recalibrate(known, too_low, H, first, Recalibration(least=10**6))
    np.testing.assert_allclose(still, sigmoid(np.array(-3.0)))


def test_a_backtest_trains_on_what_was_resolved_before_the_split_only(cases, stream):
    seen = []

    def spy(past, y, horizon):
        seen.append((int(past.t.max()) + horizon, int((y < 0).sum())))
        return models.climatology(past, y, horizon)

    split = stream.first + 800
    scores = [s for s in evaluate(cases, split, models={"spy": spy}) if s.model == "spy"]
    assert [s.horizon for s in scores] == [7, 30, 90]
    assert all(last < split and unknown == 0 for last, unknown in seen)
    assert all(abs(s.skill) < 1e-9 for s in scores)


def test_scores_agree_with_figures_done_by_hand(known):
    few = known.take(np.arange(4))
    few = replace(few, next=few.t + np.array([5, 99, 5, 99]), end=few.t + 99)
    s = bt.score("m", H, few, np.array([0.8, 0.2, 0.4, 0.6]), base=0.5)
    assert s.brier == pytest.approx(0.2) and s.skill == pytest.approx(0.2) and s.auc == pytest.approx(0.75)
    assert s.ece == pytest.approx((0.2 + 0.2 + 0.6 + 0.6) / 4)


def test_chance_alone_makes_some_calibration_error_and_less_of_it_with_more_forecasts(known):
    p = np.full(len(known), 0.4)
    few, many = known.take(np.arange(20)), known
    assert 0 < bt.chance_error(many, p, H) < bt.chance_error(few, p[:20], H)


def test_the_outlook_is_scored_beside_the_simple_models_on_the_same_cases(cases, stream):
    end = stream.last - 100
    results = evaluate(cases, stream.first + 800, end, [H], models={"since": models.time_since})
    assert [s.model for s in results] == ["outlook", "since"] and results[0].n == results[1].n
    due = (cases.t >= stream.first + 800) & (cases.t + H <= end)
    assert results[0].n == due.sum()
    told = json.loads(as_json(results, {"split": "x"}))
    assert told["split"] == "x" and told["scores"]["30"]["outlook"]["skill"] == results[0].skill


def test_a_backtest_with_too_little_on_one_side_says_so(cases, stream):
    with pytest.raises(InputError, match="give a longer stream or another --split"):
        evaluate(cases, stream.last - 40, None, [H])


def test_the_report_is_one_page_without_outside_files(cases, stream):
    results = evaluate(cases, stream.first + 800, None, [H], models={"<b>since": models.time_since})
    page = report_html(results)
    assert (
        page.count("<svg") == 2 and "width=device-width" in page and "&lt;b&gt;since" in page and "<b>since" not in page
    )
    assert "<script" not in page and "http" not in page and str(to_date(stream.first)) not in page


def test_the_spread_of_strange_years_is_found_and_chance_alone_is_not_taken_for_it(cases):
    """Labels drawn from p itself leave next to nothing; years lifted or lowered by 0.8 in log-odds come back."""
    rng = np.random.default_rng(1)
    n = 40_000
    made = Cases(
        np.full(n, "s", dtype=object), np.full(n, "u", dtype=object), np.sort(rng.integers(0, 365 * 40, n)),
        np.zeros(n, int), np.zeros(n, int), np.zeros(n, int), np.empty((n, 0)),
    )  # fmt: skip
    p = np.full(n, 0.4)
    shift = np.where(made.t // 365 % 2, 0.8, -0.8)
    odd = 1 / (1 + np.exp(-(np.log(0.4 / 0.6) + shift)))
    draw = rng.random(n)
    assert yearly_spread(made, (draw < p).astype(int), p, 7) < 0.1
    assert 0.6 < yearly_spread(made, (draw < odd).astype(int), p, 7) < 1.0


@pytest.mark.parametrize("file", [SHIPPED, EARLIER])
def test_the_range_of_a_shipped_model_is_never_that_of_its_members_alone(file):
    assert all(0.1 < spread < 1 for spread in load(file).spread.values())
