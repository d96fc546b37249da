"""JSON: lines, arrays and objects one after another; what is odd is refused or told."""

import gzip
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.kernel.reading.files import codes

from stocktaking.kernel.reading import Note
from stocktaking.kernel.reading.limits import RECORD_MAX

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=10)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
RECORDS = st.lists(st.dictionaries(TEXT, VALUES, min_size=1, max_size=4), min_size=1, max_size=6)
FORMS = {
    "lines": lambda records: "\n".join(map(json.dumps, records)),
    "letters": lambda records: "\r\n".join(json.dumps(r, ensure_ascii=False) for r in records),
    "array": json.dumps,
    "lines of an array": lambda records: json.dumps(records, indent=1, ensure_ascii=False),
    "objects": lambda records: "\n".join(json.dumps(record, indent=2) for record in records),
    "old line ends": lambda records: "\r".join(map(json.dumps, records)) + "\r",
}


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS, st.sampled_from(list(FORMS)), st.booleans())
@example([{'"': None}, {"": None}], "old line ends", False)
def test_what_was_written_is_read(folder, written, form, packed):
    content = FORMS[form](written).encode()
    read = folder.records(gzip.compress(content) if packed else content, kind="jsonl")
    for record, data in zip(read, written, strict=True):
        if not record.notes:
            assert record.data == data
        assert not record.faults


def test_a_place_is_a_line_or_the_number_in_an_array(folder):
    assert [r.place for r in folder.records('{"a":1}\n\n{"a":2}\n')] == [1, 3]
    assert [r.place for r in folder.records('[{"a":1},\n\n{"a":2}]')] == [1, 2]


def test_columns_are_paths_of_what_is_not_nested(folder):
    head = folder.look('{"id":1,"o":[{"n":"x","r":null}],"e":[],"a.b":true}\n{"o":[],"z":2}\n')
    assert head.columns == ("id", "o.n", "o.r", "e", '"a.b"', "z")
    assert head.samples["o.n"] == ("x",)
    assert head.samples['"a.b"'] == ("true",)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"a":NaN}', "number_not_finite"),
        ('{"a":-Infinity}', "number_not_finite"),
        ('{"a":1e999}', "number_not_finite"),
        ('{"a":' + "9" * 5000 + "}", "number_too_long"),
        ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", "json_too_deep"),
        ('{"a":' + "[" * 70 + "]" * 70 + "}", "json_too_deep"),
        ('{"a":1', "json_broken"),
        ('{"a":1} x', "json_broken"),
        ("{'a':1}", "json_broken"),
        ("[1,2]", "record_not_object"),
        ("null", "record_not_object"),
        ('"text"', "record_not_object"),
        ('{"a":"\\ud800"}', "letters_unreadable"),
    ],
)
def test_a_line_at_fault_is_alone_at_fault(folder, line, fault):
    found = folder.records(f'{{"a":1}}\n{line}\n{{"a":2}}\n')
    assert [codes(r.faults) for r in found] == [[], [fault], []]
    assert [r.place for r in found] == [1, 2, 3]


def test_the_first_line_may_be_the_broken_one(folder):
    found = folder.records('{"a":1,}\n{"a":2}\n{"a":3}\n')
    assert [codes(r.faults) for r in found] == [["json_broken"], [], []]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ('[{"a":1},{"a":2}', [[], ["json_broken"]]),
        ('[{"a":1},{"a":', [[], ["json_broken"]]),
        ('[{"a":1},,{"a":2}]', [[], ["json_broken"], []]),
        ('[{"a":1}] more', [[], ["json_broken"]]),
        ('[{"a":1},3,[{}]]', [[], ["record_not_object"], ["record_not_object"]]),
        ('{\n"a":1}\n{\n"a":', [[], ["json_broken"]]),
        ('[{"a":"]}, {"},{"b":"\\\\"}]', [[], []]),
        ("[]", []),
        ('[{"a":1},]', [[]]),
    ],
)
def test_arrays_and_objects_that_are_cut_off_or_odd(folder, content, faults):
    assert [codes(r.faults) for r in folder.records(content)] == faults


def test_a_second_value_under_one_name_is_kept_and_told(folder):
    [record] = folder.records('{"a":1,"b":{"c":1,"c":2},"a":3,"a (2)":4}\n')
    assert record.data == {"a": 1, "b": {"c": 1, "c (2)": 2}, "a (3)": 3, "a (2)": 4}
    assert record.notes == (
        Note("key_repeated", "c (2)", {"name": "c"}),
        Note("key_repeated", "a (3)", {"name": "a"}),
    )


def test_control_characters_are_left_out_and_told(folder):
    [record] = folder.records('{"a":"x\\u0000y","b":["\x01z\\b"]}\n')
    assert record.data == {"a": "xy", "b": ["z"]}
    assert record.notes == (
        Note("controls_removed", "a", {"count": 1}),
        Note("controls_removed", "b", {"count": 2}),
    )


def test_letters_that_stand_for_others_in_csv_are_nothing_here(folder):
    [record] = folder.records('{"a":"x\\ufdd0y","b":"z\\udc0d"}\n')
    assert record.data == {"a": "xy", "b": "z\ufffd"}
    assert codes(record.notes) == ["controls_removed"]
    assert [(one.code, one.column) for one in record.faults] == [("letters_unreadable", "b")]


def test_names_that_differ_in_what_cannot_be_seen_stay_apart(folder):
    [record] = folder.records('{"a\\u0000":1,"a":2,"a (2)":3}\n')
    assert record.data == {"a": 1, "a (3)": 2, "a (2)": 3}
    assert codes(record.notes) == ["controls_removed", "key_repeated"]


def test_a_line_without_end_is_at_fault_and_left_out(folder):
    long = '{"a":"' + "x" * (RECORD_MAX + 10) + '"}'
    found = folder.records(f'{{"a":1}}\n{long}\n{{"a":2}}')
    assert [codes(r.faults) for r in found] == [[], ["line_too_long"], []]
    found = folder.records(f'[{{"a":1}},{long},{{"a":2}}]')
    assert [codes(r.faults) for r in found] == [[], ["line_too_long"], []]


def test_a_long_text_is_at_fault(folder):
    [record] = folder.records(json.dumps({"a": {"b": "x" * 1_100_000}}))
    assert record.faults == (
        Note("cell_too_long", "a.b", {"letters": 1_100_000, "most": 1024 * 1024}),
    )


def test_an_array_in_two_encodings(folder):
    content = b'[{"a":"' + "é".encode() + b'"},{"a":"' + "é".encode("cp1252") + b'"}]'
    found = folder.records(content)
    assert [r.data["a"] for r in found] == ["é", "é"]
    assert [codes(r.notes) for r in found] == [[], ["encoding_fallback"]]


def test_values_that_say_nothing(folder):
    assert folder.data('{"a":"N/A","b":["n/a ","x"]}', empty=("n/a",)) == [
        {"a": "", "b": ["", "x"]}
    ]
