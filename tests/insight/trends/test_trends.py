"""What trends say of a small register, of one entry, and of none."""

import datetime as dt

import pytest
from tests.factories import accounts

from stocktaking.entries import states as entries
from stocktaking.entries.models import Entry, EntryTerm
from stocktaking.entries.rules.values import TermValue
from stocktaking.insight.queries.trends import (
    NAMES,
    THEMES,
    Basis,
    counted,
    theme,
    theme_of,
    trend,
)
from stocktaking.insight.rules.trends.spans import Span
from stocktaking.kernel.charts.figures import Bars
from stocktaking.kernel.charts.multiples import Multiples
from stocktaking.kernel.charts.over_time import Columns, Line
from stocktaking.kernel.charts.stacks import Stacks, Tiles
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Crosswalk, Revision, Scheme, Term, TermMembership
from stocktaking.search import operations as search
from stocktaking.search.rules.values import Query

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 28)


@pytest.fixture
def few(wide):
    """Five entries of three years: two from Kenya, one from a university in France."""
    ministry = accounts.organisation(country="KE", type="government").number
    school = accounts.organisation(country="FR", type="academia").number
    for year, owner, lines, goals in (
        (2023, ministry, "L1", "3"),
        (2023, ministry, "L1 L2", "3"),
        (2024, school, "L2", "1"),
        (2026, None, "L1", "1 2"),
        (2026, None, "L1", ""),
    ):
        made = wide.add(organisation=owner, lines=lines, goals=goals)
        Entry.objects.filter(pk=made.pk).update(registered_on=dt.date(year, 5, 4))
    wide.index()
    reindex()
    return wide


def reindex() -> None:
    search.rebuild()


def ask(name, query=None, language="en", **more):
    return trend(name, query or Query(), language, TODAY, **more)


def cells(found, place):
    return [row.values[place] for row in found.rows]


def test_growth_adds_up(few):
    found = ask("total")
    assert found.title == "Is the register growing?"
    assert found.answer == "From 2 at the end of 2023 to 5 entries today; the last came in 2026."
    assert (found.amount, found.amount_of) == ("5", "entries in all")
    assert cells(found, 0) == ["2023", "2024", "2025", "2026"]
    assert cells(found, 2) == [2, 3, 3, 5]
    assert isinstance(found.figure, Line)


def test_the_year_that_goes_on_is_told_apart(few):
    found = ask("entries")
    assert found.answer == "Most were registered in 2023: 2. In 2025 it was 0."
    assert isinstance(found.figure, Columns)
    assert found.figure.open
    assert "2026 is not whole and drawn as an outline." in found.source
    after = trend("entries", Query(), "en", dt.date(2027, 1, 1))
    assert not after.figure.open


def test_what_is_asked_for_in_part_is_not_whole(few):
    found = ask("entries", Query(registered_to=dt.date(2024, 6, 1).toordinal()))
    assert found.total == 3
    assert "2024 is not whole and drawn as an outline." in found.source


def test_lines_have_a_panel_each_also_the_empty_ones(few):
    found = ask("lines")
    assert isinstance(found.figure, Multiples)
    assert [(panel.name, panel.text) for panel in found.figure.panels] == [
        ("line L1", "4"),
        ("line L2", "2"),
    ]
    assert found.answer == "Most often: line L1, 4 of 5."
    assert "An entry counts at each term that it carries, so the parts do not add up." in (
        found.source
    )


def test_figures_say_whether_entries_are_from_or_work_there(few):
    assert ask("from-regions").basis is Basis.FROM
    assert "International organisations are a region of their own." in " ".join(
        ask("from-regions").source
    )
    assert ask("from-countries").basis is ask("coverage").basis is Basis.SEAT
    assert ask("works-regions").basis is Basis.WORKS
    assert any(
        one.startswith("Counted by where an entry works") for one in ask("works-regions").source
    )
    found = ask("from-regions")
    counts = dict(zip(cells(found, 0), cells(found, -1), strict=True))
    assert counts == {"AFR": 2, "EUR": 0, "ARB": 0, "INT": 1}


