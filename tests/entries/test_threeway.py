"""Merging what a source states with what the entry says, by what the source said last time."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.entries.strategies import VALUES
from tests.factories.entries import values

from stocktaking.entries.rules.parts import LANGUAGE, REGISTERED, parts_of, values_from
from stocktaking.entries.rules.threeway import (
    HELD,
    Conflict,
    as_said,
    covered,
    merge,
    told_instead,
)
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import (
    IdentifierValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

SINGLE = {"status"}
PARTS = VALUES.map(tidy).map(parts_of)
CONFLICTS = st.sampled_from(Conflict)


def part(values_):
    return parts_of(values_, single=SINGLE)


def three(base, ours, theirs, **how):
    """The merged values and the parts in dispute."""
    merged = merge(part(base) if base else {}, part(ours), part(theirs), **how)
    return values_from(merged.parts), {".".join(key) for key in merged.conflicts}


@given(PARTS)
def test_values_survive_being_taken_apart(one):
    assert parts_of(values_from(one)) == one


@given(PARTS, PARTS, CONFLICTS, st.booleans())
def test_merge_takes_what_only_the_source_changed(base, theirs, conflict, protect):
    merged = merge(base, base, theirs, conflict=conflict, protect=False)
    assert merged.conflicts == ()
    kept = {key: base[key] for key in (REGISTERED, LANGUAGE) if key in base}
    told = {key: value for key, value in merged.parts.items() if key not in kept}
    assert {**kept, **told}.items() >= {k: v for k, v in theirs.items() if k not in kept}.items()
    gone = base.keys() - theirs.keys() - kept.keys()
    titles = {key for key in gone if key[0] == "texts" and key[-1] == "title"}
    assert not (gone - titles) & merged.parts.keys()


@given(PARTS, PARTS, CONFLICTS, st.booleans())
def test_merge_leaves_what_only_we_changed(base, ours, conflict, protect):
    merged = merge(base, ours, base, conflict=conflict, protect=protect)
    assert merged.conflicts == ()
    assert merged.parts.items() >= ours.items()


@given(PARTS, PARTS, PARTS, st.booleans())
def test_merge_loses_nothing_of_ours_under_keep(base, ours, theirs, protect):
    merged = merge(base, ours, theirs, conflict=Conflict.KEEP, protect=protect)
    for key, value in ours.items():
        if value == base.get(key):
            continue
        assert key in merged.parts
        if key[0] == "terms":  # a stronger basis may take the place of a weaker one
            note = base[key][1:] if key in base else ["", ""]
            assert merged.parts[key][1:] == value[1:] or note == value[1:]
        else:
            assert merged.parts[key] == value


@given(PARTS, PARTS, PARTS, CONFLICTS, st.booleans())
def test_merge_a_second_time_changes_nothing(base, ours, theirs, conflict, protect):
    first = merge(base, ours, theirs, conflict=conflict, protect=protect)
    again = merge(theirs, first.parts, theirs, conflict=conflict, protect=protect)
    assert again.parts == first.parts
    assert again.conflicts == ()
    # also while the disputes are not settled
    unsettled = {k: v for k, v in theirs.items() if k not in first.conflicts}
    unsettled |= {key: base[key] for key in first.conflicts if key in base}
    still = merge(unsettled, first.parts, theirs, conflict=Conflict.KEEP, protect=protect)
    if conflict is Conflict.KEEP:
        assert still.parts == first.parts


@given(PARTS, PARTS, PARTS)
def test_merge_finds_the_same_disputes_from_either_side(base, ours, theirs):
    one = merge(base, ours, theirs, protect=False)
    other = merge(base, theirs, ours, protect=False)
    assert set(one.conflicts) == set(other.conflicts)


@given(PARTS, PARTS, PARTS, CONFLICTS)
def test_merge_drops_no_term_that_somebody_stated(base, ours, theirs, conflict):
    merged = merge(base, ours, theirs, conflict=conflict)
    held = {k for k, v in ours.items() if k[0] == "terms" and v[0] in HELD}
    assert held <= merged.parts.keys()
    assert all(merged.parts[key][0] == ours[key][0] for key in held)


@given(PARTS, PARTS, PARTS, CONFLICTS)
def test_merge_leaves_alone_what_the_source_does_not_speak_of(base, ours, theirs, conflict):
    merged = merge(base, ours, theirs, stated={"texts", "start"}, conflict=conflict)
    others = {key: value for key, value in ours.items() if key[0] not in ("texts", "start")}
    assert {k: v for k, v in merged.parts.items() if k[0] not in ("texts", "start")} == others


@given(PARTS, PARTS)
def test_what_a_source_said_is_kept_as_the_difference(theirs, stored):
    instead = told_instead(theirs, stored, None)
    said = as_said(stored, instead)
    lasting = {key: stored[key] for key in (REGISTERED, LANGUAGE) if key in stored}
    assert said == {**lasting, **theirs}
    assert told_instead(theirs, theirs, None) == []


def test_covered_by_a_name_above():
    key = ("texts", "fr", "title")
    assert covered(key, None)
    assert covered(key, {"texts"})
    assert covered(key, {"texts.fr"})
    assert covered(key, {"texts.fr.title"})
    assert not covered(key, {"texts.f", "texts.en", "terms"})
    assert covered(("extra", "a.b"), {"extra.a.b"})
    assert covered(key, {"texts.*.title"})
    assert covered(("texts", "fr", "origin"), {"texts.*.title"})
    assert covered(("texts", "fr", "origin"), {"texts.fr.title"})
    assert not covered(("texts", "fr", "summary"), {"texts.*.title", "texts.fr.title"})


def test_merge_joins_changes_in_different_parts():
    base = values(start="2019", end="")
    ours = replace(base, texts=(TextValue("en", "Our words"), *base.texts[1:]))
    merged, disputes = three(base, ours, replace(base, end="2020"))
    assert (merged.end, merged.texts[0].title, disputes) == ("2020", "Our words", set())


def test_merge_in_a_dispute_keeps_or_replaces():
    base = values(website="https://example.org/old")
    ours = replace(base, website="https://example.org/ours")
    theirs = replace(base, website="https://example.org/theirs")
    assert three(base, ours, theirs) == (ours, {"website"})
    assert three(base, ours, theirs, conflict=Conflict.REPLACE) == (theirs, {"website"})
    # nobody knows what was said last time: the same dispute
    assert three(None, ours, theirs) == (ours, {"website"})


def test_merge_joins_lists_item_by_item():
    base = values(
        links=(LinkValue(LinkKind.SOURCE, "https://example.org/1"),),
        partners=(PartnerValue("A", PartnerRole.FUNDER),),
        identifiers=(IdentifierValue("list", "1"),),
    )
    ours = replace(
        base,
        links=(*base.links, LinkValue(LinkKind.EVIDENCE, "https://example.org/2")),
        identifiers=(*base.identifiers, IdentifierValue("other", "x")),
    )
    theirs = replace(base, links=(), partners=(*base.partners, PartnerValue("B")))
    merged, disputes = three(base, ours, theirs)
    assert [one.url for one in merged.links] == ["https://example.org/2"]
    assert [one.name for one in merged.partners] == ["A", "B"]
    assert [one.system for one in merged.identifiers] == ["list", "other"]
    assert disputes == set()


def test_merge_takes_terms_of_the_source_and_keeps_those_of_people():
    said = [TermValue("goal", code, Basis.IMPORT) for code in "123"]
    base = values(terms=tuple(said[:2]))
    own = replace(said[1], basis=Basis.OWNER)
    ours = replace(base, terms=(said[0], own, TermValue("line", "L1", Basis.EDITOR)))
    merged, disputes = three(base, ours, replace(base, terms=(said[2],)))
    assert merged.terms == (own, TermValue("line", "L1", Basis.EDITOR), said[2])
    assert disputes == set()
    # a person who edits an export may drop them
    merged, _ = three(ours, ours, replace(base, terms=(said[2],)), protect=False)
    assert merged.terms == (said[2],)


def test_merge_replaces_the_term_where_there_is_only_one():
    base = values(terms=(TermValue("status", "ongoing", Basis.IMPORT),))
    theirs = replace(base, terms=(TermValue("status", "completed", Basis.IMPORT),))
    assert three(base, base, theirs) == (theirs, set())
    ours = replace(base, terms=(TermValue("status", "ongoing", Basis.EDITOR),))
    assert three(base, ours, theirs) == (ours, {"terms.status"})
    # the same term with less weight is no news
    assert three(None, ours, base) == (ours, set())
    assert three(None, ours, replace(base, terms=())) == (ours, set())


def test_merge_leaves_no_summary_without_a_title():
    base = values(texts=(TextValue("en", "Title"), TextValue("fr", "Titre", "Un résumé.")))
    ours = replace(base, texts=base.texts[:1])
    theirs = replace(base, texts=(base.texts[0], TextValue("fr", "Titre", "Un autre.")))
    merged, disputes = three(base, ours, theirs, conflict=Conflict.REPLACE)
    assert merged.texts == theirs.texts
    assert disputes == {"texts.fr.summary"}


def test_merge_takes_the_order_that_only_the_source_changed():
    said = [TermValue("goal", code, Basis.IMPORT) for code in "123"]
    base = values(terms=tuple(said))
    theirs = replace(base, terms=(said[2], said[0], said[1]))
    assert three(base, base, theirs)[0].terms == theirs.terms
    ours = replace(base, terms=(said[1], said[0], said[2]))
    assert three(base, ours, theirs)[0].terms == ours.terms
    more = replace(base, terms=(said[2], said[0]))
    assert three(more, more, theirs)[0].terms == theirs.terms


def test_merge_makes_no_dispute_of_who_wrote_a_text():
    base = values(sections=(SectionValue("description", "en", "Words", Origin.AUTHOR),))
    ours = replace(base, sections=(replace(base.sections[0], origin=Origin.HUMAN),))
    theirs = replace(base, sections=(replace(base.sections[0], origin=Origin.MACHINE),))
    assert three(base, ours, theirs) == (ours, set())
