"""Answers become an entry, and an entry becomes answers to begin with."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.entries.strategies import VALUES
from tests.factories.entries import values
from tests.intake.definitions import definition

from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import (
    EntryValues,
    ImageValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole
from stocktaking.intake.rules.becoming import becoming, same_content
from stocktaking.intake.rules.bindings import differing
from stocktaking.intake.rules.prefilling import answers_from
from stocktaking.kernel.periods import PartialDate

LANGUAGES = ["en", "fr", "ar"]
CODES = {"line": ["L1", "L2"], "goal": ["1", "2", "3"], "status": ["ongoing"], "other": ["X"]}


def once(parts, key):
    return tuple({key(part): part for part in parts}.values())


@st.composite
def entries(draw):
    """Values as an entry may hold them: any texts, terms of a few schemes, nothing twice."""
    drawn = draw(VALUES)
    languages = st.sampled_from(LANGUAGES)
    terms = draw(
        st.lists(
            st.sampled_from([(s, c) for s, codes in CODES.items() for c in codes]), unique=True
        )
    )
    schemes_single = [pair for pair in terms if pair[0] != "status"] + [
        pair for pair in terms if pair[0] == "status"
    ][:1]
    noted = st.builds(TermValue, st.just(""), st.just(""), st.sampled_from(Basis), st.text("ab"))
    sections = st.builds(
        SectionValue, st.sampled_from(["description", "results"]), languages, st.text("ab ")
    )
    made = tidy(
        replace(
            drawn,
            original_language="en",
            texts=once(
                (replace(t, language=draw(languages)) for t in drawn.texts), lambda t: t.language
            ),
            sections=once(draw(st.lists(sections, max_size=4)), lambda s: (s.code, s.language)),
            terms=tuple(
                replace(
                    one := draw(noted),
                    scheme=scheme,
                    code=code,
                    note_language=draw(languages) if one.note.strip() else "",
                )
                for scheme, code in schemes_single
            ),
            partners=once(drawn.partners, lambda p: (p.name.strip(), p.role)),
            images=once(drawn.images, lambda i: i.file),
        )
    )
    return replace(
        made,
        partners=once(made.partners, lambda p: (p.name, p.role)),
        extra={**made.extra, "yearly": {"reached": 7, "older": "kept"}},
    )


ENTRIES = entries()


@given(ENTRIES, st.sampled_from(LANGUAGES))
def test_entry_to_answers_and_back_is_the_same_entry(entry, language):
    answers = answers_from(entry, definition(), language=language)
    back = becoming(
        definition(), answers, language=language, before=entry, organisation=entry.organisation
    )
    assert same_content(back, entry)
    assert (
        differing(definition(), answers, answers_from(back, definition(), language=language))
        == frozenset()
    )


@given(ENTRIES, ENTRIES, st.sampled_from(LANGUAGES))
def test_update_changes_no_other_language_and_nothing_that_is_not_asked(entry, other, language):
    asked = definition("title", "description", "goals")
    stated = answers_from(other, asked, language=language)
    back = becoming(asked, stated, language=language, before=entry)
    assert [t for t in back.texts if t.language != language] == [
        t for t in entry.texts if t.language != language
    ]
    assert [s for s in back.sections if s.language != language] == [
        s for s in entry.sections if s.language != language
    ]
    assert [t for t in back.terms if t.scheme != "goal"] == [
        t for t in entry.terms if t.scheme != "goal"
    ]
    summaries = {t.language: t.summary for t in entry.texts}
    assert all(t.summary == summaries.get(t.language, "") for t in back.texts)
    for name in ("organisation", "start", "end", "website", "links", "partners", "extra"):
        assert getattr(back, name) == getattr(entry, name)


@given(ENTRIES, ENTRIES, st.sampled_from(LANGUAGES))
def test_answers_that_nobody_touched_leave_the_newer_entry_alone(entry, newer, language):
    answers = answers_from(entry, definition(), language=language)
    back = becoming(definition(), answers, language=language, before=newer, changed=frozenset())
    assert same_content(back, newer)


def test_new_entry_speaks_the_language_of_the_reply():
    answers = {
        "title": "شبكة القرية",
        "summary": "شبكة تديرها قرية.",
        "description": "نص أطول",
        "goals": [{"code": "3", "note": "عيادات"}, {"code": "1", "note": ""}],
        "lines": [{"code": "L2", "note": "not asked for"}],
        "status": "ongoing",
        "countries": ["KE", "SD"],
        "everywhere": True,
        "start": "2019-05",
        "website": [{"url": "https://example.org/", "label": ""}],
        "links": [{"url": "https://example.org/more", "label": "More"}],
        "partners": "Ministry of Health\n\n Village council \nVillage council",
        "images": [{"file": 4, "alt": "صاري", "credit": "Ada"}],
        "licence": "CC-BY-4.0",
        "reached": 1200,
        "remark": "call me",
        "correct": True,
    }
    made = becoming(definition(), answers, language="ar", organisation=9, collection="health")
    assert made == EntryValues(
        original_language="ar",
        texts=(TextValue("ar", "شبكة القرية", "شبكة تديرها قرية."),),
        organisation=9,
        sections=(SectionValue("description", "ar", "نص أطول"),),
        terms=(
            TermValue("line", "L2", Basis.OWNER, "not asked for", "ar"),
            TermValue("goal", "3", Basis.OWNER, "عيادات", "ar"),
            TermValue("goal", "1", Basis.OWNER),
            TermValue("status", "ongoing", Basis.OWNER),
            TermValue("country", "KE", Basis.OWNER),
            TermValue("country", "SD", Basis.OWNER),
        ),
        worldwide=True,
        start="2019-05",
        website="https://example.org/",
        licence="CC-BY-4.0",
        partners=(PartnerValue("Ministry of Health"), PartnerValue("Village council")),
        links=(LinkValue(LinkKind.WEBSITE, "https://example.org/more", "More"),),
        images=(ImageValue(4, "صاري", "ar", "Ada"),),
        collections=("health",),
        extra={"yearly": {"reached": 1200}},
    )


def test_personal_answers_stay_with_the_reply():
    made = becoming(definition(), {"remark": "my number", "correct": True}, language="en")
    assert made.extra == {}


def test_text_that_its_author_rewrote_is_no_machine_translation_any_more():
    held = values(texts=(TextValue("en", "Net", "Old", Origin.MACHINE),))
    kept = becoming(definition(), {"title": "Net", "summary": "Old"}, language="en", before=held)
    assert kept.texts == held.texts
    changed = becoming(definition(), {"title": "Net", "summary": "New"}, language="en", before=held)
    assert changed.texts == (TextValue("en", "Net", "New", Origin.AUTHOR),)


def test_terms_left_as_they_were_are_the_owners_from_now_on():
    held = values(terms=(TermValue("goal", "3", Basis.SUGGESTED), TermValue("line", "L1")))
    answers = answers_from(held, definition(), language="en")
    back = becoming(definition(), answers, language="en", before=held, changed=frozenset())
    assert {term.basis for term in back.terms} == {Basis.OWNER}
    assert same_content(back, held)


def test_source_without_an_address_stays_where_it_stood():
    links = (
        LinkValue(LinkKind.WEBSITE, "https://a.example"),
        LinkValue(LinkKind.SOURCE, "", "Yearbook 2009"),
        LinkValue(LinkKind.EVIDENCE, "https://b.example", "Proof"),
    )
    answer = {"links": [{"url": "https://b.example", "label": "Better proof"}]}
    made = becoming(definition(), answer, language="en", before=values(links=links))
    assert made.links == (
        LinkValue(LinkKind.EVIDENCE, "https://b.example", "Better proof"),
        LinkValue(LinkKind.SOURCE, "", "Yearbook 2009"),
    )


def test_partner_keeps_role_and_number_as_long_as_the_name_stays():
    partners = (PartnerValue("Fund", PartnerRole.FUNDER, 3), PartnerValue("School"))
    made = becoming(
        definition(), {"partners": "School\nFund"}, language="en", before=values(partners=partners)
    )
    assert made.partners == (partners[1], partners[0])


@pytest.mark.parametrize("slug", ["yearly", "health"])
def test_free_answers_are_kept_by_questionnaire(slug):
    held = values(extra={"yearly": {"reached": 5, "gone": "x"}, "imported": {"a": 1}})
    made = becoming(definition(slug=slug), {"reached": 8}, language="en", before=held)
    assert made.extra["imported"] == {"a": 1}
    assert made.extra[slug]["reached"] == 8
    assert made.extra["yearly"]["gone"] == "x"


def test_dates_keep_their_precision():
    for stated in ("2019", "2019-05", "2019-05-17"):
        made = becoming(definition(), {"start": stated}, language="en")
        assert str(PartialDate.parse(made.start)) == stated
