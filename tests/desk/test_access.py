"""Who comes in where: every view and every route of the API, by every role, walked out of the code itself."""

import pytest
from django.test import Client
from walking import addresses

from detente.desk.accounts.tokens import add_token
from detente.desk.api import limits
from detente.desk.api.site import api
from detente.desk.roles import INCLUDES, ROLES

# Open to everybody, each for a reason that is easy to see. A view that is not here says its role.
OPEN = {
    "public:front", "public:article", "public:version", "public:card", "public:picture", "public:corrections",
    "public:about", "public:report_error", "public:atom", "public:json_feed", "public:sitemap", "public:robots",
    "comments:policy", "comments:status", "comments:report", "comments:my_data", "comments:own_data", "comments:write",
    "comments:like", "accounts:login", "accounts:logout", "set_language",
    "metrics",  # by a token of its own, see test_measures.py
}  # fmt: skip
LOGGED_IN = {"accounts:home", "accounts:password"}  # whoever has a login, for their own
EVERY = addresses()
GUARDED = [each for each in EVERY if each.role]


def test_the_walk_finds_the_desk():
    assert {"public:front", "comments:queue", "publishing:publish", "accounts:login"} <= {each.name for each in EVERY}
    assert len(GUARDED) >= 15


def test_every_view_says_its_role_or_stands_in_the_list():
    silent = {each.name for each in EVERY if not each.role}
    theatres = {name for name in silent if name.startswith("theatres:")}  # pages of what is known, for everybody
    assert silent - theatres == OPEN | LOGGED_IN
    for each in EVERY:
        if each.name.startswith(("publishing:", "review:")) or each.url.startswith(
            ("/comments/queue", "/comments/bans")
        ):
            assert each.role, each.name


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_to_the_login(client, method):
    for each in [*GUARDED, *(one for one in EVERY if one.name in LOGGED_IN)]:
        answer = getattr(client, method)(each.url)
        assert answer.status_code == 302 and answer.url.startswith("/accounts/login/?next="), each


@pytest.mark.parametrize("role", ROLES)
def test_each_role_comes_in_where_it_may_and_nowhere_else(log_in, role):
    browser = log_in(role)
    browser.raise_request_exception = True
    for each in GUARDED:
        for method in ("get", "post"):
            code = getattr(browser, method)(each.url).status_code
            assert (code != 403) if each.role in INCLUDES[role] else (code == 403), (each.name, method, code)


def test_no_address_takes_a_form_without_its_token(log_in):
    for browser in (Client(enforce_csrf_checks=True), log_in("admin", enforce_csrf_checks=True)):
        for each in EVERY:
            assert browser.post(each.url, {"like": "1", "do": "publish"}).status_code == 403, each.name


def test_nothing_is_changed_by_looking(log_in):
    """Views that change things refuse GET, or only show a form."""
    browser = log_in("admin")
    for each in EVERY:
        if each.name.rsplit(":", 1)[-1] in {"like", "settle", "answer", "lift", "publish", "approve", "withdraw", "propose", "logout", "set_language", "decide", "group", "second", "undo"}:  # fmt: skip
            assert browser.get(each.url).status_code in (404, 405, 302), each.name


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_answer_carries_the_headers(log_in, client, role):
    browser = log_in(role) if role else client
    for each in EVERY:
        head = browser.get(each.url).headers
        policy = head["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src 'self'" in policy, each.name
        assert head["X-Frame-Options"] == "DENY" and head["X-Content-Type-Options"] == "nosniff", each.name


def routes():
    """Every route of the API: method, path with samples, whether it asks for a token."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, said in methods.items():
            yield method, path.replace("{number}", "1").replace("{theatre}", "x").replace("{dyad}", "x").replace("{key}", "x"), bool(said.get("security"))  # fmt: skip


# which role a route asks for; reading asks for none
ASKS = {
    ("post", "/api/incidents/x/notes"): "analyst", ("post", "/api/proposals"): "editor",
    ("get", "/api/comments"): "moderator", ("post", "/api/comments/1"): "moderator",
}  # fmt: skip


def test_routes_that_write_ask_for_a_token():
    every = list(routes())
    assert {(method, path) for method, path, closed in every if closed} == set(ASKS)
    assert all(closed for method, _, closed in every if method != "get")


@pytest.mark.parametrize("role", [None, *ROLES])
def test_every_route_by_every_role(client, monkeypatch, role):
    monkeypatch.setattr(limits.LIMITS[0], "num_requests", 10_000)
    head = {"Authorization": f"Bearer {add_token(role, 'a test', 1)}"} if role else {}
    for method, path, closed in routes():
        assert "{" not in path
        code = getattr(client, method)(path, headers=head, **({"data": "{}", "content_type": "application/json"} if method == "post" else {})).status_code  # fmt: skip
        if not closed:
            assert code in (200, 404), path
        elif role is None:
            assert code == 401, path
        elif ASKS[method, path] in INCLUDES[role]:
            assert code in (200, 404, 422), path
        else:
            assert code == 403, path


@pytest.mark.parametrize("token", ["", "x", "detente_", "' OR 1=1 --", "\u0000", "a" * 5000, "Ünïcode"])
def test_made_up_tokens_open_nothing(client, token):
    for scheme in ("Bearer", "bearer", "Basic", "Token"):
        assert client.get("/api/comments", headers={"Authorization": f"{scheme} {token}"}).status_code == 401
