"""The codebook: its files load, its own examples hold together, and mistakes are named."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.contexts import contexts_of
from detente.records import MODALITIES, TYPES, ConfigError
from detente.reference import codebook
from detente.reference.codebook.check import check, report
from detente.reference.codebook.contexts import contexts, wanting
from detente.reference.codebook.page import codebook_page
from detente.reference.codebook.read import GENRES, REGIONS, load, parse_marks
from detente.reference.codebook.variety import Vectors, is_nominal, is_passive, variety

FOLDER = Path(codebook.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "codebook.md"
EXAMPLE = '\n[[example]]\ntext = "[Rebels|A] [shelled|T] [a fort|R]."\ngenre = "wire"\nregion = "global"\n'


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    target = tmp_path / "codebook"
    shutil.copytree(FOLDER, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return target


def problems_of(book) -> list[str]:
    return [f"{p.where}: {p.what}" for p in check(book) if p.level == "error"]


def test_no_error_in_the_shipped_codebook():
    assert problems_of(load()) == []


def test_every_type_has_an_entry_and_a_section():
    book = load()
    page = codebook_page(book)
    assert tuple(book.types) == TYPES
    for name in TYPES:
        assert book.types[name].definition and book.types[name].frames
        assert f"\n## {name}\n" in page


def test_the_committed_page_is_the_generated_one():
    assert PAGE.read_text(encoding="utf-8") == codebook_page(load())


def test_the_page_lists_contexts_and_embedding_words_and_says_how_it_is_made():
    page = codebook_page(load())
    assert "python -m detente.reference.codebook.page > docs/reference/codebook.md" in page.split("\n## ")[0]
    assert (
        "\n### peacekeeping\n" in page
        and "**blue helmet**" in page
        and "`threatened` (the deed is threatened): threaten" in page
    )


def test_every_context_has_its_examples_from_many_regions_and_genres_and_most_are_recognised():
    book = load()
    own = [(c.name, p) for c in book.contexts.values() for p in c.paragraphs]
    for name in book.contexts:
        assert (
            len({p.region for of, p in own if of == name}) >= 6 and len({p.genre for of, p in own if of == name}) >= 4
        )
    found = [name in contexts_of(p.text, book) for name, p in own if p.positive]
    taken = [name in contexts_of(p.text, book) for name, p in own if not p.positive]
    assert sum(found) >= 0.95 * len(found) and sum(taken) <= 0.25 * len(taken)


def test_a_context_without_examples_or_with_a_broken_one_is_told():
    thin = {"fish": {"definition": "Fish.", "terms": ["cod"], "examples": ["oceania, wire: Cod was landed."]}}
    known = contexts(thin, "contexts.toml", GENRES, REGIONS)
    assert [what for _, what in wanting(known.values())] == [
        "1 examples, fewer than 8", "0 near misses, fewer than 3", "does not say what it is not",
    ]  # fmt: skip
    thin["fish"]["examples"] = ["atlantis, wire: Cod was landed."]
    with pytest.raises(ConfigError, match="fish, examples 1: expected 'region, genre: text'"):
        contexts(thin, "contexts.toml", GENRES, REGIONS)


def test_a_word_inside_another_is_no_second_sign_of_a_context_and_a_sure_word_is_two():
    assert "gender" not in contexts_of("The women's downhill was put off.", load())
    assert "lgbt" in contexts_of("A bill on transgender pupils was put off.", load())


def test_examples_are_varied():
    for row in variety(load()):
        assert len(row.regions) >= 12 and len(row.genres) >= 5 and len(row.modalities) >= 5, row
    assert {m for row in variety(load()) for m in row.modalities} == set(MODALITIES)


def test_a_report_says_how_alike_examples_are_and_how_they_are_built():
    rows = {row.type: row for row in variety(load())}
    assert max(row.nearest for row in rows.values()) < 0.2 and max(row.closest for row in rows.values()) < 0.6
    assert min(row.triggers / row.examples for row in rows.values()) > 0.5
    assert all(share > 0 for row in rows.values() for name, share in row.syntax.items() if name != "question")
    assert [line.split()[0] for line in report(load())[1:-1]] == list(rows)


def test_swapped_names_in_one_template_are_alike_and_other_words_are_not():
    texts = ["Rebels shelled the old fort near Kandara at dawn.", "Pirates shelled the old fort near Morvana at dawn.",
             "Talks on fishing ended without a word."]  # fmt: skip
    vectors = Vectors([*texts, *(f"Filler {n} of another kind." for n in range(20))])
    likeness = {(i, j): cosine for i, j, cosine in vectors.pairs(texts)}
    assert likeness[0, 1] > 0.4 and (0, 2) not in likeness


def test_a_longer_trigger_is_tried_before_a_shorter_one():
    book = load()
    for index in (book.verbs_by_head, book.nouns_by_head):
        for frames in index.values():
            lengths = [len(frame.lemmas[0].split()) for frame in frames]
            assert lengths == sorted(lengths, reverse=True)


def test_slips_of_the_lemmatiser_lead_to_the_same_frames():
    book = load()
    assert {f.source for f in book.verbs_by_head["rape"]} <= {f.source for f in book.verbs_by_head["rap"]}


@pytest.mark.parametrize(
    ("file", "change", "named"),
    [
        ("types/AID.toml", "\n[[frame]]\nverbs = ['give']\nwho = ['donor']\n", "AID.toml frame 1: unknown key 'who'"),
        ("types/AID.toml", "\n[[frame]]\nverbs = []\n", "AID.toml frame 1: needs exactly one"),
        (
            "types/AID.toml",
            "\n[[frame]]\nverbs = ['give']\nwith = ['@gold']\n",
            "AID.toml frame 1: unknown class @gold",
        ),
        ("types/AID.toml", "\n[[frame]]\nverbs = ['give']\nmodes = ['odd']\n", "AID.toml frame 1: unknown mode 'odd'"),
        ("types/AID.toml", "\n[[frame]]\nverbs = ['give']\nneeds = 'luck'\n", "AID.toml frame 1: 'needs'"),
        ("types/AID.toml", EXAMPLE.replace("[shelled|T]", "shelled"), "AID.toml example 1: no trigger"),
        ("types/AID.toml", EXAMPLE.replace("wire", "gossip"), "AID.toml example 1: 'genre' cannot be 'gossip'"),
        ("types/AID.toml", EXAMPLE.replace("|R]", "|R"), "AID.toml example 1: text is empty or its marks are broken"),
        ("types/AID.toml", "\n[[frame]\n", "AID.toml"),
    ],
)
def test_a_mistake_is_named_with_file_and_place(copy: Path, file: str, change: str, named: str):
    (copy / file).write_text('type = "AID"\n' + change, encoding="utf-8")
    with pytest.raises(ConfigError, match=re.escape(named)):
        load(copy)


def test_a_class_that_is_not_there_is_named(copy: Path):
    with (copy / "classes.toml").open("a", encoding="utf-8") as file:
        file.write('\nodd = ["@nowhere"]\n')
    with pytest.raises(ConfigError, match=r"classes.toml, odd: unknown class @nowhere"):
        load(copy)


def test_too_few_examples_copies_and_missing_types_are_errors():
    book = load()
    entry = book.types["AID"]
    first = next(e for e in entry.examples if e.positive)
    thin = replace(book, types={"AID": replace(entry, examples=(first, first))})
    found = problems_of(thin)
    assert "AID: 2 examples, fewer than 150" in found and "AID: 0 near misses, fewer than 50" in found
    assert "AID example 1: nearly the same sentence as AID example 2 (100% alike)" in found
    assert "ASSAULT: the type has no file" in found


def test_a_trigger_foreign_to_its_type_and_padded_marks_are_found():
    book = load()
    entry = book.types["AID"]
    good = next(e for e in entry.examples if e.positive)
    odd = replace(good, text="Crows sang .", trigger="sang", marks=(("T", 6, 10), ("A", 0, 6), ("R", 9, 11)))
    found = [f"{p.level} {p.what}" for p in check(replace(book, types={"AID": replace(entry, examples=(odd,))}))]
    assert "warning 'sang' is no trigger of AID" in found
    assert "error mark A at 0 is empty or padded: 'Crows '" in found and "error marks overlap" in found


def test_two_types_claiming_a_word_on_the_same_terms_is_a_warning():
    book = load()
    aid, assault = book.types["AID"], book.types["ASSAULT"]
    frame = next(f for f in aid.frames if f.pos == "verb")
    both = {"AID": aid, "ASSAULT": replace(assault, frames=(replace(frame, type="ASSAULT"),))}
    found = [p.where for p in check(replace(book, types=both)) if "AID and ASSAULT" in p.what]
    assert f"verb '{frame.lemmas[0]}'" in found


@pytest.mark.parametrize(
    ("marked", "passive", "nominal"),
    [
        ("The depot was [bombed|T] by jets.", True, False),
        ("Jets [bombed|T] the depot.", False, False),
        ("The [bombing|T] of the depot went on.", False, True),
        ("[Shelling|T] of the depot went on.", False, True),
    ],
)
def test_passive_and_nominal_triggers(marked: str, passive: bool, nominal: bool):
    text, marks = parse_marks(marked)
    example = replace(load().types["ASSAULT"].examples[0], text=text, marks=marks)
    assert (is_passive(example), is_nominal(example)) == (passive, nominal)


PLAIN = st.text(st.characters(exclude_characters="[]|", exclude_categories=["Cs"]), max_size=12)
PIECES = st.lists(st.tuples(PLAIN, st.sampled_from("ART"), PLAIN.filter(bool)), max_size=5)


@given(PIECES, PLAIN)
def test_marks_are_taken_out_and_point_at_their_words(pieces, tail: str):
    marked = "".join(f"{before}[{span}|{role}]" for before, role, span in pieces) + tail
    text, marks = parse_marks(marked)
    assert text == "".join(before + span for before, _, span in pieces) + tail
    assert [(role, text[start:end]) for role, start, end in marks] == [(role, span) for _, role, span in pieces]
