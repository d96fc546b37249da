"""The numbers of a matrix against those that the database counts by itself."""

import datetime as dt

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import accounts

from stocktaking.accounts.models import Organisation
from stocktaking.entries.rules.values import TermValue
from stocktaking.entries.states import Basis
from stocktaking.insight.queries import matrix
from stocktaking.insight.queries.matrix import is_whole
from stocktaking.insight.rules.matrix_independence import Standing
from stocktaking.insight.rules.matrix_periods import read
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Revision, Scheme, Term
from stocktaking.search.queries.tables import table
from stocktaking.search.rules.values import Query

pytestmark = pytest.mark.django_db
SIDES = ("line", "goal", "country", "region", "status", "from-country", "from-region")

# What the database says, without any help of the index: pairs of an entry and a term's code.
STATED = """
    SELECT t.entry_id, term.code FROM entries_entryterm t
    JOIN reference_term term ON term.id = t.term_id
    JOIN reference_scheme s ON s.id = term.scheme_id WHERE s.slug = %s
"""
REGIONS = """
    SELECT DISTINCT t.entry_id, grp.code FROM entries_entryterm t
    JOIN reference_term term ON term.id = t.term_id
    JOIN reference_scheme s ON s.id = term.scheme_id AND s.slug = 'country'
    JOIN reference_termmembership m ON m.member_id = term.id
    JOIN reference_term grp ON grp.id = m.group_id
    JOIN reference_scheme gs ON gs.id = grp.scheme_id AND gs.slug = 'region'
"""
SEATS = """
    SELECT e.number, term.code FROM entries_entry e
    JOIN accounts_organisation o ON o.number = e.organisation_id
    JOIN reference_term term ON term.id = o.country_id
"""
SEAT_REGIONS = """
    SELECT e.number, grp.code FROM entries_entry e
    JOIN accounts_organisation o ON o.number = e.organisation_id
    JOIN reference_termmembership m ON m.member_id = o.country_id
    JOIN reference_term grp ON grp.id = m.group_id
"""
CARRYING = {"region": REGIONS, "from-country": SEATS, "from-region": SEAT_REGIONS}


def carried(side: str) -> str:
    """The statement that answers which published entry carries which value of a side."""
    return CARRYING.get(side) or STATED.replace("%s", f"'{side}'")


def counted_by_sql(rows: str, columns: str, where: str = "") -> dict[tuple[str, str], int]:
    statement = (
        f"WITH r(entry, code) AS ({carried(rows)}), c(entry, code)"  # noqa: S608 - of this file
        f" AS ({carried(columns)})"
        " SELECT r.code, c.code, COUNT(DISTINCT e.number) FROM entries_entry e"
        " JOIN r ON r.entry = e.number JOIN c ON c.entry = e.number"
        f" WHERE e.state = 'published' {where} GROUP BY r.code, c.code"
    )
    return dict(asked(statement))


def total_by_sql(side: str) -> int:
    statement = (
        f"WITH r(entry, code) AS ({carried(side)})"  # noqa: S608 - of this file
        " SELECT '', '', COUNT(*) FROM entries_entry e"
        " WHERE e.state = 'published' AND e.number IN (SELECT entry FROM r)"
    )
    return asked(statement)[0][1]


