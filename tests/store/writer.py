"""A process that fills a ledger and says after each article that it is in; the crash test kills it."""

import sys

from made import DAY, event

from detente.keeping.ingest import Intake
from detente.records import Article, Coded
from detente.store import open_ledger


class Finds:
    stamp = "one"

    def code(self, article):
        return Coded(article.id, tuple(event(f"{article.id}-e{n}", article.id) for n in range(5)), coder=self.stamp)

    def code_many(self, articles):
        return ((article, self.code(article)) for article in articles)


def main(place: str, count: int) -> None:
    with open_ledger(place) as ledger:
        intake = Intake(ledger, Finds())
        for n in range(count):
            intake._article(Article(f"a{n}", f"Arland struck Bergia, report {n}. " * 50, published=DAY), None)
            print(n, flush=True)
        intake.close()
        print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
