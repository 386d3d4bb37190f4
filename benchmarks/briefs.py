"""Briefs of a theatre for every Monday, to be read by eye; five of them are frozen as golden files.

python benchmarks/briefs.py -o out/briefs        every Monday of iraq-2020, as Markdown, and one line each on the screen
python benchmarks/briefs.py --golden             write tests/brief/golden anew (then read the difference before committing)
python benchmarks/briefs.py --coded coded.jsonl  use what `detente code` wrote and code nothing
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from detente.brief import lint, to_markdown, unsupported
from detente.brief.check import sentences
from detente.dossier import Dossier
from detente.outlook.words import lint as lint_words
from detente.pipeline import Assessment, assess, code_all, gather, load_theatre, theatre_coder, theatre_reports
from detente.pipeline import write_brief as brief_of

GOLDEN = Path(__file__).parents[1] / "tests/brief/golden"
FROZEN = tuple(map(date.fromisoformat, ("2020-01-06", "2020-03-13", "2020-04-21", "2020-05-07", "2020-06-08")))


def coded(theatre_name: str, paths: list[str]) -> tuple[object, Dossier]:
    """The theatre and everything read and coded of its reports (or of files that are coded already)."""
    theatre, known = load_theatre(theatre_name), Dossier()
    for each in gather(paths or theatre_reports(theatre)):
        known.add(each)
    waiting = [each for each in known.articles.values() if each.id not in known.coded]
    if waiting:
        for _, found in code_all(theatre_coder(theatre), waiting):
            known.add(found)
    return theatre, known


def mondays(first: date, last: date) -> Iterator[date]:
    """Every Monday from `first` to `last`."""
    day = first + timedelta(days=-first.weekday() % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def written(theatre: object, known: Dossier, day: date) -> tuple[str, Assessment, list[str]]:
    """The brief of one day as Markdown, the state behind it, and what is wrong with it (nothing, one hopes)."""
    found = assess(theatre, None, known, day)  # type: ignore[arg-type]
    made = brief_of(theatre, found)  # type: ignore[arg-type]
    articles = found.dossier.articles
    wrong = [
        *unsupported(made, articles),
        *lint(made),
        *(each for one in sentences(made) for each in lint_words(one.text)),
    ]
    return to_markdown(made, articles), found, wrong


def main() -> None:
    """Write the briefs asked for and one line about each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--theatre", default="iraq-2020")
    parser.add_argument("--coded", nargs="*", default=[], help="files that hold coded records")
    parser.add_argument("-o", "--output", default="out/briefs")
    parser.add_argument("--golden", action="store_true")
    args = parser.parse_args()
    theatre, known = coded(args.theatre, args.coded)
    folder = GOLDEN if args.golden else Path(args.output)
    folder.mkdir(parents=True, exist_ok=True)
    for day in FROZEN if args.golden else mondays(date(2019, 12, 1), date(2020, 6, 30)):
        text, found, wrong = written(theatre, known, day)
        (folder / f"{day}.md").write_text(text, encoding="utf-8")
        lull, headline = found.lull, next(line for line in text.splitlines() if line.startswith("# "))
        print(
            f"{day}  {lull.state:13} since {lull.since}  {headline[2:]}{'  WRONG: ' + '; '.join(wrong) if wrong else ''}"
        )


if __name__ == "__main__":
    main()