def asked(statement: str) -> list[tuple[tuple[str, str], int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [((row, column), count) for row, column, count in cursor.fetchall()]


one_entry = st.fixed_dictionaries(
    {
        "lines": st.sets(st.sampled_from(["L1", "L2"])),
        "goals": st.sets(st.sampled_from(["1", "2", "3"])),
        "countries": st.sets(st.sampled_from(["KE", "FR", "SD"])),
        "status": st.sampled_from(["", "ongoing", "completed"]),
        "owner": st.sampled_from(["", "KE", "SD"]),
        "year": st.integers(2019, 2024),
        "publish": st.booleans(),
    }
)


def made(register, owners: dict[str, Organisation], one: dict) -> None:
    codes = {"line": one["lines"], "goal": one["goals"], "country": one["countries"]}
    codes["status"] = {one["status"]} - {""}
    owner = owners.get(one["owner"])
    register.add(
        terms=tuple(
            TermValue(s, c, Basis.OWNER) for s, held in codes.items() for c in sorted(held)
        ),
        organisation=owner.number if owner else None,
        publish=one["publish"],
        at=dt.datetime(one["year"], 5, 1, tzinfo=dt.UTC),
    )


@given(entries=st.lists(one_entry, max_size=7), data=st.data())
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_numbers_are_those_that_the_database_counts(register, entries, data):
    rows, columns = (data.draw(st.sampled_from(SIDES)) for _ in "rc")
    with transaction.atomic():
        owners = {code: accounts.organisation(f"Of {code}", country=code) for code in ("KE", "SD")}
        for one in entries:
            made(register, owners, one)
        register.index()
        found = matrix(sides=(rows, columns))
        assert {s: n for s, n in found.counts.items() if n} == counted_by_sql(rows, columns)
        published = sum(one["publish"] for one in entries)
        assert found.total == published
        assert found.table.with_row == total_by_sql(rows)
        assert found.table.with_column == total_by_sql(columns)
        expected = counted_by_sql(rows, rows)
        assert found.row_totals == {r: n for (r, c), n in expected.items() if r == c}
        later = matrix(sides=(rows, columns), period=read("2022..2024"), against=read("2019..2021"))
        since = "AND e.registered_on >= '2022-01-01'"
        until = "AND e.registered_on < '2022-01-01'"
        assert later.counts == counted_by_sql(rows, columns, since)
        assert later.before.squares == counted_by_sql(rows, columns, until)
        transaction.set_rollback(True)
    register.index()


@pytest.fixture
def three(register):
    register.add(lines="L1", goals="3", countries="KE")
    register.add(lines="L1 L2", goals="3", countries="KE FR")
    register.add(lines="L1", goals="", countries="SD", at=dt.datetime(2023, 5, 1, tzinfo=dt.UTC))
    register.index()
    return register


def test_entries_without_a_term_on_a_side_stand_in_no_square(three):
    counted = matrix()
    assert (counted.total, counted.table.placed) == (3, 2)
    assert (counted.table.with_row, counted.table.with_column) == (3, 2)
    # of those on both sides all carry goal 3, so that lines expect no more of it
    assert counted.cell("L1", "3").judgement.expected == 2


def test_the_sides_of_a_filtered_matrix_hold_its_filter_too(three):
    counted = matrix(Query(filters={"line": ("L2",)}))
    assert [row.code for row in counted.rows] == ["L2"]
    assert counted.column_totals == {"3": 1}
    assert counted.cell("L2", "3").share_of_column == 1


def test_a_reference_is_read_from_either_side(three):
    straight, turned = matrix(), matrix(sides=("goal", "line"))
    assert {(r, c) for c, r in turned.links} == straight.links
    assert turned.cell("1", "L1").link is straight.cell("L1", "1").link
    assert [(link.row.code, link.column.code) for link in turned.gaps] == [("L1", "1"), ("L2", "2")]
    assert straight.kinds == turned.kinds


def test_there_is_no_reference_of_where_owners_are(three):
    assert matrix(sides=("line", "from-region")).reference is None
    assert matrix(sides=("line", "line")).reference is None


def test_unknown_sides_make_no_matrix(three):
    assert matrix(sides=("line", "colour")) is None


def test_a_term_against_itself_is_not_judged(three):
    counted = matrix(sides=("line", "line"))
    assert counted.cell("L1", "L1").judgement.standing is Standing.SAME
    assert counted.cell("L1", "L1").count == counted.row_totals["L1"]


def test_squares_that_are_empty_by_nature_are_not_judged(register):
    """An entry has one status: that none has two of them says nothing."""
    for status in ("ongoing", "completed"):
        for _ in range(15):
            register.add(terms=(TermValue("status", status, Basis.OWNER),))
    register.index()
    counted = matrix(sides=("status", "status"))
    assert counted.cell("ongoing", "completed").judgement.expected == 7.5
    assert counted.cell("ongoing", "completed").judgement.standing is Standing.TOO_FEW
    assert counted.telling == []


def test_words_mean_the_same_in_both_periods(register):
    """The list of 2023 alone would find any of the words, for want of both."""
    register.add("Village radio", lines="L1", goals="3")
    register.add("Village radio", lines="L1", goals="3")
    earlier = dt.datetime(2023, 5, 1, tzinfo=dt.UTC)
    register.add("Village water", lines="L1", goals="3", at=earlier)
    register.index()
    counted = matrix(Query(text="village radio"), period=read("2026"), against=read("2023"))
    assert (counted.total, counted.before.total) == (2, 0)
    assert counted.cell("L1", "3").difference == 2


def test_change_between_two_periods(three):
    counted = matrix(period=read("2026"), against=read("2023"))
    cell = counted.cell("L1", "3")
    assert (cell.count, cell.before, cell.difference) == (2, 0, 2)
    assert (cell.part, cell.part_before, cell.shift) == (1, 0, 1)
    assert counted.gaps == []


def test_periods_without_entries_are_zero(three):
    counted = matrix(period=read("2100"), against=read("1900"))
    assert (counted.total, counted.before.total) == (0, 0)
    assert counted.cell("L1", "3").shift == 0


def test_a_long_scheme_shows_what_most_entries_carry(three):
    country = Scheme.objects.get(slug="country")
    Term.objects.bulk_create(
        Term(scheme=country, code=f"X{number}", order=100 + number, title={"en": f"X {number}"})
        for number in range(40)
    )
    Revision.objects.update(number=7)
    reference.forget()
    counted = matrix(sides=("country", "line"))
    assert [row.code for row in counted.rows] == ["KE", "FR", "SD"]
    assert counted.rows_left_out == 0
    for number in range(40):
        three.add(countries=f"X{number} KE")
    three.index()
    counted = matrix(sides=("country", "line"))
    assert len(counted.rows) == 30
    assert counted.rows_left_out == 43 - 30
    assert "KE" in {row.code for row in counted.rows}
    assert len(matrix(sides=("country", "line"), all_terms=True).rows) == 43


def test_a_table_is_kept_until_the_index_changes(three):
    first = table(Query(), rows="line", columns="goal")
    assert table(Query(), rows="line", columns="goal") is first
    three.add()
    three.index()
    assert table(Query(), rows="line", columns="goal").total == first.total + 1


def test_a_table_of_misspelt_words_is_that_of_their_list(three):
    three.add("Telemedicine for islands")
    three.index()
    assert table(Query("telemedecine"), rows="line", columns="goal").total == 1


def test_what_narrows_a_matrix():
    assert is_whole(Query())
    assert is_whole(Query(filters={"line": ()}, sort="title", page=3))
    assert not is_whole(Query(text="x"))
    assert not is_whole(Query(filters={"line": ("L1",)}))
    assert not is_whole(Query(registered_from=1))
