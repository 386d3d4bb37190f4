"""Every record goes to JSONL and Parquet and comes back the same; damage is named by file, line and field."""

import dataclasses
import json
import types
import typing
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.files import KINDS, read_any, read_records, write_bundle, write_records
from detente.records import Article, Event, FileFormatError, Gap, InputError, Page, Span

TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=12)
LEAVES = {
    str: TEXT,
    int: st.integers(-(2**40), 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    bytes: st.binary(max_size=12),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    dict: st.dictionaries(TEXT, st.one_of(st.none(), st.integers(-9, 9), TEXT), max_size=2),
}


def values(hint):
    """A hypothesis strategy for any field type the records use."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.none() | values(next(a for a in args if a is not type(None)))
    if origin is tuple:
        return st.lists(values(args[0]), max_size=2).map(tuple)
    if origin is typing.Literal:
        return st.sampled_from(args)
    if dataclasses.is_dataclass(hint):
        return records(hint)
    return LEAVES[hint]


def records(kind):
    return st.builds(kind, **{name: values(hint) for name, hint in typing.get_type_hints(kind).items()})


@pytest.mark.parametrize("ending", ["jsonl", "parquet"])
@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_record_round_trips(name, ending, tmp_path_factory):
    kind = KINDS[name]

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(records(kind), max_size=3))
    def round_trip(items):
        path = tmp_path_factory.mktemp("files") / f"x.{ending}"
        assert write_records(path, kind, items) == len(items)
        assert list(read_records(path, kind)) == items

    round_trip()


def gap_file(tmp_path, *lines):
    path = tmp_path / "gaps.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


HEADER = '{"detente": {"kind": "Gap", "schema": 1}}'
GOOD = '{"source": "wire", "start": "2020-01-01", "end": "2020-01-03", "reason": "feed silent"}'


@pytest.mark.parametrize(
    ("lines", "line", "field", "says"),
    [
        ([GOOD], 1, "detente", "header"),
        (['{"detente": {"kind": "Gap", "schema": 99}}', GOOD], 1, "schema", "newer"),
        (['{"detente": {"kind": "Event", "schema": 1}}'], 1, "kind", "holds Event"),
        ([HEADER, GOOD, GOOD[:-9]], 3, None, "damaged"),
        ([HEADER, GOOD.replace("2020-01-03", "yesterday")], 2, "end", "not a date"),
        ([HEADER, GOOD.replace('"wire"', "7")], 2, "source", "expected str"),
        ([HEADER, GOOD.replace("reason", "raison")], 2, "raison", "not a field"),
        ([HEADER, '{"source": "wire"}'], 2, "start", "missing"),
    ],
)
def test_damage_is_named(tmp_path, lines, line, field, says):
    path = gap_file(tmp_path, *lines)
    with pytest.raises(FileFormatError) as caught:
        list(read_records(path, Gap))
    assert (caught.value.path, caught.value.line, caught.value.field) == (str(path), line, field)
    assert says in str(caught.value)


def test_good_records_before_the_damage_are_still_read(tmp_path):
    reader = read_records(gap_file(tmp_path, HEADER, GOOD, "{"), Gap)
    assert next(reader).source == "wire"


def test_a_field_deep_inside_is_named(tmp_path):
    span = Span("a", 0, 1, "x")
    path = tmp_path / "events.jsonl"
    write_records(path, Event, [Event("e", "a", "ASSAULT", "ASSAULT", "happened", span, span)])
    path.write_text(path.read_text().replace('"start":0', '"start":"zero"', 1))
    with pytest.raises(FileFormatError, match=r"line 2, field 'trigger\.start'"):
        list(read_records(path, Event))


def test_truncated_parquet_is_a_clear_error(tmp_path):
    path = tmp_path / "gaps.parquet"
    write_records(path, Gap, [Gap("wire", date(2020, 1, 1), date(2020, 1, 2), "silent")] * 50)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(FileFormatError, match="damaged Parquet"):
        list(read_records(path, Gap))


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "gaps.jsonl"
    good = Gap("wire", date(2020, 1, 1), date(2020, 1, 2), "silent")
    write_records(path, Gap, [good])

    def breaks():
        yield good
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        write_records(path, Gap, breaks())
    assert list(read_records(path, Gap)) == [good]
    assert [p.name for p in tmp_path.iterdir()] == ["gaps.jsonl"]


def test_unknown_ending_and_missing_file(tmp_path):
    with pytest.raises(InputError, match=r"\.jsonl or \.parquet"):
        write_records(tmp_path / "x.csv", Gap, [])
    with pytest.raises(InputError, match="no such file"):
        list(read_records(tmp_path / "none.jsonl", Gap))


def test_lone_surrogates_survive_jsonl_and_are_refused_by_parquet(tmp_path):
    article = Article("a", "broken \ud800 text")
    write_records(tmp_path / "a.jsonl", Article, [article])
    assert list(read_records(tmp_path / "a.jsonl", Article)) == [article]
    with pytest.raises(InputError, match="lone surrogate"):
        write_records(tmp_path / "a.parquet", Article, [article])


def test_header_is_one_readable_line(tmp_path):
    page = Page("p-1", b"\x00\xff", "text/html", "00")
    write_records(tmp_path / "p.jsonl", Page, [page])
    assert json.loads((tmp_path / "p.jsonl").read_text().splitlines()[0]) == {"detente": {"kind": "Page", "schema": 1}}


def test_packed_records_are_read_and_a_packed_file_that_was_cut_is_named(tmp_path):
    import gzip

    gaps = [Gap(f"wire {n * n}", date(2031, 1, 1), date(2031, 1, 2), "silent") for n in range(300)]
    write_records(tmp_path / "x.jsonl", Gap, gaps)
    packed = tmp_path / "x.jsonl.gz"
    packed.write_bytes(gzip.compress((tmp_path / "x.jsonl").read_bytes()))
    assert list(read_records(packed, Gap)) == list(read_any(packed)) == gaps
    packed.write_bytes(packed.read_bytes()[:-400])
    with pytest.raises(FileFormatError, match=r"x.jsonl.gz: damaged: Compressed file ended"):
        list(read_any(packed))


def test_what_is_said_again_and_again_is_in_memory_once(tmp_path):
    path = tmp_path / "two.jsonl"
    span = Span("report-1", 0, 12, "They struck.")
    told = [
        Event(f"e{n}", "report-1", "ASSAULT", "ASSAULT", "happened", span, span, reported=date(2031, 3, 4), outlet="Wire 7")
        for n in range(2)
    ]  # fmt: skip
    write_bundle(path, told)
    one, other = read_any(path)
    assert [one, other] == told
    assert one.article is other.article is one.evidence.article
    assert one.evidence.quote is other.trigger.quote and one.reported is other.reported and one.type is other.act
