"""Paths: what is written comes back, and finds what it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.kernel.reading.paths import Having, Key, Path, Place, written

NAMES = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["@code", "No.", "a.b", "a@b", '"', '""', "[1]", "x=y", " ", "@", "@@", "e-mail @ office"]
)
KEYS = st.builds(Key, NAMES)
STEPS = st.one_of(
    KEYS,
    st.builds(Having, NAMES, st.text(max_size=8)),
    st.builds(Place, st.integers(1, 10**8)),
)
PATHS = st.builds(lambda first, rest: Path((first, *rest)), KEYS, st.lists(STEPS, max_size=5))

ACTIVITY = {
    "title": [{"narrative": ["Water", {"@lang": "fr", "#text": "Eau"}]}],
    "organisations": [
        {"name": "Sida", "role": "reporting", "parts": [{"name": "A"}, {"name": "B"}]},
        {"name": "UNDP", "role": "lead partner", "active": True},
        {"name": "Nobody", "role": None},
    ],
    "recipient-country": [{"@code": "NG", "@percentage": "60"}, {"@code": "KE"}],
    "sdgs": [3, 4],
    "nothing": None,
    "deep": [[["a"], "b"], []],
}


@given(PATHS)
def test_a_path_that_is_written_is_read_again(path):
    assert Path.parse(str(path)) == path


@given(st.text(max_size=30) | st.text(alphabet='ab.@[]="1 ', max_size=14))
def test_any_text_is_a_path_or_refused(text):
    try:
        path = Path.parse(text)
    except ValueError:
        return
    assert Path.parse(str(path)) == path


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_paths_written_key_by_key_lead_to_the_value(names):
    data = "here"
    for name in reversed(names):
        data = {name: [data]}
    text = ""
    for name in names:
        text = written(text, name)
    assert Path.parse(text).items(data) == ["here"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("title.narrative", ["Water", "Eau"]),
        ("title.narrative[@lang=fr]", ["Eau"]),
        ("title.narrative[@lang=]", []),
        ("title.narrative[1]", ["Water"]),
        ("title.narrative[3]", []),
        ("organisations[role=reporting].name", ["Sida"]),
        ("organisations[role = lead partner].name", ["UNDP"]),
        ('organisations["role"="lead partner"].name', ["UNDP"]),
        ("organisations[role=].name", ["Nobody"]),
        ("organisations[active=true].name", ["UNDP"]),
        ("organisations[2].name", ["UNDP"]),
        ("organisations.parts.name", ["A", "B"]),
        ("organisations[role=reporting].parts[2].name", ["B"]),
        ("recipient-country@code", ["NG", "KE"]),
        ("recipient-country.@code", []),
        ("recipient-country[@percentage=60]@code", ["NG"]),
        ("sdgs", [3, 4]),
        ("nothing", []),
        ("missing.too", []),
        ("deep", ["a", "b"]),
        ("organisations", []),
    ],
)
def test_values_of_nested_records(text, values):
    assert Path.parse(text).values(ACTIVITY) == values


def test_items_are_objects_for_relative_paths():
    bodies = Path.parse("organisations[role=reporting]").items(ACTIVITY)
    assert [Path.parse("name").values(body) for body in bodies] == [["Sida"]]


@pytest.mark.parametrize(
    "head",
    ["No.", "Tel. (office)", "Budget [USD]", "Is it e.g. free?", "a..b", "x@y", '5" pipe', "a[1]"],
)
def test_a_column_of_a_table_needs_no_quotes(head):
    assert Path.parse(head).values({head: "here", "a": "there"}) == ["here"]


@pytest.mark.parametrize("text", ["", " ", '"open', "a[b=c", "a[0]", '"a"b', "[1]", "[a=b].c"])
def test_what_is_left_open_is_refused(text):
    with pytest.raises(ValueError, match="path"):
        Path.parse(text)


def test_an_empty_filter_keeps_what_has_no_such_value():
    data = {"narrative": [{"#text": "Water"}, {"@lang": "fr", "#text": "Eau"}]}
    assert Path.parse("narrative[@lang=]").values(data) == ["Water"]
