"""Any values of an entry, for property-based tests."""

from hypothesis import strategies as st

from stocktaking.entries.rules.values import (
    EntryValues,
    IdentifierValue,
    ImageValue,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
LANGUAGES = st.sampled_from(["en", "fr", "ar", "zh", "pt-BR"])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
VALUES = st.builds(
    EntryValues,
    original_language=LANGUAGES,
    texts=st.lists(
        st.builds(TextValue, LANGUAGES, WORDS, WORDS, st.sampled_from(Origin)), max_size=3
    ).map(tuple),
    organisation=st.none() | st.integers(1, 99),
    sections=st.lists(
        st.builds(SectionValue, WORDS, LANGUAGES, WORDS, st.sampled_from(Origin)), max_size=2
    ).map(tuple),
    terms=st.lists(
        st.builds(TermValue, WORDS, WORDS, st.sampled_from(Basis), WORDS, LANGUAGES), max_size=3
    ).map(tuple),
    worldwide=st.booleans(),
    start=st.sampled_from(["", "2019", "2019-05", "2019-05-17"]),
    end=st.sampled_from(["", "2020"]),
    website=WORDS,
    licence=WORDS,
    attribution=WORDS,
    partners=st.lists(
        st.builds(PartnerValue, WORDS, st.sampled_from(PartnerRole), st.none() | st.integers(1, 9)),
        max_size=2,
    ).map(tuple),
    links=st.lists(st.builds(LinkValue, st.sampled_from(LinkKind), WORDS, WORDS), max_size=2).map(
        tuple
    ),
    images=st.lists(
        st.builds(ImageValue, st.integers(1, 9), WORDS, LANGUAGES, WORDS), max_size=2
    ).map(tuple),
    identifiers=st.lists(st.builds(IdentifierValue, WORDS, WORDS, WORDS), max_size=2).map(tuple),
    collections=st.lists(WORDS, max_size=2).map(tuple),
    source=WORDS,
    registered_on=st.none() | st.dates(),
    registered_on_assumed=st.booleans(),
    extra=st.dictionaries(WORDS, PLAIN, max_size=3),
)
