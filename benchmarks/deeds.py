"""Where a deed was: our own short articles with the place of every marked deed (benchmarks/data/places-of-deeds.txt).

    python benchmarks/deeds.py [--show] [--json scores.json]

Even texts may be read while rules are made, odd ones only measure; --show prints the misses of the even ones. A country is
right where it is the gold's; a place where it lies within 50 km of the gold's point. Measured on deeds that are found.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import predictions
from detente.events.coder import Coder
from detente.reading import read_text
from detente.reference.gazetteer.distance import km_between

TEXTS = Path(__file__).parent / "data" / "places-of-deeds.txt"
MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")
GOLD = re.compile(r"(?P<country>\?|[A-Z]{3}(?:/[A-Z]{3})*)(?: (?P<name>.+) (?P<lat>-?[\d.]+) (?P<lon>-?[\d.]+))?")
NEAR = 50  # km


@dataclass(frozen=True)
class Deed:
    """A marked deed: where it stands in the text, the countries that are right (none: disputed), its place if one is told."""

    start: int
    end: int
    countries: tuple[str, ...]
    name: str | None
    point: tuple[float, float] | None


def texts() -> Iterator[tuple[str, str, list[Deed]]]:
    """Day of publication, plain text and marked deeds of each article."""
    lines = [line for line in TEXTS.read_text("utf8").splitlines() if line and not line.startswith("#")]
    for head, marked in zip(lines[::2], lines[1::2], strict=True):
        marked, plain, deeds, last = marked.replace(" ¶ ", "\n\n"), "", [], 0
        for mark in MARK.finditer(marked):
            plain += marked[last : mark.start()]
            gold = GOLD.fullmatch(mark[2])
            assert gold is not None, mark[0]
            countries = () if gold["country"] == "?" else tuple(gold["country"].split("/"))
            point = (float(gold["lat"]), float(gold["lon"])) if gold["name"] else None
            deeds.append(Deed(len(plain), len(plain) + len(mark[1]), countries, gold["name"], point))
            plain += mark[1]
            last = mark.end()
        yield head.removeprefix("@ "), plain + marked[last:], deeds


def main() -> None:
    """Code every text, compare, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the misses of the even texts")
    parser.add_argument("--json", help="write the scores there")
    args = parser.parse_args()
    coder = Coder()
    tally = {name: [0] * 6 for name in ("even (read)", "odd (measure only)")}
    for number, (published, text, deeds) in enumerate(texts()):
        article = read_text(text, id=f"p{number}", title="", published=date.fromisoformat(published), outlet=None)
        coded, at = coder.code(article), predictions.back(article)
        events = predictions.events(coded, at, {})
        part = tally["odd (measure only)" if number % 2 else "even (read)"]
        for deed in deeds:
            own = next(
                (e for e in events if e["trigger"]["start"] < deed.end and deed.start < e["trigger"]["end"]), None
            )
            part[0] += 1
            if own is None:
                _say(args.show and number % 2 == 0, text, deed, "no event")
                continue
            place = own["place"] or {}
            right = not deed.countries or place.get("country") in deed.countries
            near = deed.point is None or (
                place.get("lat") is not None and km_between(*deed.point, place["lat"], place["lon"]) <= NEAR
            )
            part[1] += 1
            part[2] += bool(deed.countries)
            part[3] += bool(deed.countries) and right
            part[4] += deed.point is not None
            part[5] += deed.point is not None and near
            _say(args.show and number % 2 == 0 and not (right and near), text, deed, f"got {place}")
    scores = {name: _scores(numbers) for name, numbers in tally.items()}
    for name, found in scores.items():
        print(
            f"{name}: {found['deeds']} deeds, {found['found']} found; country right {found['country']} %, "
            f"within {NEAR} km {found['near']} %"
        )
    if args.json:
        Path(args.json).write_text(json.dumps(scores, indent=1), encoding="utf-8")


def _scores(numbers: list[int]) -> dict[str, float]:
    deeds, found, of_country, country, of_point, point = numbers
    return {
        "deeds": deeds, "found": found, "country": round(100 * country / of_country, 1),
        "near": round(100 * point / of_point, 1),
    }  # fmt: skip


def _say(wanted: bool, text: str, deed: Deed, what: str) -> None:
    if wanted:
        gold = f"{'/'.join(deed.countries) or '?'} {deed.name or ''}"
        before, after = text[max(0, deed.start - 120) : deed.start], text[deed.end : deed.end + 60]
        print(f"gold {gold}, {what}: {before}<<{text[deed.start : deed.end]}>>{after}".replace("\n", " "))


if __name__ == "__main__":
    main()
