"""Who else works on this here."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import accounts
from tests.factories.entries import AT

from stocktaking.accounts import operations
from stocktaking.entries.models import EntryTerm
from stocktaking.entries.states import EntryState
from stocktaking.insight.queries.partners import partners
from stocktaking.insight.rules.partners import MOST_PAIRS, Pair, main_pairs, ranked

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return accounts.organisation("Village Telecom")


def told(owner, **asked):
    return [
        (str(one.organisation), [(h.country.code, [t.code for t in h.terms]) for h in one.here])
        for one in partners(owner.number, **asked)
    ]


def test_organisations_with_the_same_line_and_goal_in_the_same_country(register, owner):
    near, half, far = (accounts.organisation(name) for name in ("Near", "Half", "Far"))
    register.add(organisation=owner.number, lines="L1", goals="3", countries="KE")
    register.add(organisation=near.number, lines="L1", goals="3", countries="KE FR")
    register.add(organisation=half.number, lines="L1", goals="1", countries="KE")
    register.add(organisation=far.number, lines="L1", goals="3", countries="FR")
    register.index()
    assert told(owner) == [("Near", [("KE", ["3", "L1"])]), ("Half", [("KE", ["L1"])])]
    assert told(owner, limit=1) == [("Near", [("KE", ["3", "L1"])])]


def test_a_line_here_and_a_country_there_make_no_partner(register, owner):
    other = accounts.organisation("Other")
    register.add(organisation=owner.number, lines="L1", goals="1", countries="KE")
    register.add(organisation=other.number, lines="L2", goals="2", countries="KE")
    register.add(organisation=other.number, lines="L1", goals="1", countries="FR")
    register.index()
    assert told(owner) == []


def test_owners_not_stated_and_withdrawn_entries_are_nobody(register, owner):
    register.add(organisation=owner.number, countries="KE")
    register.add(organisation=None, countries="KE")
    register.index()
    assert told(owner) == []


def test_who_was_merged_a_moment_ago_is_left_out(register, owner):
    kept, twin = accounts.organisation("Kept"), accounts.organisation("Twin")
    register.add(organisation=owner.number, countries="KE")
    register.add(organisation=twin.number, countries="KE")
    register.index()
    assert [name for name, _ in told(owner)] == ["Twin"]
    operations.merge_organisations(kept=kept.number, merged=twin.number, by=None, at=AT)
    assert "Twin" not in [name for name, _ in told(owner)]


def test_without_countries_entries_or_a_grid_there_is_nobody(register, owner):
    assert told(owner) == []
    register.add(organisation=owner.number, countries="")
    register.index()
    assert told(owner) == []


def test_the_page_says_who_and_why_and_leads_to_their_entries(register, owner, visit):
    other = accounts.organisation("Next <door>")
    register.add(organisation=owner.number, countries="KE")
    register.add(organisation=other.number, countries="KE")
    register.index()
    html = visit(f"/en/organisations/{owner.number}-{owner.slug}/").content.decode()
    assert "Who else works on this here" in html
    assert "<bdi>Next &lt;door&gt;</bdi>" in html
    link = f"/en/entries/?line=L1&amp;country=KE&amp;organisation={other.number}"
    assert link in html
    listed = visit(link.replace("&amp;", "&")).content.decode()
    assert "1 entry" in listed


def test_the_own_main_pairs_are_asked_for():
    counts = {("L1", f"C{n:02}"): n for n in range(40)}
    pairs = main_pairs("line", counts)
    assert len(pairs) == MOST_PAIRS
    assert pairs[0] == Pair("line", "L1", "C39")


def test_a_pair_that_few_have_says_more():
    rare, common = Pair("line", "L1", "KE"), Pair("line", "L2", "KE")
    crowd = {str(number): 1 for number in range(50)}
    order = ranked("1", [(common, crowd), (rare, {"1": 1, "99": 1})], 60)
    assert order[0].organisation == "99"
    assert all(one.organisation != "1" for one in order)


codes = st.sets(st.sampled_from(["L1", "L2"]), min_size=1)
places = st.sets(st.sampled_from(["KE", "FR", "SD"]))


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(made=st.lists(st.tuples(st.integers(0, 2), codes, places), min_size=2, max_size=8))
def test_counts_agree_with_the_database(register, made):
    """The pairs told are those that the tables hold for both."""
    owners = [accounts.organisation(f"Owner {number}") for number in range(3)]
    for place, lines, countries in made:
        register.add(
            organisation=owners[place].number,
            lines=" ".join(sorted(lines)),
            goals="",
            countries=" ".join(sorted(countries)),
        )
    register.index()
    held = {owner.number: _pairs(owner.number) for owner in owners}
    for owner in owners:
        found = {
            one.organisation.number: {(t.code, h.country.code) for h in one.here for t in h.terms}
            for one in partners(owner.number)
        }
        expected = {
            other.number: shared
            for other in owners
            if other.number != owner.number
            and (shared := held[owner.number].keys() & held[other.number].keys())
        }
        assert {number: pairs for number, pairs in found.items() if number in held} == expected


def _pairs(number):
    counted = Counter()
    rows = EntryTerm.objects.filter(
        entry__organisation=number, entry__state=EntryState.PUBLISHED
    ).values_list("entry_id", "term__scheme__slug", "term__code")
    by_entry = {}
    for entry, scheme, code in rows:
        by_entry.setdefault(entry, {}).setdefault(scheme, set()).add(code)
    for terms in by_entry.values():
        for line in terms.get("line", ()):
            for country in terms.get("country", ()):
                counted[line, country] += 1
    return counted
