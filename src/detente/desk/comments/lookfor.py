"""What the steps look for in a text: pure functions over words of English, Arabic and Persian."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache

from detente.desk.book import theatres
from detente.records import ConfigError

_LETTERS = str.maketrans("أإآٱىیئکةهۀؤ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "اااايييكهههو01234567890123456789")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[a-z0-9-]{2,}\.(?:com|net|org|info|ru|ir|iq|io|xyz|top|shop|online)\b", re.I
)
_NOISE = re.compile(r"(\S)\1{14,}|\b(\w+)(?:\W+\2\b){7,}", re.I)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00)?\d(?:[ ().-]{0,2}\d){8,14}(?![\w])")
_POINT = re.compile(r"[-+]?\d{1,2}\.\d{3,}\s*[,;\s]\s*[-+]?\d{1,3}\.\d{3,}|\d{1,3}\s*°\s*\d{1,2}\s*['′’]")
_HOUSE = re.compile(
    r"\b\d{1,5},? (?:\w+ ){1,3}(?:street|road|avenue|lane|boulevard|st|rd|ave|blvd)\b|\bhis (?:home )?address is\b|"
    r"\b(?:lives|living|resides) (?:at|in house|on the corner)\b|\bعنوان بيته\b|\bيسكن في شارع\b|\bنشاني خانه\b|\bپلاك \d",
    re.I,
)
_THREAT = re.compile(
    r"\b(?:i|we)(?:'ll| will|'m going to| am going to|'re going to| are going to| shall) "
    r"(?:\w+ ){0,2}(?:kill|shoot|burn|bomb|stab|hang|behead|hunt|find|destroy|rape|hurt) (?:\w+ ){0,2}(?:you|your|him|her|them|their)\b|"
    r"\b(?:you|he|she|they|all of them|those \w+) (?:\w+ )?(?:should|must|deserve to|need to|have to|ought to) "
    r"(?:\w+ )?(?:die|be (?:killed|shot|hanged|burned|burnt|slaughtered|wiped out|executed|exterminated))\b|"
    r"(?<!\bto )\bkill (?:them|you|him|her|yourself|all)\b|\bwe know where you (?:live|work)\b|\byou(?:'re| are) (?:dead|next)\b|"
    r"\b(?:سنقتل|ساقتل|سوف نقتل|سوف اقتل|سنذبح|ساذبح|اقتلوه|اذبحوه)|\bالموت لك|\bنعرف (?:اين|وين) تسكن|"
    r"\bمي ?كش(?:م|مت|مش|يم|يمت|متان)\b|\bخواهم كشت\b|\bبايد (?:كشته|اعدام) شو|\bميدانيم كجا زندگي|\bبكشيدش",
    re.I,
)


def folded(text: str) -> str:
    """For comparing only: compatible forms, lower case, no marks or invisible signs, one form of each Arabic letter."""
    seen = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in seen if unicodedata.category(each) not in ("Mn", "Cf") and each != "ـ")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", bare).translate(_LETTERS).replace("’", "'"))


def links(text: str) -> int:
    """How many addresses of the web stand in it."""
    return len(_LINK.findall(unicodedata.normalize("NFKC", text)))


def noise(text: str) -> bool:
    """One sign 15 times, or one word eight times in a row."""
    return _NOISE.search(text) is not None


def threat(text: str) -> bool:
    """Whether somebody seems to be threatened; a moderator decides."""
    return _THREAT.search(folded(text)) is not None


def private(text: str) -> bool:
    """Whether somebody's mail, number, house or exact place seems to stand in it; a moderator decides."""
    seen = folded(text)
    return any(pattern.search(seen) for pattern in (_MAIL, _PHONE, _POINT, _HOUSE))


def banned(text: str, theatre: str) -> bool:
    """Whether a word or phrase that the theatre bans stands in it as a whole."""
    pattern = _banned(theatre)
    return pattern is not None and pattern.search(folded(text)) is not None


@cache
def _banned(theatre: str) -> re.Pattern[str] | None:
    words = sorted({folded(each).strip() for each in banned_words(theatre)} - {""})
    if not words:
        return None
    # Arabic and Persian write "and", "the", "for" onto the word
    return re.compile(rf"(?<!\w)(?:و|ال|وال|ب|بال|لل)?(?:{'|'.join(map(re.escape, words))})(?!\w)")


def banned_words(theatre: str) -> list[str]:
    """`banned` in comments.toml beside theatre.toml; none where there is no such file. ConfigError names what is wrong."""
    place = theatres().get(theatre)
    path = place.folder / "comments.toml" if place else None
    if path is None or not path.exists():
        return []
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    words = data.get("banned", [])
    if set(data) - {"banned"} or not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        raise ConfigError(f'{path}: write banned = ["word", "two words"] and nothing else')
    return words