def test_coverage_names_those_without_an_entry(few):
    found = ask("coverage")
    assert isinstance(found.figure, Tiles)
    assert [(group.name, group.text) for group in found.figure.groups] == [
        ("LDC", "1 of 2"),
        ("SIDS", "1 of 1"),
    ]
    assert found.answer == (
        "From 1 of 3 countries in these groups there is no entry, from 2 one or two."
    )
    assert found.rows[0].values == ("SD", "country SD", "LDC", 0, 0)


def test_coverage_follows_the_members_of_the_day(few):
    TermMembership.objects.filter(member__code="SD").update(valid_to=dt.date(2026, 11, 23))
    Revision.objects.update(number=7)
    reference.forget()
    assert [group.text for group in ask("coverage").figure.groups] == ["1 of 1", "1 of 1"]
    before = trend("coverage", Query(), "en", dt.date(2026, 11, 23))
    assert before.figure.groups[0].text == "1 of 2"


def test_stakeholders_are_shares_of_those_that_are_stated(few):
    found = ask("stakeholders")
    assert isinstance(found.figure, Stacks)
    assert found.amount == "67%"
    assert sum(found.figure.rows[0].shares) == pytest.approx(1)


def test_emerging_technologies_are_told_only_where_it_is_sure(wide):
    for place in range(60):
        wide.add(f"Entry {place}", lines="L1")
    numbers = [one.pk for one in wide.made]
    for year, some in ((2021, numbers[:15]), (2022, numbers[15:30]), (2024, numbers[30:])):
        Entry.objects.filter(pk__in=some).update(registered_on=dt.date(year, 2, 3))
    carry(numbers[30:], "ai")
    carry(numbers[:30], "web")
    carry(numbers[:2], "radio")
    reindex()
    found = ask("technologies")
    assert found.amount == "2"
    assert found.answer.startswith("Clearest:")
    notes = {panel.name: panel.note for panel in found.figure.panels}
    assert notes == {
        "AI": "Emerging: 0% before, 100% lately",
        "WEB": "Fading: 100% before, 0% lately",
        "RADIO": "Too few entries to tell",
    }
    assert found.figure.spans == ("2021", "2022", "2024")  # of no entries there is no share
    assert all(row.values[4] for row in found.file.rows)
    detail = found.file
    assert [column.code for column in detail.columns][-3:] == ["share", "low", "high"]
    assert all(row.values[-2] <= row.values[-3] <= row.values[-1] for row in detail.rows)


def carry(numbers, code):
    term = Term.objects.get(scheme__slug="technology", code=code)
    EntryTerm.objects.bulk_create(
        EntryTerm(entry_id=number, term=term, basis="owner") for number in numbers
    )


def test_technologies_without_a_second_year_are_not_compared(wide):
    wide.add(lines="L1")
    carry([wide.made[0].pk], "ai")
    reindex()
    found = ask("technologies")
    assert found.answer == (
        "All entries were registered in one span of time: there is nothing to compare."
    )
    assert [column.code for column in found.columns] == ["code", "title", "entries", "share"]


def test_freshness_counts_what_somebody_vouched_for(few):
    numbers = [one.pk for one in few.made]
    Entry.objects.filter(pk=numbers[0]).update(confirmed_on=TODAY - dt.timedelta(days=400))
    reindex()
    found = ask("freshness")
    assert isinstance(found.figure, Bars)
    assert sum(cells(found, 2)) == 5
    assert found.rows[0].values[:2] == ("fresh", "Fresh")


def test_projects_count_in_each_year_that_they_were_active(wide):
    wide.add(start="2022", end="2024")
    wide.add(start="2024", terms=(TermValue("status", "ongoing", entries.Basis.OWNER),))
    reindex()
    found = ask("active")
    counts = dict(zip(cells(found, 0), cells(found, 1), strict=True))
    assert counts == {"2022": 1, "2023": 1, "2024": 2, "2025": 1, "2026": 1}
    assert found.answer == "1 project is active in 2026; most were in 2024: 2."


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_selection_is_explained(wide, name):
    found = ask(name)
    assert found.figure is None
    assert found.answer == "Nobody yet: no entry fits."
    assert found.rows == ()
    assert found.title


