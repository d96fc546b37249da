"""Every number of a trend agrees with SQL that knows nothing of the index."""

import datetime as dt
import random
from collections import Counter, defaultdict

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import accounts
from tests.factories.entries import AT

from stocktaking.entries.models import Entry, EntryTerm, EntryText
from stocktaking.entries.states import EntryState
from stocktaking.insight.queries.trends import NAMES, Trend, trend
from stocktaking.reference.models import Term
from stocktaking.search import operations as search
from stocktaking.search.rules.values import Query

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 28)
STATED = ("line", "goal", "technology", "target-group", "status", "country")
YEAR = "substr(cast(e.registered_on as char(10)), 1, 4)"
FILTERS = {
    "": "",
    "goal": " AND EXISTS (SELECT 1 FROM entries_entryterm f JOIN reference_term ft ON ft.id ="
    " f.term_id WHERE f.entry_id = e.number AND ft.code = '1')",
    "registered": " AND e.registered_on >= '2012-01-01' AND e.registered_on <= '2019-06-30'",
}


def queries() -> dict[str, Query]:
    return {
        "": Query(),
        "goal": Query(filters={"goal": ("1",)}),
        "registered": Query(
            registered_from=dt.date(2012, 1, 1).toordinal(),
            registered_to=dt.date(2019, 6, 30).toordinal(),
        ),
    }


def fill(dice: random.Random, size: int) -> None:
    """Rows without any operation: what is counted must not depend on how it came in."""
    terms: dict[str, list[Term]] = defaultdict(list)
    for term in Term.objects.filter(assignable=True).select_related("scheme"):
        terms[term.scheme.slug].append(term)
    bodies = [
        accounts.organisation(type=kind, country=country)
        for kind in (*(one.code for one in terms["stakeholder"]), "")
        for country in (*(one.code for one in terms["country"]), "")
    ]
    for _ in range(size):
        day = dt.date(dice.randint(2003, 2026), dice.randint(1, 11), dice.randint(1, 28))
        entry = Entry.objects.create(
            state=dice.choice([EntryState.PUBLISHED] * 4 + [EntryState.WITHDRAWN]),
            slug="one",
            original_language="en",
            organisation=dice.choice([*bodies, None]),
            registered_on=day,
            registered_on_assumed=dice.random() < 0.3,
            start=dice.choice([None, day]),
            start_precision="year",
            end=dice.choice([None, day + dt.timedelta(days=dice.randint(0, 2000))]),
            end_precision="year",
            published_version=1,
            created_at=AT,
            changed_at=AT,
        )
        EntryText.objects.create(entry=entry, language="en", title="One", summary="Of many.")
        for slug in STATED:
            most = 1 if slug == "status" else len(terms[slug])
            for term in dice.sample(terms[slug], dice.randint(0, most)):
                EntryTerm.objects.create(entry=entry, term=term, basis="owner")


def rows(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [tuple(row) for row in cursor.fetchall()]


def by_year(condition: str) -> dict[str, int]:
    said = f"SELECT {YEAR}, count(*) FROM entries_entry e WHERE e.state = 'published'{condition} GROUP BY 1"  # noqa: E501, S608 - our own words
    return dict(rows(said))


def by_term(scheme: str, condition: str) -> Counter[tuple[str, str]]:
    """Entries by code and year of registration."""
    said = f"""SELECT t.code, {YEAR}, count(DISTINCT e.number) FROM entries_entry e
        JOIN entries_entryterm c ON c.entry_id = e.number JOIN reference_term t ON t.id = c.term_id
        JOIN reference_scheme s ON s.id = t.scheme_id
        WHERE e.state = 'published' AND s.slug = '{scheme}'{condition} GROUP BY 1, 2"""  # noqa: S608
    return Counter({(code, year): count for code, year, count in rows(said)})


def by_body(column: str, condition: str) -> Counter[str]:
    """Entries by the code of a term of their organisation."""
    said = f"""SELECT t.code, count(*) FROM entries_entry e JOIN accounts_organisation o
        ON o.number = e.organisation_id JOIN reference_term t ON t.id = o.{column}
        WHERE e.state = 'published'{condition} GROUP BY 1"""  # noqa: S608
    return Counter(dict(rows(said)))


def by_region_of_body(condition: str) -> Counter[str]:
    """The region of the seat; academia counts as a region of its own in this framework."""
    said = f"""SELECT CASE WHEN k.code = 'academia' THEN 'INT' ELSE g.code END, count(*)
        FROM entries_entry e JOIN accounts_organisation o ON o.number = e.organisation_id
        LEFT JOIN reference_term k ON k.id = o.type_id
        LEFT JOIN reference_termmembership m ON m.member_id = o.country_id AND m.group_id IN (
            SELECT t.id FROM reference_term t JOIN reference_scheme s ON s.id = t.scheme_id
            WHERE s.slug = 'region')
        LEFT JOIN reference_term g ON g.id = m.group_id
        WHERE e.state = 'published'{condition} GROUP BY 1"""  # noqa: S608
    return Counter({code: count for code, count in rows(said) if code})


def table(found: Trend | None, key: str) -> dict[str, dict[str, object]]:
    """The rows of a trend by the value of one of its columns."""
    assert found is not None
    codes = [column.code for column in found.columns]
    held = [dict(zip(codes, row.values, strict=True)) for row in found.rows]
    return {str(row[key]): row for row in held}


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seed=st.integers(0, 10**6), size=st.integers(0, 40), name=st.sampled_from(sorted(FILTERS)))
def test_numbers_of_trends_agree_with_sql(wide, seed, size, name):
    with transaction.atomic():
        fill(random.Random(seed), size)
        search.rebuild()
        agrees(FILTERS[name], queries()[name])
        transaction.set_rollback(True)


