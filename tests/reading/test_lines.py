"""Single lines: furniture, captions, datelines, bylines, dates."""

from datetime import date

import pytest

from detente.reading import parse_date, read_text
from detente.reading.captions import find_caption
from detente.reading.datelines import find_byline, find_dateline, find_reporters, is_date_line
from detente.reading.furniture import is_correction, is_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Do you like this article?", "0 Comment(s)", "12 comments", "Comments (3)", "Comment Policy", "1500 / 1500",
        "* Denotes Required Field", "Read also: Ten walks along the river", "RELATED — A history of the bridge",
        "Sign up for our newsletter: the river in five minutes", "Share this story", "Share Tweet Print Email",
        "Follow us on Telegram", "Follow @rivernews", "Be the first of your friends to like this.",
        "This website uses cookies to improve your visit.", "Advertisement", "ADVERTISEMENT: Buy two bridges, get one free!",
        "Click here to subscribe", "© 2031 The Gazette. All rights reserved.", "Published in The Gazette, May 6th, 2031",
        "(Reporting by Ines Varga in Karsa; Editing by Jon Beck)", "3 min read", "À lire aussi : les ponts du fleuve",
        "Lea también: los puentes del río", "Publicidad", "اقرأ أيضا: جسور النهر", "جميع الحقوق محفوظة", "https://example.org/x",
        "5 comments · Join the conversation", "The Gazette is reader-funded. Support us", "* * *",
        "Subscribe to River Weekly: ten bridges in your pocket", "Support the Gazette's independent journalism for the price of a coffee",
        "Help fund local reporting", "Get the Gazette on your phone every dawn", "For river alerts text BRIDGE to 5050",
        "Unlimited access from €3 a month", "You have two free articles left. Sign in for more", "Three stories remaining this week",
        "To unsubscribe from this bulletin click here", "If you no longer wish to get these mails, reply STOP",
        "You can listen to this programme again on our website", "The Gazette by e-mail, every Friday at noon",
        "Listen to our podcast on the lost ferries", "From the archive: the flood of 1931", "Members only | Inside the dredgers' guild",
        "This is a developing story and will be updated.", "-30-", "Vote in our poll: which bridge is the finest?",
        "Lesen Sie auch: Brücken am Strom", "Leggi anche: i ponti del fiume", "Leia também: as pontes do rio", "Anzeige",
        "Czytaj także: mosty nad rzeką", "Baca juga: jembatan tua", "Ayrıca okuyun: köprüler", "Читайте также: мосты над рекой",
        "Подписывайтесь на наш канал", "بیشتر بخوانید: پل‌های رود", "Alle Rechte vorbehalten", "Siga-nos no Telegram",
    ],
)  # fmt: skip
def test_furniture(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "(This story has been corrected to say that nine shells were fired.)",
        "Share prices fell after the attack on the pipeline.",
        "Read the treaty again, the minister told the delegates.",
        "Relatedly, two soldiers were wounded near the bridge.",
        "Follow-up talks are due on Friday in Orsova.",
        "Comments by the minister angered both armies.",
        "“Support us, and we will drive them from the river,” the commander said.",
        "Advertisements calling for the boycott appeared in the capital.",
        "Watch towers along the border were manned again.",
        "Click farms run by the militia spread the video, officials said.",
        "More than 200 people were killed.",
        "Print shops in the city were raided and two editors detained.",
        "Next week the two sides will meet.",
        "Live ammunition was used against protesters.",
        "Support for the governor has fallen since the flood.",
        "Subscribers to the state gas company marched on its office.",
        "Get out of the valley, the colonel told the herders.",
        "The archive of the secret police was burned.",
        "Help reached the valley on Friday when two lorries crossed the bridge.",
        "Three stories of the ministry collapsed in the blast.",
        "Ends of the bridge were mined, engineers said.",
        "The army sent a text to 4,000 villagers telling them to leave.",
        "Rents have risen from $40 a month since the siege, residents said, and hundreds have been put out of their homes by the militia.",
        "You can hear the shelling again at night, a nurse said.",
    ],
)
def test_the_reports_own_sentences_are_not_furniture(line):
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line, credit",
    [
        ("Soldiers guard the bridge at Karsa on Monday. [Mara Lind/AFP]", "Mara Lind/AFP"),
        ("Soldiers guard the bridge at Karsa on Monday. (Photo: Gazette/M. Lind)", "Gazette/M. Lind"),
        ("Soldiers guard the bridge at Karsa on Monday. Photo: Mara Lind", "Mara Lind"),
        ("Soldiers guard the bridge at Karsa on Monday. NWA/Mara Lind", "NWA/Mara Lind"),
        ("Soldiers guard the bridge at Karsa on Monday (AP Photo/Mara Lind)", "AP Photo/Mara Lind"),
        ("Soldiers guard the bridge at Karsa on Monday. — Gazette photo", "Gazette photo"),
        ("Soldiers guard the bridge at Karsa on Monday. (Reuters)", "Reuters"),
        ("FILE PHOTO: Soldiers guard the bridge at Karsa, March 3. REUTERS/Mara Lind", "REUTERS/Mara Lind"),
        ("Un soldado vigila el puente de Karsa. Foto: Mara Lind", "Mara Lind"),
        ("Image copyright Getty Images", "Getty Images"),
    ],
)
def test_captions_and_their_credits(line, credit):
    found = find_caption(line)
    assert found is not None and found.credit == credit


