"""For which part of the register somebody holds a role, whatever the day."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.accounts import AT, person

from stocktaking.accounts import operations, queries
from stocktaking.accounts.permissions import in_scope
from stocktaking.accounts.rules.roles import Role
from stocktaking.reference.models import Crosswalk, Scheme, Term, TermMembership
from stocktaking.reference.queries import catalogue, forget

pytestmark = pytest.mark.django_db
TODAY = AT.date()
COUNTRIES = ("KE", "FJ", "SD")
REGIONS = ("AFR", "PAC", "EAST")  # EAST lies below AFR


def scheme(slug: str, codes: tuple[str, ...], *, below: dict[str, str] | None = None) -> Scheme:
    made = Scheme.objects.create(slug=slug, title={"en": slug})
    for order, code in enumerate(codes):
        parent = made.terms.filter(code=(below or {}).get(code, "")).first()
        Term.objects.create(scheme=made, code=code, order=order, parent=parent)
    return made


def belongs(group: str, member: str, first: dt.date | None, last: dt.date | None) -> None:
    TermMembership.objects.create(
        group=Term.objects.get(code=group),
        member=Term.objects.get(code=member),
        valid_from=first,
        valid_to=last,
    )


@pytest.fixture
def world(db):
    scheme("country", COUNTRIES)
    scheme("region", REGIONS, below={"EAST": "AFR"})
    line = scheme("line", ("L1", "L1-a", "L2"), below={"L1-a": "L1"})
    goal = scheme("goal", ("1",))
    Crosswalk.objects.create(slug="grid", rows=line, columns=goal, primary=True)
    scheme("colour", ("red",))
    belongs("PAC", "FJ", None, None)
    forget()


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 1, 20))
SPANS = st.tuples(
    st.sampled_from(REGIONS),
    st.sampled_from(COUNTRIES),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), DAYS),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spans=st.lists(SPANS, max_size=8, unique_by=lambda s: s[:3]),
    scopes=st.sets(st.sampled_from(REGIONS)),
    day=DAYS,
)
def test_region_covers_the_countries_of_that_day(world, spans, scopes, day):
    TermMembership.objects.all().delete()
    for group, member, first, last in spans:
        belongs(group, member, first, last)
    forget()
    own = scopes | ({"EAST"} if "AFR" in scopes else set())
    expected = {
        member
        for group, member, first, last in spans
        if group in own and (first is None or first <= day) and (last is None or day <= last)
    }
    found = queries.covered([("region", code) for code in scopes], on=day)
    assert {code for where, code in found if where == "country"} == expected
    assert {code for where, code in found if where == "region"} == own


def test_country_that_moves_changes_its_coordinator(world):
    belongs("AFR", "SD", None, dt.date(2026, 3, 1))
    belongs("PAC", "SD", dt.date(2026, 3, 2), None)
    forget()
    old = person(Role.COORDINATOR, scope=("region", "AFR"))
    new = person(Role.COORDINATOR, scope=("region", "PAC"))
    before = dt.date(2026, 3, 1)
    assert (in_scope(old, "SD", on=before), in_scope(new, "SD", on=before)) == (True, False)
    assert (in_scope(old, "SD", on=TODAY), in_scope(new, "SD", on=TODAY)) == (False, True)


def test_in_scope_takes_a_country_or_terms(world):
    of_kenya = person(Role.COORDINATOR, scope=("country", "KE"))
    of_line = person(Role.FACILITATOR, scope=("line", "L1"))
    assert in_scope(of_kenya, "KE", on=TODAY)
    assert not in_scope(of_kenya, "FJ", on=TODAY)
    assert not in_scope(of_kenya, [("line", "L1")], on=TODAY)
    assert in_scope(of_line, [("goal", "1"), ("line", "L1-a")], on=TODAY)
    assert not in_scope(of_line, [("line", "L2"), ("colour", "L1")], on=TODAY)
    assert not in_scope(of_line, [], on=TODAY)


@pytest.mark.parametrize("role", [None, Role.EXPERT, Role.MODERATOR, Role.ADMINISTRATOR])
def test_nobody_else_has_a_scope(world, role):
    who = person(role)
    assert queries.scopes_of(who, Role.COORDINATOR) == ()
    assert not in_scope(who, "KE", on=TODAY)
    assert not in_scope(None, "KE", on=TODAY)


def test_closed_account_has_no_scope(world):
    ada = person(Role.COORDINATOR, scope=("country", "KE"))
    ada.is_active = False
    assert queries.scopes_of(ada, Role.COORDINATOR) == ()
    assert not in_scope(ada, "KE", on=TODAY)


def test_scopes_of_one_role_are_sorted_and_apart(world):
    ada = person(Role.FACILITATOR, scope=("line", "L2"))
    for scope in (("region", "AFR"), ("country", "KE"), ("country", "FJ")):
        operations.grant_role(person=ada, role=Role.COORDINATOR, scope=scope, by=None, at=AT)
    assert queries.scopes_of(ada, Role.FACILITATOR) == (("line", "L2"),)
    assert queries.scopes_of(ada, Role.COORDINATOR) == (
        ("country", "FJ"),
        ("country", "KE"),
        ("region", "AFR"),
    )
    assert queries.countries_of(ada, on=TODAY) == {"FJ", "KE"}
    assert queries.lines_of(ada) == {("line", "L2")}


def test_in_scope_asks_the_database_once(world, django_assert_num_queries):
    ada = person(Role.COORDINATOR, scope=("region", "AFR"))
    catalogue()
    with django_assert_num_queries(1):
        in_scope(ada, "KE", on=TODAY)


def test_scope_choices_are_countries_and_what_groups_them(world):
    offered = {
        role: [scheme.slug for scheme, _terms in queries.scope_choices(role)] for role in Role
    }
    assert offered.pop(Role.COORDINATOR) == ["country", "region"]
    assert offered.pop(Role.FACILITATOR) == ["line"]
    assert not any(offered.values())
