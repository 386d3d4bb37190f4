"""The ledger's commands, as a user types them."""

import re

from detente.store import open_ledger


def test_from_reports_to_a_tracked_dyad(reports, detente):
    status, _, err = detente("add", reports, "--ledger", "n.sqlite", "--theatre", "iraq-2020")
    assert status == 0 and "read 3, coded 3" in err
    status, _, err = detente("add", reports, "--ledger", "n.sqlite", "--theatre", "iraq-2020")
    assert status == 0 and "coded 0, quarantined 0, gaps 0; 3 already held, 0 records" in err
    detente("code", reports, "--theatre", "iraq-2020", "-o", "coded.jsonl")
    for day in ("2020-03-12", "2020-04-20"):
        from_files = detente("track", "coded.jsonl", "--as-of", day)[:2]
        assert detente("track", "--ledger", "n.sqlite", "--as-of", day)[:2] == from_files, (
            "the same answer as from files"
        )
    status, out, _ = detente("brief", "--ledger", "n.sqlite", "--theatre", "iraq-2020", "--as-of", "2020-04-20")
    assert status == 0 and out.startswith("Iraq News · As known 20 April 2020") and "\n# " in out
    _, shown, _ = detente("track", "--ledger", "n.sqlite", "--as-of", "2020-04-20", "--held", "2020-04-20")
    assert "state: unknown" in shown, "the ledger itself held nothing then"


def test_looking_after_it(reports, detente):
    detente("add", reports, "--ledger", "n.sqlite")
    assert detente("ledger", "check", "--ledger", "n.sqlite")[0] == 0
    assert detente("ledger", "erase", "r1", "--who", "Ada", "--why", "order 17", "--ledger", "n.sqlite")[0] == 0
    _, out, _ = detente("ledger", "decisions", "--ledger", "n.sqlite")
    assert re.search(r"UTC  Ada: erase Article r1 \(order 17\)", out)
    assert "6 entries" not in detente("ledger", "backup", "b.sqlite", "--ledger", "n.sqlite")[2]
    assert detente("ledger", "restore", "b.sqlite", "--ledger", "again.sqlite")[0] == 0
    with open_ledger("n.sqlite") as one, open_ledger("again.sqlite") as other:
        assert one.counts(as_of=None) == other.counts(as_of=None) and len(one.erased(as_of=None)) > 1
    _, out, _ = detente("ledger", "coverage", "--ledger", "n.sqlite", "--days", "7", "--as-of", "2020-04-15")
    assert re.search(r"^Example Wire {10}▪  1 report since 2020-04-15$", out, re.MULTILINE), (
        "of what was erased nothing is heard"
    )
    assert re.search(r"^Second Example  !{6}·  1 report since 2020-03-13$", out, re.MULTILINE), (
        "for a month nobody was heard: that is no calm"
    )
    assert detente("ledger", "gaps", "--ledger", "n.sqlite")[:2] == (0, "")
    assert detente("archive", "-o", "p.warc.gz", "--ledger", "n.sqlite")[0] == 0
    assert detente("archive", "p.warc.gz", "--ledger", "third.sqlite")[0] == 0


def test_what_is_wrong_is_said_in_one_line(reports, detente):
    for args, told in (
        (("track", "--ledger", "absent.sqlite"), "no such ledger"),
        (("track", reports, "--ledger", "absent.sqlite"), "not both"),
        (("brief", "--ledger", "absent.sqlite"), "name the --theatre"),
        (("watch", "absent.opml", "--once"), "absent.opml"),
        (("watch", "--once"), "no feed"),
        (("archive",), "give WARC files"),
        (("archive", "absent.warc"), "no such file"),
        (("ledger", "erase", "r9", "--who", "A", "--why", "b", "--ledger", "n.sqlite"), "no such ledger"),
    ):
        status, _, err = detente(*args)
        assert status == 2 and told in " ".join(err.split()) and "Traceback" not in err, args
