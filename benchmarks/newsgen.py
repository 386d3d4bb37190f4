"""Invented mixed news of any length, varied by a small grammar: sport, business, weather, culture, science, towns; and conflict.

    python benchmarks/newsgen.py --articles 1000 --conflict 0.2 --out news.jsonl

Sentences are drawn from patterns with slots, beside paragraphs of the bundled theatre's reports and of other-topics.txt, so
that few sentences stand twice in a large corpus. Seeded: article n is the same in every corpus of one seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

OTHER = Path(__file__).parent / "data" / "other-topics.txt"
START = date(2020, 1, 1)
_SLOT = re.compile(r"\{(\w+)\}")
_ONSET = "B Br C D F G H K L M N P R S St T V W Z Al Or El".split()
_RIME = "arden ellin orro ando ilka umber antis osh evin irra oland ette aric uzen embe alio".split()

SLOTS = {
    "month": "January February March April May June July August September October November December".split(),
    "weekday": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "country": "Iraq|Iran|Syria|Turkey|Israel|Lebanon|Yemen|Sudan|Ethiopia|Mali|Nigeria|Ukraine|Russia|India|Pakistan|Colombia|"
    "Germany|France|Japan|Canada|Brazil|Kenya|Spain|Italy|Australia|Norway|Chile|Ghana|Vietnam|Poland".split("|"),
    "city": "Baghdad|Mosul|Basra|Aleppo|Damascus|Beirut|Sanaa|Aden|Khartoum|Kyiv|Kharkiv|Gao|Maiduguri|Kabul|Lyon|Hamburg|Osaka|"
    "Toronto|Nairobi|Seville|Turin|Perth|Bergen|Accra|Leeds|Porto|Krakow|Tampere|Ghent|Graz".split("|"),
    "force": "the army|government troops|security forces|rebel fighters|gunmen|insurgents|the air force|a militia|police|border "
    "guards|peacekeepers|tribal fighters|separatists|special forces".split("|"),
    "weapon": "rockets|mortars|a drone|artillery|a car bomb|missiles|small arms|a roadside bomb|shells".split("|"),
    "target": "a convoy|a checkpoint|an army base|a market|the airport|a village|a fuel depot|a police station|a bridge|a power "
    "station|a school used by troops|a patrol".split("|"),
    "official": "a spokesman|the defence minister|the governor|a military source|a witness|the interior ministry|a doctor|the "
    "foreign minister|an aid worker|the mayor".split("|"),
    "sport": "football|cycling|rowing|tennis|handball|swimming|hockey|sailing|athletics|volleyball".split("|"),
    "firm": "the shoemaker|the bank|the brewery|the chip maker|the airline|the retailer|the shipyard|the insurer|the software "
    "house|the grocer".split("|"),
    "thing": "novel|film|opera|exhibition|album|play|festival|museum|library|garden|cookbook|documentary".split("|"),
    "good": "warm|funny|careful|long|quiet|surprising|clever|slow|bright|modest|graceful|uneven".split("|"),
    "animal": "owl|beetle|orchid|salmon|bat|frog|moss|seal|crane|lizard|oak|squid".split("|"),
}  # fmt: skip
CONFLICT = """{Force} fired {weapon} at {target} near {city} on {weekday}, killing {n} people, {official} said.
At least {n} people were wounded when {weapon} hit {target} in {city}.
{country} denied that its forces had struck {target} in {city}.
{official} warned that {force} would respond if the attacks on {target} went on.
{Force} withdrew from {target} outside {city} after talks with {country}.
{country} and {country} agreed to extend a ceasefire around {city} until {month} {n}.
Protesters blocked the road to {target} in {city} and demanded that {name} resign.
{Force} arrested {n} suspects in raids on houses in {city}, {official} said.
Nobody claimed responsibility for the attack on {target}; {official} blamed {force}.
{country} accused {country} of arming {force} along the border.
{country} deployed {n} more soldiers to {city}, where {force} had taken {target}.
If {force} do not leave {city} by {weekday}, {country} will close the crossing, {name} told reporters.
The foreign ministers of {country} and {country} met in {city} to discuss the release of {n} prisoners.
{name}, who fled {city} with {n} relatives, said that {force} had burned the houses.
Aid agencies delivered food to {n} families near {city} after {force} opened a road.""".splitlines()  # fmt: skip
TOPICS = [each.splitlines() for each in (
    """{name} won the {sport} final in {city} by {n} points after a nervous start.
The {sport} club from {city} has lost {n} games in a row and sits near the foot of the table.
Coach {name} left two tired players on the bench and was rewarded with a late win.
The crowd of {n} thousand sang until the last minute.
{name} missed a penalty, hit the post and then scored from {n} metres.
Next {weekday} the team travels to {city}, where it has not won since {month}.
A knee injury keeps {name} out until {month}; the club has not named a replacement.""",
    """{Firm} said that sales rose by {n} per cent in {month}, helped by cheaper energy.
