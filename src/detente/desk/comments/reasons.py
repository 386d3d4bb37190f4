"""Why a comment waits, or was refused: codes for the records, words for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

REASONS = {
    "new": _("It waits for a moderator, as every comment does."),
    "published": _("It keeps to the policy."),
    "empty": _("There is no text in it."),
    "too-long": _("It is longer than 1,500 characters."),
    "too-fast": _("Several comments came from you within ten minutes. Please wait a little and send it again."),
    "repeated": _("The same text was sent here already."),
    "noise": _("One sign or word is repeated very often."),
    "links": _("It holds links."),
    "many-links": _("It holds more than two links."),
    "words": _("It holds words that are not allowed here, because they make people less than human or insult them."),
    "threat": _("It reads like a threat, or like a call for violence."),
    "private": _("It seems to hold somebody's address, number, mail or whereabouts."),
    "banned": _("Comments from your e-mail address are not accepted at present."),
    "insult": _("It insults somebody."),
    "off-topic": _("It is not about the article."),
    "advert": _("It is advertising."),
    "false": _("It states as fact what is known to be false."),
    "other": _("It breaks the comment policy."),
}
BY_MODERATORS = ("threat", "private", "insult", "words", "off-topic", "advert", "false", "other")
BY_READERS = BY_MODERATORS


def told(code: str) -> str:
    """The words for a code."""
    return str(REASONS.get(code, REASONS["other"]))
