"""The head that tells sentences with a deed from all others."""

import numpy as np

from detente.train.subject import fitted


def test_what_is_rare_weighs_as_much_as_what_is_common():
    draw = np.random.default_rng(3)
    many, few = draw.normal(1, 1, (2000, 8)), draw.normal(-1, 1, (100, 8))
    vectors, holds = np.concatenate([many, few]), np.arange(2100) < 2000
    weights = fitted(vectors, holds)
    said = vectors @ weights[:-1] + weights[-1] > 0
    assert (said[:2000]).mean() > 0.9 and (~said[2000:]).mean() > 0.9


def test_the_slope_is_nought_where_it_stops():
    draw = np.random.default_rng(4)
    vectors, holds = draw.normal(0, 1, (300, 5)), draw.random(300) < 0.3
    weights = fitted(vectors, holds)
    odds = 1 / (1 + np.exp(-(vectors @ weights[:-1] + weights[-1])))
    share = np.where(holds, 150 / holds.sum(), 150 / (~holds).sum())
    assert abs((share * (odds - holds)).sum()) < 1e-3
    assert np.allclose(vectors.T @ (share * (odds - holds)) + 100 * weights[:-1], 0, atol=1e-3)
