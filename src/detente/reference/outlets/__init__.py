"""Who publishes: outlets by name and by web host, and the names photo credits use."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from detente.records import ConfigError

KINDS = ("agency", "newspaper", "broadcaster", "magazine", "online", "official", "relief", "photo")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet; `party` names the side it belongs to, as a theatre states it (None: not judged)."""

    name: str
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    kind: str = "online"
    country: str | None = None  # ISO 3166-1 alpha-3
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Outlets:
    """Outlets to look up; later entries win over earlier ones of the same name or host."""

    entries: tuple[Outlet, ...]
    _by_name: dict[str, Outlet] = field(default_factory=dict, repr=False, compare=False)
    _by_host: dict[str, Outlet] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for outlet in self.entries:
            self._by_name.update({name.casefold(): outlet for name in (outlet.name, *outlet.aliases)})
            self._by_host.update({domain.casefold(): outlet for domain in outlet.domains})

    def named(self, name: str) -> Outlet | None:
        """Return the outlet of this name or alias, whatever the case."""
        return self._by_name.get(" ".join(name.split()).casefold())

    def at(self, url: str) -> Outlet | None:
        """Return the outlet whose domain an address belongs to; sub-domains count."""
        labels = host_of(url).split(".")
        parents = (".".join(labels[start:]) for start in range(len(labels)))
        return next((self._by_host[host] for host in parents if host in self._by_host), None)

    def with_entries(self, more: Iterable[Outlet]) -> Outlets:
        """Return these outlets with a theatre's own added over them."""
        return Outlets((*self.entries, *more))


def host_of(url: str) -> str:
    """Return the lower-case host of an address without "www."; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def read_outlet(entry: Mapping[str, Any], where: str = "outlets") -> Outlet:
    """Make an outlet of one table of a TOML file; raises ConfigError naming what is wrong with it."""
    known = {item.name for item in fields(Outlet)}
    unknown = sorted(set(entry) - known)
    if unknown:
        raise ConfigError(f"{where}: an outlet has no field '{unknown[0]}' (it has {', '.join(sorted(known))})")
    if not isinstance(entry.get("name"), str) or not entry["name"].strip():
        raise ConfigError(f"{where}: an outlet needs a name")
    if entry.get("kind", "online") not in KINDS:
        raise ConfigError(f"{where}: '{entry['name']}' is of kind '{entry['kind']}', not one of {', '.join(KINDS)}")
    values: dict[str, Any] = {key: tuple(item) if isinstance(item, list) else item for key, item in entry.items()}
    return Outlet(**values)


@lru_cache(maxsize=1)
def load_outlets() -> Outlets:
    """Read the outlets that come with the package."""
    data = tomllib.loads(files("detente.reference.outlets").joinpath("outlets.toml").read_text(encoding="utf-8"))
    return Outlets(tuple(read_outlet(entry, "outlets.toml") for entry in data["outlet"]))


@lru_cache(maxsize=1)
def credit_names() -> frozenset[str]:
    """Return the names of agencies and picture desks as photo credits print them."""
    wires = (outlet for outlet in load_outlets().entries if outlet.kind in {"agency", "photo"})
    return frozenset(name for outlet in wires for name in (outlet.name, *outlet.aliases))
