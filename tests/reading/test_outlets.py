"""The outlets known beforehand, and those a theatre adds."""

import pytest

from detente.records import ConfigError
from detente.reference.outlets import Outlet, credit_names, load_outlets, read_outlet


def test_outlets_are_found_by_name_alias_and_address():
    known = load_outlets()
    assert known.named("afp").name == "Agence France-Presse"
    assert known.at("https://www.reuters.com/world/x").name == "Reuters"
    assert known.at("https://edition.news.un.org/a").name == "UN News"
    assert known.at("https://notreuters.com/") is None and known.at("http://[broken") is None
    assert {"AFP", "Reuters", "Getty Images"} <= credit_names()


def test_a_theatre_adds_its_own_with_their_side():
    more = load_outlets().with_entries(
        [read_outlet({"name": "River Radio", "domains": ["river.example"], "party": "east"})]
    )
    assert more.at("https://river.example/x") == Outlet("River Radio", (), ("river.example",), party="east")


@pytest.mark.parametrize("entry", [{}, {"name": " "}, {"name": "A", "kind": "blog"}, {"name": "A", "colour": "red"}])
def test_an_impossible_entry_is_named(entry):
    with pytest.raises(ConfigError, match=r"theatre\.toml"):
        read_outlet(entry, "theatre.toml")