@pytest.mark.parametrize(
    "line",
    [
        "The army released images of officers at the bridge.",
        "He posted a video of the strike on his page.",
        "The minister said the talks would go on. (AFP)",
        "The aid went to the United Nations World Food Programme (WFP).",
        "Shells fell near the bridge and/or the mill, witnesses said.",
        "Two of the wounded are members of the Karsa council (KC).",
    ],
)
def test_the_reports_own_sentences_are_not_captions(line):
    assert find_caption(line) is None


def test_a_credit_on_its_own_line_belongs_to_the_description_above_it():
    text = (
        "Shells fell on Karsa, the army said.\n\nA soldier stands on the bridge.\nPhoto: Mara Lind\n\nNobody was hurt."
    )
    article = read_text(text, id="x")
    assert [article.text[z.start : z.end] for z in article.zones] == [
        "A soldier stands on the bridge.",
        "Photo: Mara Lind",
    ]
    assert {zone.credit for zone in article.zones} == {"Mara Lind"}


@pytest.mark.parametrize(
    "line, said, agency",
    [
        ("KARSA, Velmia, May 6 (NWA) — Shells fell.", "KARSA, Velmia, May 6", "NWA"),
        ("KARSA (NWA) - Shells fell.", "KARSA", "NWA"),
        ("KARSA: Shells fell.", "KARSA", None),
        ("UPPER SENN/KARSA -- Shells fell.", "UPPER SENN/KARSA", None),
        ("Karsa, 6 May 2031 – Shells fell.", "Karsa, 6 May 2031", None),
        ("Karsa (NWA) – Shells fell.", "Karsa", "NWA"),
    ],
)
def test_datelines(line, said, agency):
    found = find_dateline(line)
    assert found is not None and (found.text, found.agency) == (said, agency)
    assert line[found.end :] == "Shells fell."


@pytest.mark.parametrize(
    "line",
    ["BREAKING: Shells fell.", "The army - once feared - withdrew.", "Shells fell - again.", "NATO-led troops left."],
)
def test_no_dateline(line):
    assert find_dateline(line) is None


def test_the_dateline_stays_in_the_text_as_a_zone():
    article = read_text("KARSA, May 6 (NWA) — Shells fell on the bridge at dawn.", id="x")
    (zone,) = article.zones
    assert article.dateline == "KARSA, May 6" and zone.credit == "NWA"
    assert article.text[zone.start : zone.end] == "KARSA, May 6 (NWA) —"


def test_bylines():
    assert find_byline("By Ines Varga and Tomas Okello") == "Ines Varga and Tomas Okello"
    assert find_byline("By noon the shelling had stopped. Nobody was hurt.") is None
    assert find_reporters("(Reporting by Ines Varga; Editing by Jon Beck)") == "Ines Varga"
    assert read_text("Shells fell.\n\n(Reporting by Ines Varga; Editing by Jon Beck)", id="x").byline == "Ines Varga"


def test_a_desk_note_is_kept_beside_the_text():
    article = read_text("Shells fell.\n\nCORRECTION: An earlier version misspelled Karsa.", id="x")
    assert is_correction("Clarification: the bridge has two lanes.")
    assert article.text == "Shells fell." and article.extra["corrections"][0].startswith("CORRECTION")


@pytest.mark.parametrize(
    "given, expected",
    [
        ("2031-05-06", (date(2031, 5, 6), "day")),
        ("2031-05-06T23:30:00-05:00", (date(2031, 5, 6), "day")),
        ("Tue, 06 May 2031 08:15:00 GMT", (date(2031, 5, 6), "day")),
        ("Tuesday, 6 May 2031", (date(2031, 5, 6), "day")),
        ("May 6th, 2031", (date(2031, 5, 6), "day")),
        ("6 de mayo de 2031", (date(2031, 5, 6), "day")),
        ("1er février 2031", (date(2031, 2, 1), "day")),
        ("٦ مايو ٢٠٣١", (date(2031, 5, 6), "day")),
        ("20310506", (date(2031, 5, 6), "day")),
        ("26/05/2031", (date(2031, 5, 26), "day")),
        ("06.05.2031", (date(2031, 5, 6), "day")),
        (1935878400, (date(2031, 5, 7), "day")),
        ("May 2031", (date(2031, 5, 1), "month")),
        ("2031-05", (date(2031, 5, 1), "month")),
        ("2031", (date(2031, 1, 1), "year")),
        ("05/06/2031", None),
        ("yesterday", None),
        ("3 hours ago", None),
        ("2031-13-45", None),
        ("", None),
        (None, None),
        (True, None),
        (float("nan"), None),
        (-1e300, None),
    ],
)
def test_dates_as_published(given, expected):
    assert parse_date(given) == expected


def test_a_date_line_is_only_a_date():
    assert is_date_line("Published: 6 May 2031, 18:20 GMT")
    assert not is_date_line("On 6 May 2031 shells fell on the bridge and two people were killed.")
