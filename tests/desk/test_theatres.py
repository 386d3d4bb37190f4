"""Pages of what is watched, on the 33 reports of the demo."""

import re


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_from_the_theatres_to_the_words_of_a_report(client):
    assert 'href="/theatres/iraq-2020/"' in text(client, "/theatres/")
    theatre = text(client, "/theatres/iraq-2020/")
    assert "State: lull" in theatre and "<polyline" in theatre
    dyad = text(client, re.search(r'href="(/theatres/iraq-2020/dyads/us-factions/)"', theatre)[1])
    assert '<figure class="chart">' in dyad and "Least contradicted" in dyad and "Tripwires" in dyad
    assert " style=" not in dyad
    incident = text(client, re.search(r'href="(/theatres/iraq-2020/incidents/[^"]+)"', dyad)[1])
    assert re.search(r"<mark>[^<]+</mark>", incident) and "Why these reports are one incident" in incident


def test_what_is_not_watched_is_not_found(client):
    for address in ("/theatres/x/", "/theatres/iraq-2020/dyads/x/", "/theatres/iraq-2020/incidents/x/"):
        assert client.get(address).status_code == 404
