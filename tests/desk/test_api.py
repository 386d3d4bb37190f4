"""The API: what everybody reads, what tokens of each role may do, limits, and a description that tells the truth."""

import re
from contextlib import suppress
from datetime import date, timedelta

import pytest
import stories
from django.utils import timezone

from detente.desk.accounts.models import Token, User
from detente.desk.accounts.tokens import add_token, revoke, user_of
from detente.desk.api import limits
from detente.desk.api.reading import dyad_or_404
from detente.desk.api.site import api
from detente.desk.book import ledger
from detente.desk.comments.models import Comment
from detente.desk.publishing.models import Story
from detente.records import Decision, Forecast, Incident, InputError, Tripwire

DYAD = "/api/theatres/iraq-2020/dyads/us-factions"


def bearer(role):
    return {"Authorization": f"Bearer {add_token(role, 'a test', 1)}"}


def post(client, path, data, **more):
    return client.post(path, data, content_type="application/json", **more)


def comment(**more):
    given = {
        "subject": "thing-1",
        "name": "Ada",
        "email": "ada@example.org",
        "language": "en",
        "reason": "new",
        "text": "x",
    }
    return Comment.objects.create(**given | more)


def test_theatres_and_dyads(client):
    (place,) = client.get("/api/theatres").json()["items"]
    assert place["id"] == "iraq-2020" and "us-factions" in [each["id"] for each in place["dyads"]]
    assert client.get("/api/theatres/iraq-2020").json() == place
    assert client.get("/api/theatres/nowhere").status_code == 404


