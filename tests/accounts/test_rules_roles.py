from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stocktaking.accounts.rules.roles import (
    GRANTS,
    STAFF_ROLES,
    Capability,
    Role,
    capabilities,
    staff_only,
)


def test_each_staff_role_holds_what_the_one_below_holds():
    for below, above in pairwise([Role.VISITOR, Role.PERSON, *STAFF_ROLES]):
        assert GRANTS[below] < GRANTS[above]


def test_every_capability_is_held_by_somebody():
    assert set().union(*GRANTS.values()) == set(Capability)


def test_staff_only_is_what_people_and_editors_do_not_hold():
    open_to_all = GRANTS[Role.PERSON] | GRANTS[Role.ORGANISATION_EDITOR]
    assert {c for c in Capability if not staff_only(c)} == open_to_all


@given(st.sets(st.sampled_from(Role)), st.sets(st.sampled_from(Role)))
def test_capabilities_add_up(some, others):
    assert capabilities(some | others) == capabilities(some) | capabilities(others)
