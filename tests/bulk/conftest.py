"""Archives of invented reports, and a way to look at a dataset."""

import json
from datetime import date, timedelta

import pytest

from detente.dataset import read_dataset
from detente.records import Article, Quarantined


def report(number, text="Troops met villagers near the river."):
    """One invented report; three of them a day."""
    day = date(2031, 5, 1) + timedelta(days=number // 3)
    return {
        "id": f"r{number}",
        "published": day.isoformat(),
        "outlet": "Example Wire",
        "text": f"{text} Report {number}.",
    }


@pytest.fixture
def archive(tmp_path):
    """`archive(count, poison=number)` writes a JSONL file of so many reports and returns its name."""

    def write(count, poison=None, name="reports.jsonl"):
        rows = [report(n, "POISON." if n == poison else "Troops met villagers.") for n in range(count)]
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        return str(tmp_path / name)

    return write


@pytest.fixture
def held():
    """Ids of the articles of a dataset, sorted, and what was quarantined."""

    def look(folder):
        every = list(read_dataset(folder))
        return sorted(i.id for i in every if isinstance(i, Article)), [i for i in every if isinstance(i, Quarantined)]

    return look


@pytest.fixture(scope="session")
def theatre_dossier(coder):
    """The first hundred reports of the bundled theatre, coded."""
    from detente.dossier import Dossier
    from detente.pipeline import gather, load_theatre, theatre_reports

    dossier = Dossier()
    reports = [i for i in gather(theatre_reports(load_theatre("iraq-2020"))) if isinstance(i, Article)][:100]
    for article, found in coder.code_many(reports):
        dossier.add(article)
        dossier.add(found)
    return dossier
