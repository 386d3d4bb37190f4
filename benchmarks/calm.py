"""False alarms on everyday news: sentences in which nothing political is done, by kind; and what that costs.

    python benchmarks/calm.py [--part look|measure] [--json scores.json] [--show]

Reads `benchmarks/data/calm`. The part `look` was read while rules and thresholds were made; `measure` was only counted.
`--show` prints the alarms of the part `look`. The last line counts terse deeds, each alone, in which something is found.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from detente.events.coder import Coder
from detente.reading import read_text

DATA = Path(__file__).with_name("data") / "calm" / "sentences.jsonl"
TERSE = DATA.with_name("terse.txt")


def main() -> None:
    """Code the sentences and count those with an event or a tripwire."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["look", "measure"])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    items = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    items = [item for item in items if args.part in (None, item["part"])]
    coder, every, alarms = Coder(), Counter(), Counter()
    for item in items:
        coded = coder.code(read_text(item["text"], id=item["id"]))
        alarm = bool(coded.events or coded.tripwires)
        for key in (item["part"], item["phenomenon"]):
            every[key] += 1
            alarms[key] += alarm
        if alarm and args.show and item["part"] == "look":
            print(f"{item['id']} {', '.join(f'{e.type} {e.trigger.quote!r}' for e in coded.events)}: {item['text']}")
    for key, n in every.items():
        print(f"{key:12} {alarms[key]:3} of {n:3}")
    terse = TERSE.read_text(encoding="utf-8").splitlines()
    print(
        f"terse deeds  {sum(bool(coder.code(read_text(text, id='t')).events) for text in terse):3} of {len(terse):3} found"
    )
    if args.json:
        parts = {part: {"alarms": alarms[part], "sentences": every[part]} for part in ("look", "measure")}
        args.json.write_text(json.dumps(parts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
