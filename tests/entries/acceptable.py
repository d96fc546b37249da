"""Values of entries as they are stored: tidied, each text, section and term once."""

import string
from dataclasses import replace

from hypothesis import strategies as st
from tests.entries.strategies import LANGUAGES, PLAIN, VALUES, WORDS

from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import EntryValues, SectionValue, TermValue, TextValue
from stocktaking.entries.states import Basis, Origin

LINES = st.text(st.sampled_from(string.ascii_letters + " |;\\n\n'=+-é中\U0001f4e1"), max_size=40)
CODES = st.text(st.sampled_from("abcXYZ019.-|;\\ é"), min_size=1, max_size=8)
CODES = CODES.map(str.strip).filter(bool)


def unique(values: EntryValues) -> EntryValues:
    """As acceptable values are: each text, section and term once, codes that say something."""
    terms = {
        (term.scheme or "goal", term.code.strip() or "1"): term
        for term in values.terms
        if "." not in term.scheme
    }
    return tidy(
        replace(
            values,
            texts=tuple({text.language: text for text in values.texts}.values()),
            sections=tuple(
                {
                    (s.code or "results", s.language): replace(s, code=s.code or "results")
                    for s in values.sections
                }.values()
            ),
            terms=tuple(
                replace(term, scheme=scheme, code=code) for (scheme, code), term in terms.items()
            ),
            collections=tuple(filter(None, (slug.strip() for slug in values.collections))),
            source=values.source.strip(),
            extra={key: fact for key, fact in values.extra.items() if key != "imported"},
        )
    )


ACCEPTABLE = st.builds(
    lambda values, texts, sections, terms, extra: unique(
        replace(
            values, texts=tuple(texts), sections=tuple(sections), terms=tuple(terms), extra=extra
        )
    ),
    VALUES,
    st.lists(st.builds(TextValue, LANGUAGES, LINES, LINES, st.sampled_from(Origin)), max_size=3),
    st.lists(st.builds(SectionValue, CODES, LANGUAGES, LINES, st.sampled_from(Origin)), max_size=3),
    st.lists(
        st.builds(
            TermValue,
            st.sampled_from(["goal", "line", "country"]),
            CODES,
            st.sampled_from(Basis),
            LINES,
            LANGUAGES,
        ),
        max_size=6,
    ),
    st.dictionaries(WORDS, PLAIN, max_size=3),
)
