"""The list of moderation steps, and what each minds and does not mind."""

import pytest
from django.utils import timezone
from talking import KEY

from detente.desk.accounts.models import User
from detente.desk.comments import lookfor, steps
from detente.desk.comments.models import Ban, Comment
from detente.desk.comments.people import email_key
from detente.desk.comments.steps import Draft, Verdict, judge

THEATRE = "iraq-2020"


def draft(text="A calm answer.", **more):
    return Draft(**{"subject": KEY, "theatre": THEATRE, "name": "Ada", "email": "ada@example.org", "text": text, "day_key": "k"} | more)  # fmt: skip


def kept(text="x", **more):
    given = {
        "subject": KEY,
        "name": "Ada",
        "email": "ada@example.org",
        "language": "en",
        "reason": "new",
        "day_key": "k",
    }
    return Comment.objects.create(text=text, **given | more)


def test_the_order_is_the_list():
    names = [step.__name__ for step in steps.STEPS]
    assert names == ["length", "ban", "rate", "threats", "doxxing", "banned_words", "repeated_text", "links"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("A calm answer.", Verdict("queue", "new")),
        (" \n ", Verdict("back", "empty")),
        ("a" * 1501, Verdict("back", "too-long")),
        ("I will kill you all", Verdict("queue", "threat", urgent=True)),
        ("he deserves to be shot? they should all be hanged", Verdict("queue", "threat", urgent=True)),
        ("سنقتلكم جميعا", Verdict("queue", "threat", urgent=True)),
        ("شما را می‌کشیم", Verdict("queue", "threat", urgent=True)),
        ("call him on +964 770 123 4567", Verdict("queue", "private", urgent=True)),
        ("تلفنش ۰۹۱۲ ۳۴۵ ۶۷۸۹ است", Verdict("queue", "private", urgent=True)),
        ("write to him: someone@example.org", Verdict("queue", "private", urgent=True)),
        ("the convoy is at 33.3152, 44.3661 now", Verdict("queue", "private", urgent=True)),
        ("he lives at 14 Palm Street", Verdict("queue", "private", urgent=True)),
        ("They are VERMIN, all of them", Verdict("reject", "words")),
        ("هذه الصراصير", Verdict("reject", "words")),
        ("buy buy buy buy buy buy buy buy", Verdict("queue", "noise")),
        ("see https://example.org/a", Verdict("queue", "links")),
        ("www.a.example www.b.example www.c.example", Verdict("reject", "many-links")),
    ],
)  # fmt: skip
def test_what_each_step_says(site, text, verdict):
    assert judge(draft(text)) == verdict


@pytest.mark.parametrize(
    "text",
    [
        "The militia threatened to kill them on 12 March 2020, reports say.",
        "On 21.04.2020, 30 rockets fell; 1,500 soldiers left, 12 000 stayed.",
        "The report says 2,500 to 5,200 troops between 2019 and 2020.",
        "Nobody should be killed for this.",
        "The Iraqi government must find a way; the talks should be held in public.",
        "I live in Basra and I am tired of this.",
        "حشرة الكلام لا تهم",  # holds letters of a banned word, not the word
        "Government of the U.S. and Iran.Iraq is between them",
    ],
)
def test_what_no_step_minds(site, text):
    assert judge(draft(text)) == Verdict("queue", "new")


def test_rate_counts_by_address_and_by_connection(site):
    for number in range(steps.MOST_COMMENTS):
        assert steps.rate(draft()) is None
        kept(str(number), email=f"{number}@example.org")
    assert steps.rate(draft()) == Verdict("back", "too-fast")
    assert steps.rate(draft(day_key="other")) is None
    Comment.objects.update(made_at=timezone.now() - 2 * steps.WITHIN)
    assert steps.rate(draft()) is None


def test_the_same_text_is_not_taken_twice(site):
    kept("Read this!")
    assert judge(draft("Read this!", email="bo@example.org", day_key="o")) == Verdict("back", "repeated")
    assert steps.repeated_text(draft("Read this!", subject="thing-2")) == Verdict("back", "repeated")
    assert steps.repeated_text(draft("Read this!", subject="thing-2", email="bo@example.org")) is None


def test_a_ban_ends_by_itself(site):
    until = timezone.now() + steps.REMEMBERED
    made = Ban.objects.create(email_key=email_key("Ada@example.org"), comment=1, reason="insult", until=until,
                              made_by=User.objects.get(username="moderator"))  # fmt: skip
    assert judge(draft()) == Verdict("reject", "banned")
    made.until = timezone.now()
    made.save()
    assert judge(draft()).reason == "new"


def test_banned_words_belong_to_the_theatre(site, monkeypatch):
    assert lookfor.banned("vermin", "iraq-2020") and not lookfor.banned("vermin", "elsewhere")
    assert lookfor.banned("v\u200bermin", "iraq-2020") and lookfor.banned("ｖｅｒｍｉｎ", "iraq-2020")
    assert not lookfor.banned("Verminous Ltd", "iraq-2020")


def test_patterns_end_soon_on_hostile_text():
    import time

    start = time.monotonic()
    for text in (
        "1 " * 750,
        "a." * 750,
        "they " * 300,
        "12.345," * 214,
        "@" * 1500,
        "x" * 1500,
        "i will " * 214,
        "we shall a " * 130,
    ):
        lookfor.threat(text), lookfor.private(text), lookfor.noise(text), lookfor.links(text)
    assert time.monotonic() - start < 2
