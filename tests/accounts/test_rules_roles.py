from itertools import pairwise

import pytest
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

C = Capability
# the matrix, written down once more: who widens a role says so here as well
READER = {C.READ}
PERSON = READER | {C.HOLD_ACCOUNT, C.REPLY_TO_CALLS}
MODERATOR = PERSON | {
    C.SEE_DESK,
    C.SEE_UNPUBLISHED,
    C.EDIT_ENTRIES,
    C.PUBLISH_ENTRIES,
    C.WITHDRAW_ENTRIES,
    C.EDIT_ORGANISATIONS,
    C.SEE_QUEUE,
    C.MODERATE_REPLIES,
    C.MERGE_ENTRIES,
}
ORGANISER = MODERATOR | {
    C.EDIT_COLLECTIONS,
    C.IMPORT_ENTRIES,
    C.EDIT_PAGES,
    C.EDIT_REFERENCE,
    C.SUGGEST_ENTRIES,
    C.MANAGE_CALLS,
    C.MANAGE_QUESTIONNAIRES,
    C.MANAGE_CHECKS,
    C.SEE_MAIL,
}
EXPECTED = {
    Role.VISITOR: READER,
    Role.PERSON: PERSON,
    Role.ORGANISATION_EDITOR: PERSON | {C.EDIT_OWN_ORGANISATION},
    Role.COORDINATOR: PERSON | {C.ENDORSE_REPLIES},
    Role.FACILITATOR: PERSON | {C.SUGGEST_ENTRIES},
    Role.EXPERT: PERSON,
    Role.OBSERVER: PERSON | {C.SEE_QUEUE},
    Role.MODERATOR: MODERATOR,
    Role.ORGANISER: ORGANISER,
    Role.ADMINISTRATOR: ORGANISER | {C.MANAGE_MAIL, C.MERGE_PEOPLE, C.GRANT_ROLES, C.OPERATE},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("capability", Capability)
def test_permission_matrix_is_what_is_written_here(role, capability):
    assert (capability in GRANTS[role]) is (capability in EXPECTED[role])


def test_whoever_runs_the_register_holds_what_the_one_below_holds():
    line = [Role.VISITOR, Role.PERSON, Role.OBSERVER, Role.MODERATOR, Role.ORGANISER]
    for below, above in pairwise([*line, Role.ADMINISTRATOR]):
        assert GRANTS[below] < GRANTS[above]


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_each_staff_role_holds_what_a_person_holds(role):
    assert GRANTS[role] >= GRANTS[Role.PERSON]


def test_observer_decides_nothing():
    assert GRANTS[Role.OBSERVER] - GRANTS[Role.PERSON] == {C.SEE_QUEUE}


def test_every_capability_is_held_by_somebody():
    assert set().union(*GRANTS.values()) == set(Capability)


def test_staff_only_is_what_people_and_editors_do_not_hold():
    open_to_all = GRANTS[Role.PERSON] | GRANTS[Role.ORGANISATION_EDITOR]
    assert {c for c in Capability if not staff_only(c)} == open_to_all


@given(st.sets(st.sampled_from(Role)), st.sets(st.sampled_from(Role)))
def test_capabilities_add_up(some, others):
    assert capabilities(some | others) == capabilities(some) | capabilities(others)
