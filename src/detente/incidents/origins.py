"""Independent origins: reports that copy one another's words, or credit one agency, are one origin, not many."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from rensa import RMinHash, RMinHashLSH

from detente.incidents.unions import Unions
from detente.records import Article

_WORD = re.compile(r"\w+")
_SHINGLE = 5  # words
_HASHES, _BANDS, _SEED = 128, 64, 1  # bands of two hashes: word runs shared by a fifth are found, all are then checked
_SHARED = 0.5  # of the shorter report's shingles
_RESUMED = 7  # days after which a story with the same words is told anew

# News agencies whose reports others print: the name as credited -> one name. Public knowledge.
AGENCIES = {
    "Reuters": "Reuters", "Agence France-Presse": "AFP", "AFP": "AFP", "Associated Press": "AP", "AP": "AP",
    "United Press International": "UPI", "UPI": "UPI", "Deutsche Presse-Agentur": "dpa", "dpa": "dpa", "DPA": "dpa",
    "Xinhua": "Xinhua", "TASS": "TASS", "Interfax": "Interfax", "RIA Novosti": "RIA Novosti", "RIA": "RIA Novosti",
    "Anadolu": "Anadolu", "Anadolu Agency": "Anadolu", "EFE": "EFE", "ANSA": "ANSA", "Kyodo": "Kyodo", "PTI": "PTI",
    "Press Trust of India": "PTI", "IANS": "IANS", "ANI": "ANI", "Yonhap": "Yonhap", "IRNA": "IRNA", "ISNA": "ISNA",
    "Fars": "Fars", "Tasnim": "Tasnim", "Mehr": "Mehr", "SANA": "SANA", "SABA": "Saba", "WAFA": "WAFA", "MENA": "MENA",
    "SPA": "SPA", "WAM": "WAM", "KUNA": "KUNA", "INA": "INA", "Ukrinform": "Ukrinform", "Bloomberg": "Bloomberg",
    "PA Media": "PA Media", "Belga": "Belga", "NTB": "NTB", "APA": "APA", "PAP": "PAP", "Agenzia Fides": "Fides",
}  # fmt: skip
_SAYS = r"(?:reported|reports|said|says|quoted|cited|writes|wrote|learned|learnt)"


def _shingles(text: str) -> set[str]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return {" ".join(words[at : at + _SHINGLE]) for at in range(max(0, len(words) - _SHINGLE + 1))}


class _Alike:
    """Reports found by a sketch of their words."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._index = RMinHashLSH(threshold=0.2, num_perm=_HASHES, num_bands=_BANDS)

    def of(self, sketch: RMinHash) -> list[str]:
        """Those that may share words with a report."""
        return [self._keys[number] for number in sorted(self._index.query(sketch))]

    def add(self, key: str, sketch: RMinHash) -> None:
        """One report more."""
        self._index.insert(len(self._keys), sketch)
        self._keys.append(key)


def _sketch(text: str) -> RMinHash | None:
    """A sketch of a text's word runs, None for a text of fewer words than one run."""
    runs = _shingles(text)
    if not runs:
        return None
    made = RMinHash(num_perm=_HASHES, seed=_SEED)
    made.update(sorted(runs))
    return made