Shares in {firm} fell {n} per cent on {weekday} after it cut its forecast.
{name}, who took over {firm} in {month}, plans to close {n} branches and open a depot in {city}.
Analysts had expected a smaller loss.
The central bank of {country} left its rate unchanged at {n} per cent.
Wages in {country} grew faster than prices for the first time in {n} months.
Unions and {firm} will meet again on {weekday} to talk about shifts.""",
    """Rain is expected in {city} on {weekday}, with a clear and windy evening.
Temperatures in {country} reached {n} degrees, a record for {month}.
Snow closed the pass above {city} for {n} hours.
Forecasters see no end to the dry spell before {month}.
The river at {city} stood {n} centimetres above its usual mark.""",
    """The {thing} by {name} is {good} and a little {good}, and ends too soon.
Visitors to the {thing} in {city} may bring their own lunch on {weekday}.
{name} spent {n} years on the {thing}, most of them in a shed near {city}.
The {thing} opens in {month} with {n} pieces lent from {country}.
Critics called it {good}; the public did not mind.
Tickets cost {n} euros and half of that for children.""",
    """Researchers from {city} counted {n} kinds of {animal} in a valley that nobody had searched before.
The {animal}, long thought to be gone from {country}, was photographed by {name} in {month}.
In a study of {n} patients, a cheaper treatment worked as well as the old one.
The telescope near {city} found a planet {n} times as heavy as ours.
{name} and her students fed the {animal} on plums and wrote down what it did.
The finding is {good}, other experts said, but the numbers are small.""",
    """The council of {city} will plant {n} trees along streets that have none.
A new tram line through {city} will have {n} stops and open in {month}.
Teachers in {country} asked for smaller classes and more time to prepare.
Rents in {city} rose by {n} per cent, the statistics office said.
{name} has run the bakery on the square for {n} years and will retire in {month}.
The bridge is {n} metres long and was painted green after a vote of the neighbours.
Voters in {country} go to the polls on {weekday}; {name} leads by {n} points.""",
)]  # fmt: skip


def _name(dice: random.Random) -> str:
    return f"{dice.choice(_ONSET)}{dice.choice(_RIME)} {dice.choice(_ONSET)}{dice.choice(_RIME)}"


def _filled(pattern: str, dice: random.Random) -> str:
    def value(slot: re.Match[str]) -> str:
        key = slot[1]
        if key == "n":
            return str(dice.randint(2, 90))
        if key == "name":
            return _name(dice)
        found = dice.choice(SLOTS[key.lower()])
        return found[0].upper() + found[1:] if key[0].isupper() else found

    made = _SLOT.sub(value, pattern)
    return made[0].upper() + made[1:]


@cache
def _banks() -> tuple[list[str], list[str]]:
    """Whole paragraphs: of the bundled theatre's reports, and on other topics."""
    from detente.pipeline import gather, load_theatre, theatre_reports
    from detente.records import Article

    reports = [a for a in gather(theatre_reports(load_theatre("iraq-2020"))) if isinstance(a, Article)]
    about = [r for r in reports if r.extra.get("facts") or r.extra.get("recalls")]
    conflict = [p for r in about for p in r.text.split("\n\n") if len(p) > 60]
    return conflict, OTHER.read_text("utf-8").strip().split("\n\n")


def _text(dice: random.Random, conflict: bool, paragraphs: int) -> str:
    bank, patterns = _banks()[not conflict], CONFLICT if conflict else dice.choice(TOPICS)
    return "\n\n".join(
        dice.choice(bank) if dice.random() < 0.25
        else " ".join(_filled(each, dice) for each in dice.sample(patterns, dice.randint(2, 4)))
        for _ in range(paragraphs)
    )  # fmt: skip


def news(
    count: int, conflict: float = 0.2, seed: int = 1, paragraphs: int = 7, first: int = 0
) -> Iterator[dict[str, Any]]:
    """`count` items as `read` takes them, from article number `first` on; `extra` field `about` says which kind."""
    for n in range(first, first + count):
        dice = random.Random(seed * 1_000_003 + n)
        about = dice.random() < conflict
        day = START + timedelta(days=dice.randrange(366))
        yield {
            "id": f"n{n:07}", "published": day.isoformat(), "outlet": f"Example Wire {dice.randrange(25)}",
            "about": "conflict" if about else "other", "text": _text(dice, about, paragraphs),
        }  # fmt: skip


def main() -> None:
    """Write a corpus as JSONL."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--conflict", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--paragraphs", type=int, default=7)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    with open(args.out, "w", encoding="utf-8") as stream:
        for item in news(args.articles, args.conflict, args.seed, args.paragraphs):
            stream.write(json.dumps(item) + "\n")


if __name__ == "__main__":
    main()
