"""Every address of the desk says who may come in: a role, or a place in the list of what is open to all."""

from django.urls import URLPattern, get_resolver

from detente.desk.roles import ROLES

# open to everybody: reading, feeds, logging in; a view that is added here must be safe for strangers
OPEN = {
    "public:front", "public:article", "public:version", "public:card", "public:picture", "public:corrections",
    "public:about", "public:atom", "public:json_feed", "public:sitemap", "public:robots", "accounts:login",
    "accounts:logout", "set_language", "comments:policy", "comments:status", "comments:report", "comments:my_data",
    "comments:own_data", "comments:write", "comments:like",
}  # fmt: skip
LOGGED_IN = {"accounts:home", "accounts:password"}  # anybody with a login


def addresses(resolver=None, space=""):
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}", each.callback
        else:
            yield from addresses(each, f"{space}{each.namespace}:" if each.namespace else space)


def test_every_view_says_who_may_come_in():
    silent = [
        name for name, view in addresses()
        if name not in OPEN | LOGGED_IN and getattr(view, "role", None) not in ROLES
    ]  # fmt: skip
    assert silent == [], "give these views @role_required(…), or list them in OPEN if strangers may use them"


def test_the_lists_name_nothing_that_is_gone():
    assert {name for name, _ in addresses()} >= OPEN | LOGGED_IN


def test_a_login_is_asked_for(client):
    for address in ("/accounts/", "/accounts/password/"):
        assert client.get(address).url.startswith("/accounts/login/")