def _candidates(articles: Mapping[str, Article]) -> Iterator[tuple[str, str]]:
    """Pairs of reports that may share their words and one time, found by MinHash in near-linear time.

    A sketch takes seven kilobytes, so those of reports that nothing later can be a copy of are dropped: only this stretch of
    days and the one before are held, and reports of no known day, which come first.
    """
    timeless, before, now, stretch = _Alike(), _Alike(), _Alike(), 0
    for key in sorted(articles, key=lambda each: (articles[each].published or date.min, each)):
        day, sketch = articles[key].published, _sketch(articles[key].text)
        if sketch is None:
            continue
        if day is not None and (this := day.toordinal() // (_RESUMED + 1)) != stretch:
            before, now, stretch = now if this == stretch + 1 else _Alike(), _Alike(), this
        for held in (timeless, before, now):
            yield from ((other, key) for other in held.of(sketch))
        (timeless if day is None else now).add(key, sketch)


def _apart(one: Article, other: Article) -> bool:
    """True if two reports are of times too far apart to be one story."""
    return one.published is not None and other.published is not None and (
        abs((one.published - other.published).days) > _RESUMED
    )  # fmt: skip


def origins(articles: Iterable[Article] | Mapping[str, Article]) -> dict[str, str]:
    """Article id -> origin id; two reports share one when half of the shorter one's word runs are common.

    `Article.extra["origin"]`, where the source already names its wire story, is believed.
    """
    by_id = dict(articles) if isinstance(articles, Mapping) else {each.id: each for each in articles}
    groups = Unions(by_id)
    named: dict[str, str] = {}
    for key in sorted(by_id):
        origin = by_id[key].extra.get("origin")
        if isinstance(origin, str) and origin:
            groups.join(named.setdefault(origin, key), key)
    runs = lru_cache(maxsize=1_000)(lambda key: _shingles(by_id[key].text))
    # rows of coded data are written to one pattern: alike words say nothing of a common origin
    for one, other in _candidates({key: each for key, each in by_id.items() if "row" not in each.extra}):
        if groups.root(one) == groups.root(other) or _apart(by_id[one], by_id[other]):
            continue
        shorter = min(len(runs(one)), len(runs(other)))
        if len(runs(one) & runs(other)) >= max(4, _SHARED * shorter):
            groups.join(one, other)
    return {key: groups.root(key) for key in by_id}


class Credits:
    """Which agency a report says it has its news from: known agencies, and any outlet among the reports."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        outlets = {each.outlet: AGENCIES.get(each.outlet, each.outlet) for each in articles.values() if each.outlet}
        self._names = {name: one for name, one in (AGENCIES | outlets).items() if len(name) > 1}
        self.names = tuple(sorted(self._names.items()))
        names = "|".join(re.escape(each) for each in sorted(self._names, key=lambda each: (-len(each), each)))
        self._stated = re.compile(
            rf"\b(?:told|according to|citing|quoted by|quoting|reported by|(?i:by))\s+(?:the\s+)?({names})\b"
            rf"|\b({names})(?:\s+(?:news\s+)?agency)?,?\s+(?:has\s+|had\s+)?{_SAYS}\b"
        )
        self._marked = re.compile(rf"\(({names})\)|[—–-]\s*({names})\s*$", re.MULTILINE)
        self._byline = re.compile(rf"\b({names})\b")

    def of_report(self, article: Article) -> str | None:
        """The agency in a report's dateline, byline or sign-off: "BAGHDAD (AFP) -", "With Reuters"."""
        for text, pattern in (
            (article.dateline or "", self._marked), (article.byline or "", self._byline),
            (article.text[:120], self._marked), (article.text[-80:], self._marked),
        ):  # fmt: skip
            found = pattern.search(text)
            if found:
                return self._names[next(group for group in found.groups() if group)]
        return None

    def of_words(self, text: str) -> frozenset[str]:
        """Agencies that a mention's own words credit: "Reuters reported", "told AFP"."""
        return frozenset(
            self._names[next(group for group in found.groups() if group)] for found in self._stated.finditer(text)
        )

    def own(self, article: Article) -> str | None:
        """The agency a report's outlet is, or the outlet's own name."""
        return self._names.get(article.outlet or "")


def count_origins(told: Mapping[str, frozenset[str]], source: Mapping[str, str], articles: Mapping[str, Article],
          credits: Credits) -> int:  # fmt: skip
    """Independent origins of one incident's reports.

    `told` holds, for each report, the agencies its mentions' own words credit. Reports of one wire story are one;
    a report that credits an agency goes with that agency's own reports of the days around, and with others that
    credit it: who only hands on what Reuters reported is no second witness.
    """
    groups = Unions(told)
    first: dict[str, list[tuple[date | None, str]]] = {}
    for key in sorted(told):
        groups.join(groups.named(source.get(key, key), key), key)
    for key in sorted(told):
        article = articles.get(key)
        if article is None:
            continue
        credited = set(told[key]) | {credits.of_report(article), credits.own(article)}
        for agency in sorted(each for each in credited if each):
            for when, other in first.setdefault(agency, []):
                if when is None or article.published is None or abs((when - article.published).days) <= _RESUMED:
                    handed_on = agency != credits.own(article) or agency != credits.own(articles[other])
                    if handed_on:
                        groups.join(other, key)
            first[agency].append((article.published, key))
    return len({groups.root(key) for key in told})