@pytest.mark.parametrize("name", NAMES)
def test_one_entry_is_enough(wide, name):
    wide.add(organisation=accounts.organisation(country="KE", type="government").number)
    wide.index()
    found = ask(name)
    assert found.total == 1
    assert found.answer


def test_words_and_filters_narrow_a_trend(few):
    few.add("Satellite school", lines="L2")
    few.index()
    assert ask("total", Query(text="satellite")).total == 1
    assert ask("total", Query(filters={"line": ("L2",), "goal": ("3",)})).total == 2
    assert ask("total", Query(filters={"line": ("L1",)})).total == 4


def test_a_trend_speaks_the_language_it_is_asked_in(few):
    found = ask("lines", language="fr")
    assert found.figure.panels[0].name == "line L1 (fr)"


def test_spans_of_years_keep_their_order_in_arabic(few):
    Entry.objects.filter(pk=few.made[0].pk).update(registered_on=dt.date(1901, 1, 1))
    reindex()
    assert ask("total", language="ar").rows[0].values[0] == "\u20661900–1904\u2069"
    assert ask("total").rows[0].values[0] == "1900–1904"


def test_links_name_terms_and_spans(few):
    asked = []

    def link(terms, span):
        asked.append((terms, span))
        return "/list/"

    found = ask("entries", link=link)
    assert {row.url for row in found.rows} == {"/list/"}
    assert ((), Span(2023, 2023)) in asked
    assert ask("lines", link=link).figure.panels[0].url == "/list/"
    assert (("line", "L1"),) in [terms for terms, _span in asked]
    assert ask("lines").figure.panels[0].url == ""


def test_assumed_days_are_told(few):
    assert not any("assumed" in said for said in ask("total").source)
    Entry.objects.filter(pk=few.made[0].pk).update(registered_on_assumed=True)
    reindex()
    assert any("For 1 entry the day of registration is assumed" in s for s in ask("total").source)
    assert not any(
        "assumed" in said for said in ask("total", Query(filters={"goal": ("1",)})).source
    )


def test_nothing_is_told_of_assumed_days_where_there_are_none(few, monkeypatch):
    """Nor that some may be: of a long list the index is asked for the few that are."""
    monkeypatch.setattr(counted, "LISTED", 0)
    some = Query(filters={"line": ("L1",)})
    assert not any("assumed" in said for said in ask("total", some).source)
    Entry.objects.filter(pk=few.made[0].pk).update(registered_on_assumed=True)
    reindex()
    assert any("For 1 entry" in said for said in ask("total", some).source)
    monkeypatch.setattr(counted, "NAMED", 0)
    assert any("For some entries" in said for said in ask("total", some).source)


def test_what_the_framework_lacks_is_left_out(few):
    Crosswalk.objects.all().delete()
    Scheme.objects.filter(slug="country-group").delete()
    Revision.objects.update(number=8)
    reference.forget()
    assert ask("lines") is None
    assert ask("coverage") is None
    assert ask("of-nothing") is None
    assert [one.name for one in theme("subjects", Query(), "en", TODAY)] == [
        "technologies",
        "target-groups",
    ]


def test_a_theme_has_at_most_six_trends_and_each_has_one_theme():
    assert all(len(names) <= 6 for names in THEMES.values())
    assert sorted(name for names in THEMES.values() for name in names) == sorted(NAMES)
    assert theme_of("coverage") == "places"


def test_a_theme_says_what_each_of_its_trends_says(few):
    for found in theme("places", Query(), "en", TODAY):
        assert found == ask(found.name)


def test_a_theme_asks_the_database_little(few, django_assert_max_num_queries):
    ask("total")
    with django_assert_max_num_queries(3):
        theme("subjects", Query(), "en", TODAY)