def agrees(condition: str, query: Query) -> None:
    made = {one: trend(one, query, "en", TODAY) for one in NAMES}
    years = by_year(condition)
    total = sum(years.values())
    assert {found.total for found in made.values() if found} == {total}
    if not total:
        assert all(found.figure is None for found in made.values() if found)
        return
    entries = table(made["entries"], "registered")
    assert {year: row["entries"] for year, row in entries.items() if row["entries"]} == years
    assert [row.values[2] for row in made["total"].rows][-1] == total
    statuses = by_term("status", condition)
    for year, row in entries.items():
        for code in ("ongoing", "completed"):
            assert row.get(code, statuses[code, year]) == statuses[code, year]
        if "not_stated" in row:
            stated = sum(n for (_code, then), n in statuses.items() if then == year)
            assert row["not_stated"] == row["entries"] - stated
    lines = by_term("line", condition)
    for code, row in table(made["lines"], "code").items():
        for year in entries:
            assert row[year] == lines[code, year]
    for one, scheme in (
        ("goals", "goal"), ("technologies", "technology"), ("target-groups", "target-group"),
    ):  # fmt: skip
        counted = by_term(scheme, condition)
        for code, row in table(made[one], "code").items():
            count = sum(n for (held, _year), n in counted.items() if held == code)
            assert row["entries"] == count
            assert row["share"] == pytest.approx(count / total)
    places(made, condition)
    active(made["active"], condition)


def places(made: dict[str, Trend | None], condition: str) -> None:
    seats = by_body("country_id", condition)
    from_countries = table(made["from-countries"], "code")
    assert {code: row["entries"] for code, row in from_countries.items()} == dict(seats)
    regions = by_region_of_body(condition)
    for code, row in table(made["from-regions"], "code").items():
        assert row["entries"] == regions[code]
    if made["stakeholders"]:
        kinds = by_body("type_id", condition)
        for code, row in table(made["stakeholders"], "code").items():
            assert row["entries"] == kinds[code]
    works = by_term("country", condition)
    for code, row in table(made["coverage"], "code").items():
        assert row["entries_from"] == seats[code]
        assert row["entries_work"] == sum(n for (held, _), n in works.items() if held == code)
    for code, row in table(made["works-regions"], "code").items():
        country = {"AFR": "KE", "EUR": "FR", "ARB": "SD"}.get(code)
        assert row["entries"] == sum(n for (held, _), n in works.items() if held == country)


def active(found: Trend | None, condition: str) -> None:
    """A start alone counts for its year, or until today where the project is ongoing."""
    said = f"""SELECT substr(cast(e.start as char(10)), 1, 4),
        substr(cast(e.{connection.ops.quote_name("end")} as char(10)), 1, 4),
        EXISTS (SELECT 1 FROM entries_entryterm c JOIN reference_term t ON t.id = c.term_id
            WHERE c.entry_id = e.number AND t.code = 'ongoing')
        FROM entries_entry e WHERE e.state = 'published'{condition}"""  # noqa: S608
    counted: Counter[str] = Counter()
    for start, end, ongoing in rows(said.replace("e.start", 'e."start"')):
        begins, ends = int(start or end or 0), int(end or (9999 if ongoing else start or 0))
        counted.update(str(y) for y in range(max(begins, 1), min(ends, TODAY.year) + 1) if begins)
    held = table(found, "year") if found else {}
    assert {year: row["active"] for year, row in held.items() if row["active"]} == {
        year: count for year, count in counted.items() if int(year) > TODAY.year - 40
    }