def test_incidents_come_in_parts_that_together_are_all(client):
    every = {each.id for each in ledger().read(Incident, as_of=None)}
    seen, offset, more = [], 0, True
    while more:
        part = client.get("/api/incidents", {"limit": 7, "offset": offset}).json()
        seen += [each["id"] for each in part["items"]]
        more, offset = part["more"], offset + 7
    assert len(seen) == len(set(seen)) and set(seen) == every
    one = client.get(f"/api/incidents/{seen[0]}").json()
    assert one["id"] == seen[0] and one["evidence"][0]["quote"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_can_be_asked(client, day):
    assert all(client.get(path, {"as_of": day}).status_code == 200 for path in ("/api/incidents", "/api/stories"))


def test_as_of_gives_what_was_known_then(client):
    early = client.get("/api/incidents", {"as_of": "2020-01-10", "limit": 200}).json()["items"]
    assert {each["id"] for each in early} == {each.id for each in ledger().read(Incident, as_of=date(2020, 1, 10))}
    assert 0 < len(early) < len(list(ledger().read(Incident, as_of=None)))


def test_incidents_of_a_dyad_are_those_of_the_ledger(client):
    found = client.get(f"{DYAD}/incidents", {"limit": 200}).json()["items"]
    dyad = dyad_or_404("iraq-2020", "us-factions")
    assert {each["id"] for each in found} == {
        each.id for each in ledger().dyad(dyad.a, dyad.b, as_of=None, kind=Incident)
    }
    assert found


def test_tripwires_and_forecasts(client):
    assert len(client.get("/api/tripwires?limit=200").json()["items"]) == len(list(ledger().read(Tripwire, as_of=None)))
    made = Forecast("f1", "us-factions", date(2020, 4, 21), 30, 0.4, 0.2, 0.6, 0.5, "m", "rule", "likely")
    ledger().add([made])
    (told,) = client.get(f"{DYAD}/forecasts").json()["items"]
    assert told["probability"] == 0.4 and told["made"] == "2020-04-21"


def test_only_published_stories(client):
    hidden = stories.proposed()
    assert client.get("/api/stories").json()["items"] == []
    assert client.get(f"/api/stories/{hidden.pk}").status_code == 404
    shown = stories.published()
    (told,) = client.get("/api/stories").json()["items"]
    assert told["id"] == shown.pk and told["headline"] == "Tension in Iraq has eased, for now"
    assert client.get(f"/api/stories/{shown.pk}").json() == told


WRITES = {
    "/api/proposals": ({"theatre": "iraq-2020", "dyad": "nowhere"}, {"editor", "admin"}, 404),
    "/api/incidents/none/notes": ({"text": "x"}, {"analyst", "editor", "admin"}, 404),
    "/api/comments/1": ({"do": "publish"}, {"moderator", "admin"}, 404),
}


@pytest.mark.parametrize("role", ["reader", "analyst", "moderator", "editor", "admin"])
def test_each_role_writes_what_it_may(client, role):
    head = bearer(role)
    for path, (data, may, answer) in WRITES.items():
        assert post(client, path, data, headers=head).status_code == (answer if role in may else 403), path
        assert post(client, path, data).status_code == 401
    assert client.get("/api/comments", headers=head).status_code == (200 if role in {"moderator", "admin"} else 403)


def test_a_login_at_the_desk_is_no_token(log_in):
    """So no other site can make a browser write."""
    browser = log_in("admin")
    for path, (data, _, _) in WRITES.items():
        assert post(browser, path, data).status_code == 401


def test_writing_is_noted_in_the_ledger(client):
    incident = next(iter(ledger().read(Incident, as_of=None))).id
    told = post(
        client, f"/api/incidents/{incident}/notes", {"text": "two reports, one origin"}, headers=bearer("analyst")
    )
    assert told.status_code == 201
    held = [each for each in ledger().read(Decision, as_of=None) if each.what == "note"]
    assert [(each.who, each.target, each.why) for each in held] == [
        ("analyst", f"Incident {incident}", "two reports, one origin")
    ]


@pytest.mark.slow
def test_a_proposal_is_not_published(client):
    told = post(client, "/api/proposals", {"theatre": "iraq-2020", "dyad": "us-factions"}, headers=bearer("editor"))
    assert told.status_code == 201, told.text
    assert Story.objects.get(pk=told.json()["id"]).published is None


def test_comments_are_settled_by_token(client):
    held, head = comment(), bearer("moderator")
    (told,) = client.get("/api/comments", headers=head).json()["items"]
    assert told["text"] == "x" and "ada@example.org" not in str(told)
    assert post(client, f"/api/comments/{held.pk}", {"do": "reject"}, headers=head).status_code == 422
    assert (
        post(client, f"/api/comments/{held.pk}", {"do": "reject", "reason": "insult"}, headers=head).json()["state"]
        == "rejected"
    )


def test_tokens_are_kept_as_hashes_and_end(site):
    token = add_token("editor", "a test", 1)
    held = Token.objects.get()
    assert token not in str(Token.objects.values().get()) and user_of(token).username == "editor"
    assert user_of(token + "x") is None
    Token.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert user_of(token) is None
    Token.objects.update(ends_at=timezone.now() + timedelta(days=1))
    User.objects.filter(username="editor").update(is_active=False)
    assert user_of(token) is None
    revoke(held.pk)
    with pytest.raises(InputError, match="no token"):
        revoke(held.pk)


def test_too_many_requests_are_refused_whatever_the_header_says(client, monkeypatch):
    monkeypatch.setattr(limits.LIMITS[0], "num_requests", 3)
    codes = [client.get("/api/theatres", headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    answer = client.get("/api/theatres")
    assert int(answer["Retry-After"]) >= 1 and answer.json() == {"detail": "Too many requests."}
    assert client.get("/api/theatres", REMOTE_ADDR="192.0.2.3").status_code == 200


@pytest.mark.parametrize("path", ["incidents", "tripwires", "theatres/iraq-2020/dyads/us-factions/incidents"])
def test_a_part_after_another_goes_on_where_it_ended(client, path):
    """The same as by offset, though many records became known at the same moment."""
    whole = [each["id"] for each in client.get(f"/api/{path}", {"limit": 200}).json()["items"]]
    seen, after = [], {}
    while True:
        part = client.get(f"/api/{path}", {"limit": 4} | after).json()
        seen += [each["id"] for each in part["items"]]
        if part["next"] is None:
            break
        after = {"after": part["next"]}
    assert seen == whole and len(whole) > 4


@pytest.mark.parametrize("after", ["x", "1", "1-", "-1", "99999999999999999-1", "1-1-1", "1587340800000000-0;--"])
def test_a_made_up_place_is_refused(client, after):
    assert client.get("/api/incidents", {"after": after}).status_code == 422


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "offset=-1", "as_of=yesterday"])
def test_wrong_questions_are_told_what_is_wrong(client, query):
    answer = client.get(f"/api/incidents?{query}")
    assert answer.status_code == 422 and query.split("=")[0] in answer.json()["detail"]


def test_the_description_asks_for_nothing_from_elsewhere(client):
    told = client.get("/api/openapi.json").json()
    assert told["info"]["title"] == "Detente" and len(told["paths"]) >= 12
    assert client.get("/api/docs").status_code == 404
    assert not re.findall(r"https?://(?!json-schema)", str(told["paths"]))


def test_a_nul_is_refused_in_the_words_of_the_api(client, site):
    answer = client.get("/api/theatres", {"a\0": "b"})
    assert answer.status_code == 400 and answer.json() == {"detail": "A NUL is no text."}


def test_a_misspelt_filter_is_refused_rather_than_ignored(client, site):
    answer = client.get("/api/incidents?as-of=2020-01-01")
    assert answer.status_code == 422
    assert answer.json()["detail"] == "Unknown: as-of; this address takes after, as_of, limit, offset."
    assert client.get("/api/theatres?limit=3").status_code == 422


@pytest.mark.slow
def test_schemathesis_finds_nothing(site, monkeypatch):
    """Thousands of requests made from the description, right and wrong ones: no crash, no answer it does not tell of."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, assume, given, settings
    from hypothesis.errors import Unsatisfiable
    from schemathesis.core.parameters import ParameterLocation

    from detente.desk.wsgi import application

    monkeypatch.setattr(limits.LIMITS[0], "num_requests", 10**9)
    monkeypatch.setattr(limits.LIMITS[1], "num_requests", 10**9)
    stories.published()
    comment()
    head, tried = bearer("admin") | {"Accept-Encoding": "identity"}, []  # it does not unpack
    quick = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)

    def ask(case):
        made = case.meta.components.get(ParameterLocation.HEADER)
        assume(made is None or not made.mode.is_negative)  # its head is ours: what was wrong there goes out right
        case.call_and_validate(headers=head)
        tried.append((case.path, case.method))

    for mode in schemathesis.GenerationMode:
        for found in schema.get_all_operations():
            with suppress(Unsatisfiable):  # a route that takes nothing cannot be asked wrongly
                quick(given(case=found.ok().as_strategy(generation_mode=mode))(ask))()
    assert {path for path, _ in tried} == set(api.get_openapi_schema()["paths"]) and len(tried) > 300
