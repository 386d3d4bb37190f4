"""What a training run goes on from."""

import pytest

pytest.importorskip("torch", reason="the extra 'train' is not installed")
import torch

from detente.train.run import _fresh, packaged


def test_several_kept_nets_are_gone_on_from_at_the_mean_of_their_weights(tmp_path):
    one = _fresh(packaged(), ()).state_dict()
    other = {name: value + 2 if value.is_floating_point() else value for name, value in one.items()}
    for name, state in (("one.pt", one), ("other.pt", other)):
        torch.save(state, tmp_path / name)
    mean = _fresh(packaged(), [tmp_path / "one.pt", tmp_path / "other.pt"]).state_dict()
    assert all(torch.allclose(mean[name], one[name] + 1, atol=1e-5) for name in mean if mean[name].is_floating_point())


def test_what_a_kept_net_has_in_another_shape_is_begun_anew(tmp_path):
    kept = _fresh(packaged(), ()).state_dict()
    name = next(name for name in kept if name.startswith("layers."))
    torch.save(kept | {name: torch.zeros(3)}, tmp_path / "old.pt")
    assert _fresh(packaged(), [tmp_path / "old.pt"]).state_dict()[name].shape == kept[name].shape
