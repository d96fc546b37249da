"""Any register comes back as it was, and with any edits as it was edited."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.entries.acceptable import LINES
from tests.factories.entries import AT, entry, framework
from tests.intake.imports.own_files import FORMS, bring_in, counts, sheet, taken

from stocktaking.entries import operations
from stocktaking.entries.models import Entry
from stocktaking.entries.queries import values_of
from stocktaking.entries.queries.exports_parts import own_register
from stocktaking.entries.rules import edit_table
from stocktaking.entries.rules.edit_table import key_of
from stocktaking.entries.rules.tidy import tidy
from stocktaking.entries.rules.values import (
    EntryValues,
    LinkValue,
    PartnerValue,
    SectionValue,
    TermValue,
    TextValue,
)
from stocktaking.entries.states import Basis, LinkKind, Origin, PartnerRole
from stocktaking.intake.models import ImportBatch, ImportRow

pytestmark = pytest.mark.django_db
SOME = settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])

TITLES = LINES.filter(str.strip)
ORIGINS = st.sampled_from(Origin)


def one_of_each(items):
    return lambda found: tuple({items(one): one for one in found}.values())


def terms() -> st.SearchStrategy[tuple[TermValue, ...]]:
    places = st.sampled_from(
        [("goal", "1"), ("goal", "2"), ("goal", "3"), ("line", "L1"), ("line", "L2"),
         ("country", "KE"), ("country", "FR")]
    )  # fmt: skip
    one = st.tuples(places, st.sampled_from(Basis), LINES, st.sampled_from(["en", "ar"])).map(
        lambda found: TermValue(*found[0], found[1], found[2], found[3] if found[2].strip() else "")
    )
    return st.lists(one, max_size=6).map(one_of_each(lambda term: (term.scheme, term.code)))


TEXTS = st.lists(
    st.builds(TextValue, st.sampled_from(["fr", "ar", "zh", "pt-BR"]), TITLES, LINES, ORIGINS),
    max_size=3,
).map(one_of_each(lambda text: text.language))
SECTIONS = st.lists(
    st.builds(
        SectionValue,
        st.sampled_from(["description", "results"]),
        st.sampled_from(["en", "fr", "ar"]),
        TITLES,
        ORIGINS,
    ),
    max_size=4,
).map(one_of_each(lambda section: (section.code, section.language)))
CONTENT = (
    st.builds(
        EntryValues,
        original_language=st.just("en"),
        texts=st.tuples(st.builds(TextValue, st.just("en"), TITLES, LINES, ORIGINS), TEXTS).map(
            lambda found: (found[0], *found[1])
        ),
        sections=SECTIONS,
        terms=terms(),
        worldwide=st.booleans(),
        start=st.sampled_from(["", "2019", "2019-05", "2019-05-17"]),
        end=st.sampled_from(["", "2021", "2031-12"]),
        website=st.sampled_from(["", "https://example.org/", "https://example.org/a|b;c"]),
        licence=st.sampled_from(["", "CC0-1.0"]),
        attribution=LINES,
        partners=st.lists(
            st.builds(PartnerValue, TITLES, st.sampled_from(PartnerRole)), max_size=3
        ).map(one_of_each(lambda partner: (*partner.name.split(), partner.role))),
        links=st.lists(
            st.builds(
                LinkValue,
                st.sampled_from(LinkKind),
                st.sampled_from(["https://example.org/1", "https://example.org/2"]),
                LINES,
            ),
            max_size=3,
        ).map(lambda links: tuple(dict.fromkeys(links))),
        extra=st.dictionaries(
            st.sampled_from(["a", "b"]),
            st.integers(0, 9) | LINES.map(lambda t: t.replace("\n", " ")),
            max_size=2,
        ),
    )
    .map(tidy)
    .filter(
        lambda values: (
            len({(p.name, p.role) for p in values.partners}) == len(values.partners)
            and len(set(values.links)) == len(values.links)
        )
    )
)


@pytest.fixture(autouse=True)
def _framework(db):
    framework()


def register(contents: list[EntryValues]) -> list[Entry]:
    """These entries and no others."""
    empty()
    return [operations.create_entry(values=one, by=None, at=AT, publish=True) for one in contents]


def empty() -> None:
    ImportRow.objects.all().delete()
    ImportBatch.objects.all().delete()
    Entry.objects.all().delete()


def apart_from_order(values: EntryValues) -> EntryValues:
    """Languages and schemes have no order between them."""
    return replace(
        values,
        texts=tuple(sorted(values.texts, key=lambda text: text.language)),
        sections=tuple(sorted(values.sections, key=lambda one: (one.code, one.language))),
        terms=tuple(sorted(values.terms, key=lambda term: term.scheme)),
        identifiers=(),
    )


@pytest.mark.parametrize("form", FORMS)
@given(contents=st.lists(CONTENT, min_size=1, max_size=4))
@SOME
def test_any_register_comes_back_as_it_was(form, contents):
    made = register(contents)
    before = [values_of(one.number) for one in made]
    data = taken(form)
    assert counts(bring_in(data, form)) == (0, 0, len(made), 0)
    assert [values_of(one.number) for one in made] == before
    empty()
    assert counts(bring_in(data, form, publish=True)) == (len(made), 0, 0, 0)
    now = [values_of(one.number) for one in Entry.objects.order_by("number")]
    assert [*map(apart_from_order, now)] == [*map(apart_from_order, before)]
    assert counts(bring_in(data, form, publish=True)) == (0, 0, len(made), 0)


@given(pairs=st.lists(st.tuples(CONTENT, CONTENT), min_size=1, max_size=3))
@SOME
def test_any_edits_are_made_and_nothing_else(pairs):
    made = register([before for before, _ in pairs])
    left = entry()
    untouched = values_of(left.number)
    wanted = [replace(after, registered_on=AT.date()) for _, after in pairs]
    rows = []
    for one, after in zip([*made, left], [*wanted, untouched], strict=True):
        about = {
            "number": one.number,
            "version": 1,
            "key": key_of(one.number, one.created_at),
            "register": own_register(),
        }
        before = edit_table.row(values_of(one.number))
        rows.append({**about, **dict.fromkeys(before, ""), **edit_table.row(after)})
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [[row.get(column, "") for column in columns] for row in rows]
    batch = bring_in(sheet(columns, cells, "csv"))
    assert (batch.created, batch.refused) == (0, 0)
    now = [values_of(one.number) for one in made]
    assert [*map(apart_from_order, now)] == [*map(apart_from_order, wanted)]
    assert values_of(left.number) == untouched
