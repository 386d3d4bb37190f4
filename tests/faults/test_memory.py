"""Too little memory: the article that does not fit is set aside, or the run ends; what was written before stays."""

import re
import signal
import threading

import pytest

from detente.cli import main
from detente.console import progress
from detente.records import Article, Coded, Quarantined

RUN = """
import resource, sys
from detente.cli import main
from detente.pipeline import theatre_coder
from detente.records import Article
theatre_coder(None).code(Article("a", "The army struck the port on Monday."))
held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
most = held + int(sys.argv[1]) * 1024**2
resource.setrlimit(resource.RLIMIT_AS, (most, most))
main(["code", "in.jsonl", "-o", "out.jsonl"])
"""  # the libraries are loaded first: what they say for want of memory is theirs


class Greedy:
    """A parser that runs out of memory over one text, alone or in company."""

    def __init__(self, nlp):
        self.nlp = nlp

    def __getattr__(self, name):
        return getattr(self.nlp, name)

    def pipe(self, texts, **more):
        texts = list(texts)
        if any("zebra" in each for each in texts):
            raise MemoryError("no room for the parse")
        return self.nlp.pipe(texts, **more)


def test_one_article_that_does_not_fit_does_not_stop_the_others(coder, monkeypatch):
    monkeypatch.setattr(coder, "nlp", Greedy(coder.nlp))
    given = [Article(f"a{n}", "The army struck the port on Monday.") for n in range(5)]
    given.insert(2, Article("big", "A zebra stood at the port."))
    made = list(coder.code_many(given))
    assert [type(found) for _, found in made] == [Coded, Coded, Quarantined, Coded, Coded, Coded]
    assert made[2][1].reason == "could not be coded: MemoryError: no room for the parse"
    assert all(found.events for _, found in made if isinstance(found, Coded))


def test_a_text_longer_than_a_book_is_set_aside_and_the_others_are_coded(coder):
    """Ten million characters on one line can be read; coding them was not over after three minutes and 2.5 GB."""
    strike = "The army struck the port on Monday."
    made = list(
        coder.code_many([Article("a", strike), Article("long", strike + " word" * 2_000_000), Article("b", strike)])
    )
    assert [type(found) for _, found in made] == [Coded, Quarantined, Coded]
    assert made[1][1].reason == "longer than 500,000 characters: give it in parts"
    assert all(made[n][1].events for n in (0, 2))


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [0, 60])
def test_a_process_that_gets_too_little_leaves_what_stood_there_and_says_so_if_it_can(child, tmp_path, megabytes):
    line = '{"id": "%d", "text": "The army struck the port on Monday, killing two, the minister said. Report %d."}\n'
    big = '{"id": "big", "text": "%s"}\n' % ("The army struck the port on Monday. " * 12_000)
    (tmp_path / "in.jsonl").write_text("".join(line % (n, n) for n in range(100)) + big + line % (100, 100))
    (tmp_path / "out.jsonl").write_text("what stood here\n")
    process = child(RUN, megabytes)
    _, err = process.communicate()
    written = (tmp_path / "out.jsonl").read_text()
    assert "Traceback" not in err, err[-1500:]
    if process.returncode in (0, 4):
        assert written.startswith('{"detente"') and written.count('{"Article"') == 102
        return
    assert written == "what stood here\n", err[-1500:]
    # native libraries that check no allocation are ended by the system: no line, but nothing is lost either
    if process.returncode not in (-signal.SIGSEGV, -signal.SIGABRT):
        assert process.returncode == 3 and re.search("(out of|too little) memory", err), err[-1500:]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("can't start new thread"),
        SystemError("<built-in function f> returned NULL without exception set"),
    ],
)
def test_want_of_memory_is_one_line_however_python_says_it(error, capsys):
    def run(args):
        raise error

    with pytest.raises(SystemExit) as ended:
        main(["doctor"], run)
    assert ended.value.code == 3 and "out of memory" in capsys.readouterr().err


def test_a_fault_of_ours_keeps_its_traceback():
    def run(args):
        raise RuntimeError("no such state")

    with pytest.raises(RuntimeError, match="no such state"):
        main(["doctor"], run)


def test_a_bar_that_is_not_shown_starts_no_thread():
    """Each thread wants eight megabytes of address space."""
    before = threading.active_count()
    items = progress(range(3), "coding")
    assert next(items) == 0 and threading.active_count() == before and list(items) == [1, 2]


CLEARING = """
from detente.cli import main

class Stubborn:
    def __del__(self):
        raise MemoryError

def run(args):
    Stubborn()
    raise MemoryError

main(["doctor"], run)
"""


def test_what_is_cleared_up_without_memory_says_nothing_of_its_own(child):
    process = child(CLEARING)
    _, err = process.communicate()
    assert process.returncode == 3 and "Traceback" not in err and err.count("out of memory") == 1
