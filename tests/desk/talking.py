"""Something to talk about, without an article: for tests of comments."""

from detente.desk.comments import subjects

KEY = "thing-1"


def subject(number):
    """One thing in the demo's theatre, shown by the page of its comments."""
    return subjects.Subject(KEY, "A thing", "/comments/on/thing-1/", "iraq-2020") if number == 1 else None


def send(browser, text="I do not think so.", email="ada@example.org", name="Ada", **more):
    """Send a comment."""
    return browser.post(f"/comments/on/{KEY}/", {"name": name, "email": email, "text": text, **more})
