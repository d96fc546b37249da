"""Two contents as one: what is taken from each, what is chosen, what leaves a trace."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from tests.entries.acceptable import ACCEPTABLE

from stocktaking.entries.rules.merging import PERIOD, Take, undone, union
from stocktaking.entries.rules.parts import REGISTERED, parts_of
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import (
    EntryValues,
    IdentifierValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin

PLAIN = EntryValues("en", (TextValue("en", "Mast"),))


def values(**stated) -> EntryValues:
    return replace(PLAIN, **stated)


def names(found):
    return [choice.name for choice in found.choices]


def test_what_only_one_says_is_taken_from_it_and_lists_are_joined() -> None:
    ours = values(terms=(TermValue("line", "L1", Basis.OWNER),), website="https://a.org")
    theirs = values(
        texts=(TextValue("en", "Mast", "A mast."), TextValue("fr", "Mât", origin=Origin.HUMAN)),
        terms=(TermValue("line", "L2"), TermValue("line", "L1", Basis.IMPORT)),
        sections=(SectionValue("results", "fr", "Bons"),),
        identifiers=(IdentifierValue("list", "7"),),
        start="2019",
    )
    found = union(ours, theirs)
    assert found.choices == ()
    assert found.values.texts == (
        TextValue("en", "Mast", "A mast."),
        TextValue("fr", "Mât", origin=Origin.HUMAN),
    )
    assert found.values.terms == (TermValue("line", "L1", Basis.OWNER), TermValue("line", "L2"))
    assert (found.values.website, found.values.start) == ("https://a.org", "2019")
    assert found.values.identifiers == theirs.identifiers


def test_what_both_say_differently_is_chosen_and_ours_is_usual() -> None:
    ours = values(texts=(TextValue("en", "Mast", "Ours."),), licence="CC0-1.0")
    theirs = values(
        texts=(TextValue("en", "A mast", "Theirs.", Origin.MACHINE),), licence="MIT", source="dpg"
    )
    found = union(ours, theirs)
    assert names(found) == ["licence", "texts.en.title", "texts.en.summary"]
    assert found.values.texts == ours.texts
    chosen = {"texts.en.title": Take.THEIRS, "texts.en.summary": Take.BOTH, "licence": Take.THEIRS}
    found = union(ours, theirs, chosen=chosen)
    # who wrote it goes with the title
    assert found.values.texts == (TextValue("en", "A mast", "Ours.\n\nTheirs.", Origin.MACHINE),)
    assert (found.values.licence, found.values.source) == ("MIT", "dpg")


def test_both_is_offered_only_where_both_have_room_and_can_follow_each_other() -> None:
    long = SectionValue("results", "en", "x" * 30_000)
    found = union(
        values(sections=(long,)),
        values(sections=(replace(long, text="y" * 30_000),)),
        chosen={"sections.results.en.text": Take.BOTH},
    )
    [choice] = found.choices
    assert (choice.both, choice.take) == (False, Take.OURS)
    assert found.values.sections == (long,)


def test_dates_come_from_one_side_where_they_clash_or_turn_round() -> None:
    ours, theirs = values(start="2019", end=""), values(start="2012", end="2015-05")
    found = union(ours, theirs)
    assert names(found) == [PERIOD]
    assert (found.values.start, found.values.end) == ("2019", "")
    found = union(ours, theirs, chosen={PERIOD: Take.THEIRS})
    assert (found.values.start, found.values.end) == ("2012", "2015-05")
    # nothing contradicts, and yet the two together would end before they begin
    found = union(values(start="2019"), values(end="2015"))
    assert (names(found), found.values.start, found.values.end) == ([PERIOD], "2019", "")
    assert names(union(values(start="2019"), values(end="2020"))) == []


def test_organisation_and_website_that_give_way_leave_a_trace() -> None:
    ours = values(organisation=1, website="https://a.org", attribution="A")
    theirs = values(organisation=2, website="https://b.org", attribution="B")
    found = union(ours, theirs, owners={1: "One", 2: "Two"})
    assert found.values.organisation == 1
    assert found.values.partners == (PartnerValue("Two", organisation=2),)
    assert found.values.links == (LinkValue(LinkKind.WEBSITE, "https://b.org"),)
    assert found.values.attribution == "A; B"
    other = union(
        ours, theirs, owners={1: "One", 2: "Two"}, chosen={"organisation": Take.THEIRS}
    ).values
    assert (other.organisation, other.partners) == (2, (PartnerValue("One", organisation=1),))
    named = values(partners=(PartnerValue("Two Ltd", organisation=2),), organisation=1)
    assert union(named, theirs, owners={2: "Two"}).values.partners == named.partners


@pytest.mark.parametrize(
    ("ours", "theirs", "day"),
    [
        ((2019, False), (2012, False), 2012),
        ((2019, False), (2012, True), 2019),
        ((2019, True), (2020, False), 2020),
        ((2019, True), (None, False), 2019),
    ],
)
def test_earlier_day_of_registration_counts_unless_it_is_assumed(ours, theirs, day) -> None:
    first, second = (
        values(registered_on=dt.date(year, 1, 1) if year else None, registered_on_assumed=assumed)
        for year, assumed in (ours, theirs)
    )
    assert union(first, second).values.registered_on == dt.date(day, 1, 1)


def test_scheme_with_one_term_is_a_choice_and_a_note_too() -> None:
    ours = values(
        terms=(TermValue("status", "old"), TermValue("goal", "1", note="A", note_language="en"))
    )
    theirs = values(
        terms=(
            TermValue("status", "new"),
            TermValue("goal", "1", Basis.OWNER, "B", "en"),
        )
    )
    found = union(ours, theirs, single={"status"})
    assert names(found) == ["terms.status", "terms.goal.1"]
    assert found.values.terms[0] == TermValue("status", "old")
    chosen = {"terms.status": Take.THEIRS, "terms.goal.1": Take.THEIRS}
    found = union(ours, theirs, single={"status"}, chosen=chosen)
    assert set(found.values.terms) == set(theirs.terms)


@given(ACCEPTABLE, ACCEPTABLE)
def test_every_part_of_either_is_there_or_was_a_choice(ours, theirs) -> None:
    ours, theirs = tidy(ours), tidy(theirs)
    found = union(ours, theirs, owners=dict.fromkeys(range(100), "Name"))
    parts, chosen = parts_of(found.values), {choice.name for choice in found.choices}
    for side in (ours, theirs):
        for key, said in parts_of(side).items():
            at = PERIOD if key[0] in ("start", "end") and PERIOD in chosen else ".".join(key)
            if key[0] in ("registered_on", "original_language", "attribution", "terms"):
                continue
            if key[-1] == "origin" or key[0] in ("partners", "images", "identifiers", "extra"):
                assert key in parts
            elif parts.get(key) != said:
                assert at in chosen
    assert {(t.scheme, t.code) for side in (ours, theirs) for t in side.terms} == {
        (t.scheme, t.code) for t in found.values.terms
    }


@given(ACCEPTABLE, ACCEPTABLE)
def test_undoing_at_once_gives_back_what_was_there(ours, theirs) -> None:
    ours = tidy(ours)
    after = union(ours, tidy(theirs), owners=dict.fromkeys(range(100), "Name")).values
    left, before = parts_of(undone(ours, after, after)), parts_of(ours)
    assert {key: left[key] for key in left if key != REGISTERED} == {
        key: before[key] for key in before if key != REGISTERED
    }


def test_what_was_changed_since_stays_when_a_merge_is_undone() -> None:
    ours, theirs = (
        values(),
        values(website="https://b.org", start="2012", terms=(TermValue("a", "1"),)),
    )
    after = union(ours, theirs).values
    now = replace(after, start="2013", texts=(TextValue("en", "New"),))
    left = undone(ours, after, now)
    assert (left.website, left.start, left.original().title) == ("", "2013", "New")
    assert left.terms == ()
