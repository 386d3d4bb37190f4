"""The exported encoder: it says what the net says, and of each text the same whatever stands beside it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.encoder import CLS, ENCODER, SEP, Encoded, Encoder, alike
from detente.events.judge import FOLDER
from detente.records import ConfigError

pytest.importorskip("torch", reason="the extra 'train' is not installed")
import torch

from detente.train import export
from detente.train.graph import columns, steps
from detente.train.model import Net, Shape
from detente.train.ranges import best, error
from detente.train.restore import exported


def inputs(seed, count):
    """Random word pieces, some of them marks, of 3 to 30 pieces."""
    draw = np.random.default_rng(seed)
    sizes = draw.integers(1, 29, count)
    return [Encoded((CLS, *map(int, draw.choice([1, 3, *range(999, 1999)], n)), SEP), (0, 0, 0)) for n in sizes]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """A net with weights drawn at random, and the folder it was exported to."""
    torch.manual_seed(5)
    net = Net(Shape(3, 2)).eval()
    with torch.no_grad():
        net.words.weight.mul_(0.05)
        net.places.weight.mul_(0.02)
    folder = tmp_path_factory.mktemp("model")
    export.write(net, folder, FOLDER / "tokenizer.json", {}, inputs(1, 40))
    return net, folder


def vectors(folder, given):
    """The vectors of each input, in order."""
    out = [None] * len(given)
    for found in Encoder(folder).vectors(given):
        for row, i in enumerate(found.rows):
            out[i] = found.each[row], found.mean[row]
    return out


def test_the_graph_says_what_the_net_says(both):
    net, folder = both
    for one, (each, mean) in zip(inputs(2, 12), vectors(folder, inputs(2, 12)), strict=True):
        ids = torch.tensor([one.ids])
        with torch.no_grad():
            full, middle = net.encode(ids, torch.ones_like(ids))
        assert np.abs(each - full[0].numpy()).mean() < 0.05 * full.abs().mean().item()
        assert np.corrcoef(mean, middle[0].numpy())[0, 1] > 0.99


def test_what_stands_beside_a_text_changes_nothing():
    given = inputs(3, 60)
    for one, (each, mean) in zip(given, vectors(FOLDER, given), strict=True):
        [(alone, middle)] = vectors(FOLDER, [one])
        assert np.array_equal(each, alone) and np.array_equal(mean, middle)


def test_what_is_kept_is_given_again_as_it_was():
    given = inputs(4, 30)
    encoder = Encoder(FOLDER)
    first = {
        given[i].ids: row
        for found in encoder.vectors(given[:20], keep=True)
        for i, row in zip(found.rows, found.each, strict=True)
    }
    again = {
        given[i].ids: row for found in encoder.vectors(given) for i, row in zip(found.rows, found.each, strict=True)
    }
    assert len(again) == len({one.ids for one in given}) and all(
        np.array_equal(row, again[ids]) for ids, row in first.items()
    )


def test_an_exported_folder_becomes_the_net_again(both):
    net, folder = both
    state, ours = exported(folder), net.state_dict()
    assert set(ours) - set(state) == {"words.weight"} | {n for n in ours if n.startswith(("cue_", "voice."))}
    for name in ("places.weight", "marks.weight", "layers.3.norm2.bias", "layers.0.up.bias"):
        assert torch.equal(state[name], ours[name])
    weight, back = ours["layers.5.down.weight"], state["layers.5.down.weight"]
    assert (weight - back).abs().max() <= weight.abs().max() / 128 + 1e-6


def test_a_file_of_another_layout_is_refused(both, tmp_path):
    import onnx

    model = onnx.load(str(both[1] / ENCODER))
    model.graph.input.append(onnx.helper.make_tensor_value_info("mask", onnx.TensorProto.INT64, ["n", "length"]))
    onnx.save(model, str(tmp_path / ENCODER))
    (tmp_path / "tokenizer.json").symlink_to(FOLDER / "tokenizer.json")
    with pytest.raises(ConfigError, match="train it anew"):
        Encoder(tmp_path)


@given(st.lists(st.integers(1, 40), max_size=60), st.integers(1, 200))
def test_every_input_stands_in_one_batch_of_its_length(lengths, room):
    found = list(alike([Encoded((CLS,) * n, (0, 0, 0)) for n in lengths], room))
    assert sorted(i for rows in found for i in rows) == list(range(len(lengths)))
    assert all(len({lengths[i] for i in rows}) == 1 for rows in found)
    assert all(len(rows) == 1 or len(rows) * lengths[rows[0]] <= 1.5 * room for rows in found)


@given(st.floats(-50, 0), st.floats(0, 50))
def test_nought_is_a_byte_of_its_own(low, high):
    step, nought = steps(low, high)
    assert 0 <= nought <= 255 and step > 0
    assert (255 - int(nought)) * step >= high - step and int(nought) * step >= -low - step


def test_a_few_far_numbers_are_cut_off():
    numbers = np.append(np.random.default_rng(6).normal(0, 1, 20_000), 40.0).astype(np.float32)
    low, high = best(numbers, float(numbers.min()), 40.0)
    assert high < 40 and error(numbers, low, high) < error(numbers, float(numbers.min()), 40.0)


def test_weights_of_an_output_share_a_step_and_leave_a_bit_free():
    weight = np.array([[1.0, -0.5], [0.0, 8.0], [0.0, 0.0]], np.float32)
    whole, step = columns(weight)
    assert whole.tolist() == [[64, 0, 0], [-32, 64, 0]]
    assert np.allclose(whole.T * step[:, None], weight)
