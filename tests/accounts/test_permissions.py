import pytest
from tests.factories.accounts import AT, organisation, person

from stocktaking.accounts import operations
from stocktaking.accounts.permissions import can, require
from stocktaking.accounts.rules.roles import GRANTS, Capability, Role
from stocktaking.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_can_follows_the_table(role):
    who = {Role.VISITOR: lambda: None, Role.PERSON: person}.get(role, lambda: person(role))()
    assert {c for c in Capability if can(who, c)} == GRANTS[role]


def test_can_act_for_the_own_organisation_only():
    ada, own, other = person(), organisation(), organisation()
    operations.add_member(organisation=own, person=ada, by=None, at=AT)

    class Entry:
        organisation_id = own.number

    assert can(ada, Capability.EDIT_OWN_ORGANISATION, own)
    assert can(ada, Capability.EDIT_OWN_ORGANISATION, own.number)
    assert can(ada, Capability.EDIT_OWN_ORGANISATION, Entry())
    assert not can(ada, Capability.EDIT_OWN_ORGANISATION, other)


def test_can_is_no_for_a_closed_account():
    boss = person(Role.ADMINISTRATOR)
    boss.is_active = False
    assert not can(boss, Capability.HOLD_ACCOUNT)
    assert can(boss, Capability.READ)


def test_require_raises_not_allowed():
    require(person(Role.MODERATOR), Capability.SEE_DESK)
    with pytest.raises(NotAllowed):
        require(person(), Capability.SEE_DESK)
