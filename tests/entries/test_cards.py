"""Rows of lists: content, choice of language, number of statements."""

import datetime as dt

import pytest
from tests.factories.accounts import organisation
from tests.factories.entries import AT, entry

from stocktaking.entries import operations
from stocktaking.entries.queries import cards, newest, of_organisation, totals
from stocktaking.entries.rules.values import TermValue, TextValue
from stocktaking.entries.states import Basis, Origin
from stocktaking.reference.queries import catalogue

pytestmark = pytest.mark.usefixtures("_framework")


def test_cards_keep_the_order_and_leave_out_unknown_numbers():
    one, two = entry(), entry(publish=False)
    found = cards([two.number, 999_999, one.number], "en")
    assert [card.number for card in found] == [two.number, one.number]
    assert [card.state for card in found] == ["unpublished", "published"]


@pytest.mark.parametrize("count", [1, 3])
def test_cards_take_three_statements(django_assert_num_queries, count):
    numbers = [entry(organisation=organisation().number).number for _ in range(3)]
    catalogue()
    with django_assert_num_queries(3):
        assert len(cards(numbers[:count], "en")) == count


def test_cards_show_the_readers_language_then_the_original():
    made = entry(
        original_language="fr",
        texts=(
            TextValue("fr", "Réseau", "Un réseau."),
            TextValue("en", "Network", "", Origin.MACHINE),
            TextValue("fa", "شبکه"),
        ),
    )
    [english] = cards([made.number], "en")
    assert (english.title.text, english.title.language) == ("Network", "en")
    assert (english.title.original, english.title.origin) == (False, Origin.MACHINE)
    assert (english.summary.text, english.summary.original) == ("Un réseau.", True)
    [russian] = cards([made.number], "ru")
    assert (russian.title.text, russian.title.original) == ("Réseau", True)
    [persian] = cards([made.number], "fa")
    assert (persian.title.text, persian.title.direction) == ("شبکه", "rtl")
    assert persian.languages == ("fr", "en", "fa")


def test_cards_say_who_says_that_a_term_fits():
    made = entry()
    [card] = cards([made.number], "fr")
    [line], [goal] = card.of("line"), card.of("goal")
    assert (line.basis, line.confirmed, line.note) == (Basis.OWNER, True, None)
    assert (goal.basis, goal.confirmed) == (Basis.SUGGESTED, False)
    assert (goal.note.text, goal.note.language, goal.note.original) == (
        "Clinics are reached.",
        "en",
        True,
    )
    assert card.of("nothing") == ()


def test_cards_keep_the_order_of_terms():
    made = entry(terms=(TermValue("goal", "3"), TermValue("goal", "1"), TermValue("goal", "2")))
    [card] = cards([made.number], "en")
    assert [mark.term.code for mark in card.of("goal")] == ["3", "1", "2"]


def test_cards_name_the_organisation_in_the_readers_language():
    owner = organisation("Ministry", names={"fr": "Ministère"}, country="FR", type="government")
    made = entry(organisation=owner.number)
    [french], [arabic] = cards([made.number], "fr"), cards([made.number], "ar")
    assert (french.organisation.name, arabic.organisation.name) == ("Ministère", "Ministry")
    assert french.organisation.country.code == "FR"
    assert french.organisation.type.code == "government"


@pytest.mark.parametrize(
    ("start", "end"),
    [("2019", "2019"), ("2019-05", "2019"), ("2019-05-17", "2019-05"), ("", "")],
)
def test_cards_show_dates_as_they_were_stated(start, end):
    made = entry(start=start, end=end)
    [card] = cards([made.number], "en")
    assert (str(card.starts or ""), str(card.ends or "")) == (start, end)


def test_newest_are_published_and_registered_last(django_assert_num_queries):
    old = entry(registered_on=dt.date(2010, 1, 1), registered_on_assumed=True)
    new = entry(registered_on=dt.date(2025, 1, 1))
    entry(publish=False)
    catalogue()
    with django_assert_num_queries(3):
        found = newest(5, "en")
    assert [card.number for card in found] == [new.number, old.number]
    assert [card.registered_on_assumed for card in found] == [False, True]
    assert len(newest(1, "en")) == 1


def test_of_organisation_shows_its_published_entries():
    owner = organisation()
    mine = entry(organisation=owner.number)
    entry(organisation=owner.number, publish=False)
    entry()
    assert [card.number for card in of_organisation(owner.number, "en")] == [mine.number]


def test_totals_count_what_is_published():
    known, unknown = organisation(), organisation("Owner not stated", unknown=True)
    entry(organisation=known.number)
    entry(organisation=known.number, terms=(TermValue("country", "FR"),))
    entry(organisation=unknown.number)
    entry(publish=False, organisation=organisation().number)
    gone = entry()
    operations.withdraw_entry(number=gone.number, reason="Gone", by=None, at=AT)
    found = totals()
    assert (found.entries, found.organisations, found.countries, found.languages) == (3, 1, 2, 2)


def test_totals_of_an_empty_register_are_nothing():
    found = totals()
    assert (found.entries, found.organisations, found.countries, found.languages) == (0, 0, 0, 0)
