"""Reading and writing the parameters of an address."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from stocktaking.search.rules import parameters
from stocktaking.search.rules.parameters import Asked, Reason, parse
from stocktaking.search.rules.values import Query

VOCABULARY: dict[str, parameters.Resolve] = {
    "line": {"a1": "A1", "A1": "A1", "A2": "A2", "A3": "A3"}.get,
    "goal": {"1": "1", "2": "2", "17": "17"}.get,
    "country": {"KE": "KE", "FR": "FR", "ke": "KE"}.get,
}
ordinals = st.dates().map(dt.date.toordinal)
values = st.fixed_dictionaries(
    {},
    optional={
        "line": st.sets(st.sampled_from(["A1", "A2", "A3"]), min_size=1),
        "country": st.sets(st.sampled_from(["KE", "FR"]), min_size=1),
    },
)
texts = st.text(max_size=600).map(lambda text: parameters.tidy(text)[: parameters.TEXT_MAX].strip())
names = st.sampled_from([*parameters.SINGLE, *VOCABULARY, "utm", "", "page ", "Q"]) | st.text()
anything = st.lists(st.tuples(names, st.text() | st.sampled_from(["A1", "2019", "1", "list"])))


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    def span(kind: st.SearchStrategy[int]) -> tuple[int | None, int | None]:
        first, last = draw(st.none() | kind), draw(st.none() | kind)
        both = first is not None and last is not None
        return (min(first, last), max(first, last)) if both else (first, last)  # type: ignore[type-var]

    years, days, said = span(st.integers(1, 9999)), span(ordinals), span(ordinals)
    text = draw(texts)
    sorts = [s for s in parameters.SORTS if text or s != "relevance"]
    query = Query(
        text=text,
        filters={name: tuple(sorted(chosen)) for name, chosen in draw(values).items()},
        year_from=years[0],
        year_to=years[1],
        registered_from=days[0],
        registered_to=days[1],
        confirmed_from=said[0],
        confirmed_to=said[1],
        sort=draw(st.sampled_from(sorts)),
        page=draw(st.integers(1, parameters.PAGE_MAX)),
    )
    return Asked(query, draw(st.sampled_from(parameters.VIEWS)))


def read(query: str | Iterable[tuple[str, str]]) -> Asked:
    return parse(parse_qsl(query) if isinstance(query, str) else query, VOCABULARY)


@given(questions())
def test_parse_returns_what_was_written(asked: Asked) -> None:
    assert parse(asked.pairs(), VOCABULARY) == asked
    assert read(asked.address().removeprefix("?")) == asked
    assert not parse(asked.pairs(), VOCABULARY).ignored


@given(anything)
def test_parse_takes_anything_and_settles_at_once(pairs: list[tuple[str, str]]) -> None:
    asked = parse(pairs, VOCABULARY)
    assert parse(asked.pairs(), VOCABULARY) == asked
    assert asked.pairs() == sorted(set(asked.pairs()))
    assert len(asked.ignored) <= parameters.IGNORED_MAX
    assert len(asked.query.text) <= parameters.TEXT_MAX


@given(st.binary(max_size=300))
def test_parse_survives_broken_encodings(raw: bytes) -> None:
    given_ = QueryDict(raw + b"&q=" + raw)
    pairs = [(name, value) for name, found in given_.lists() for value in found]
    asked = parse(pairs, VOCABULARY)
    asked.address().encode("ascii")
    assert "\x00" not in asked.query.text


@given(questions())
def test_a_changed_question_is_still_canonical(asked: Asked) -> None:
    changed = [
        asked.cleared(),
        asked.on_page(3),
        asked.in_view("table"),
        asked.saying(""),
        asked.saying("water"),
        asked.sorted_by("title"),
        asked.with_value("goal", "17"),
    ]
    changed += [asked.without(name, value) for name, value in asked.choices]
    for one in changed:
        assert parse(one.pairs(), VOCABULARY) == one


@given(questions())
def test_without_removes_exactly_one_choice(asked: Asked) -> None:
    for choice in asked.choices:
        left = asked.without(*choice)
        assert left.choices == [other for other in asked.choices if other != choice]
        assert left.query.page == 1


def test_parse_sorts_and_deduplicates() -> None:
    asked = read("line=A2&goal=2&line=a1&line=A2&q=+well++water+&goal=1")
    assert asked.address("/x/") == "/x/?goal=1&goal=2&line=A1&line=A2&q=well+water"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("colour=blue", Reason.UNKNOWN_PARAMETER),
        ("line=Z9", Reason.UNKNOWN_TERM),
        ("year-from=soon", Reason.BAD_YEAR),
        ("year-from=0000", Reason.BAD_YEAR),
        ("year-to=99999", Reason.BAD_YEAR),
        ("registered-from=2019-02-30", Reason.BAD_DATE),
        ("registered-to=9999-12", Reason.BAD_DATE),
        ("confirmed-to=soon", Reason.BAD_DATE),
        ("page=-1", Reason.BAD_PAGE),
        ("page=0", Reason.BAD_PAGE),
        ("page=abc", Reason.BAD_PAGE),
        ("page=1.5", Reason.BAD_PAGE),
        ("sort=luck", Reason.BAD_CHOICE),
        ("view=globe", Reason.BAD_CHOICE),
        ("q=" + "a" * 10_000, Reason.TOO_LONG),
        ("year-from=2001&year-from=2002", Reason.REPEATED),
    ],
)
def test_parse_says_what_it_ignored(query: str, reason: Reason) -> None:
    asked = read(query)
    assert [one.reason for one in asked.ignored] == [reason]
    assert asked.ignored[0].name == query.split("=")[0]
    assert len(asked.ignored[0].value) <= parameters.SHOWN_MAX


def test_parse_keeps_the_beginning_of_too_many_words() -> None:
    assert read("q=" + "a" * 10_000).query.text == "a" * parameters.TEXT_MAX


def test_empty_fields_of_the_form_are_not_reported() -> None:
    assert read([("q", ""), ("year-from", " "), ("line", "\x00")]) == Asked()
    assert not read([("q", ""), ("nothing", "")]).ignored


def test_a_span_written_backwards_is_read_forwards() -> None:
    assert read("year-from=2020&year-to=2010").address() == "?year-from=2010&year-to=2020"
    for name in ("registered", "confirmed"):
        turned = read(f"{name}-from=2020&{name}-to=2010-05")
        assert turned.address() == f"?{name}-from=2010-05&{name}-to=2020"


def test_days_are_written_as_short_as_they_mean_the_same() -> None:
    asked = read("registered-from=2019-05-01&registered-to=2019-12-31")
    assert asked.address() == "?registered-from=2019-05&registered-to=2019"
    assert asked.query.registered_from == dt.date(2019, 5, 1).toordinal()
    assert asked.query.registered_to == dt.date(2019, 12, 31).toordinal()


def test_relevance_needs_words() -> None:
    assert read("sort=relevance").query.sort == "newest"
    assert read("sort=relevance&q=water").query.sort == "relevance"
    assert read("q=water").saying("").query.sort == "newest"
    assert read("q=water&sort=oldest").saying("").query.sort == "oldest"


def test_canonical_forgets_the_view() -> None:
    asked = read("view=table&line=A1")
    assert asked.address("/x/") == "/x/?line=A1&view=table"
    assert asked.canonical("/x/") == "/x/?line=A1"
    assert Asked().canonical("/x/") == "/x/"


def test_indexable_up_to_two_choices_and_never_with_words() -> None:
    assert read("line=A1&goal=1").indexable
    assert not read("line=A1&goal=1&goal=2").indexable
    assert not read("line=A1&year-from=2001&year-to=2002").indexable
    assert not read("q=water").indexable


def test_too_many_values_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameters, "VALUES_MAX", 2)
    asked = read("line=A1&line=A2&line=A3")
    assert asked.query.filters == {"line": ("A1", "A2")}
    assert [one.reason for one in asked.ignored] == [Reason.TOO_MANY]


def test_a_page_too_large_to_exist_is_kept_to_be_refused() -> None:
    assert read("page=99999999999999999999").query.page == parameters.PAGE_MAX
    assert read("page=" + "٣").query.page == 3


def test_ignored_does_not_change_the_question() -> None:
    asked = read("line=A1&colour=blue")
    assert asked == replace(read("line=A1"), ignored=())
