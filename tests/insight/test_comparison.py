"""Entries side by side."""

import pytest
from tests.factories import entries as factory
from tests.factories.entries import AT

from stocktaking.entries import operations as entries
from stocktaking.entries.models import Entry
from stocktaking.insight.queries.comparison import compare_entries, followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(register):
    one = register.add("One", lines="L1 L2", goals="1", countries="KE FR")
    two = register.add("Two", lines="L1", goals="2 3", countries="KE")
    return [one.pk, two.pk]


def codes(terms) -> list[str]:
    return [term.code for term in terms]


def test_shared_terms_are_apart_from_what_each_has_besides(pair):
    compared = compare_entries(pair, "en")
    line, goal, country = compared.schemes
    assert [one.scheme.slug for one in compared.schemes] == ["line", "goal", "country"]
    assert codes(line.shared) == ["L1"]
    assert [[mark.mark.term.code for mark in one] for one in line.besides] == [["L2"], []]
    assert codes(goal.shared) == []
    assert codes(country.shared) == ["KE"]


def test_terms_of_one_alone_are_told_from_those_of_some(register, pair):
    three = register.add("Three", lines="L2", goals="2", countries="SD")
    line, _goal, _country = compare_entries([*pair, three.pk], "en").schemes
    assert codes(line.shared) == []
    alone = {mark.mark.term.code: mark.alone for one in line.besides for mark in one}
    assert alone == {"L1": False, "L2": False}


def test_order_is_kept_and_repeated_numbers_count_once(pair):
    compared = compare_entries([pair[1], pair[0], pair[1]], "en")
    assert [page.card.number for page in compared.entries] == [pair[1], pair[0]]
    assert compared.enough


def test_what_cannot_be_compared_is_named(register, pair):
    draft = register.add("Draft", publish=False)
    gone = register.add("Gone")
    entries.withdraw_entry(number=gone.pk, reason="Wrong.", by=None, at=AT)
    compared = compare_entries([pair[0], draft.pk, gone.pk, 999_999], "en")
    assert compared.unknown == (draft.pk, 999_999)
    assert compared.withdrawn == (gone.pk,)
    assert not compared.enough


def test_merged_entries_stand_for_the_other(register, pair):
    merged = register.add("Merged")
    Entry.objects.filter(pk=merged.pk).update(merged_into=pair[0])
    compared = compare_entries([merged.pk, pair[1]], "en")
    assert [page.card.number for page in compared.entries] == pair
    assert compared.merged == ((merged.pk, pair[0]),)


def test_a_merge_in_a_circle_ends(register, pair):
    Entry.objects.filter(pk=pair[0]).update(merged_into=pair[1])
    Entry.objects.filter(pk=pair[1]).update(merged_into=pair[0])
    assert compare_entries(pair, "en").entries


def test_a_chain_of_merges_ends_at_the_last(register, pair):
    first, second = register.add("First"), register.add("Second")
    Entry.objects.filter(pk=first.pk).update(merged_into=second.pk)
    Entry.objects.filter(pk=second.pk).update(merged_into=pair[0])
    assert followed([first.pk, pair[1], 999_999]).keys() == {first.pk, pair[1]}
    assert compare_entries([first.pk, second.pk, pair[1]], "en").merged == (
        (first.pk, pair[0]),
        (second.pk, pair[0]),
    )


def test_fifty_numbers_are_looked_up_at_once(register, pair, django_assert_max_num_queries):
    more = [register.add().pk for _ in range(9)]
    with django_assert_max_num_queries(1):
        followed([*pair, *more])
    with django_assert_max_num_queries(4 * 14):  # four pages, and no more
        assert len(compare_entries([*pair, *more], "en").too_many) == 7


def test_four_at_most(register, pair):
    more = [register.add().pk for _ in range(4)]
    compared = compare_entries([*pair, *more], "en")
    assert len(compared.entries) == 4
    assert compared.too_many == tuple(more[2:])


def test_sections_stand_in_their_order_with_gaps(register):
    one = register.add("One", sections=(factory.SectionValue("results", "en", "Done."),))
    two = register.add("Two", sections=(factory.SectionValue("description", "en", "A mast."),))
    rows = compare_entries([one.pk, two.pk], "en").sections
    assert [heading.code for heading, _ in rows] == ["description", "results"]
    assert rows[0][1][0] is None
    assert rows[0][1][1].said.text == "A mast."
