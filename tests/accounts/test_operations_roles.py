import pytest
from tests.factories.accounts import AT, person, usual_scope

from stocktaking.accounts import operations
from stocktaking.accounts.queries import grants, permission_table, roles_of, scopes_of
from stocktaking.accounts.rules.roles import STAFF_ROLES, Capability, Role
from stocktaking.accounts.rules.scopes import SCOPED_ROLES, written
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_grant_role_is_told_once(role):
    boss, ada, scope = person(Role.ADMINISTRATOR), person(), usual_scope(role)
    for _ in range(2):
        operations.grant_role(person=ada, role=role, scope=scope, by=boss, at=AT)
    assert role in roles_of(ada)
    told = HistoryRecord.objects.get(verb="role_granted", object_id=str(ada.pk))
    detail = {"role": role.value} | ({"scope": written(scope)} if scope else {})
    assert (told.actor_id, told.detail) == (boss.pk, detail)


@pytest.mark.parametrize("role", sorted(SCOPED_ROLES))
def test_grant_role_asks_for_a_scope_where_the_role_has_one(terms, role):
    with pytest.raises(RuleBroken) as refused:
        operations.grant_role(person=person(), role=role, by=None, at=AT)
    assert (refused.value.code, refused.value.field) == ("scope_missing", "scope")


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.MODERATOR, ("country", "KE")),
        (Role.COORDINATOR, ("country", "XX")),
        (Role.COORDINATOR, ("stakeholder", "government")),
        (Role.COORDINATOR, ("line", "L1")),
        (Role.FACILITATOR, ("country", "KE")),
        (Role.FACILITATOR, ("goal", "1")),
    ],
)
def test_grant_role_refuses_a_scope_that_does_not_fit(terms, role, scope):
    usual_scope(Role.FACILITATOR)
    ada = person()
    with pytest.raises(RuleBroken) as refused:
        operations.grant_role(person=ada, role=role, scope=scope, by=None, at=AT)
    assert refused.value.code == "scope_unfit"
    assert roles_of(ada) == {Role.VISITOR, Role.PERSON}


def test_revoke_role_takes_one_scope_or_all(terms):
    ada = person(Role.COORDINATOR, scope=("country", "KE"))
    other = person(Role.COORDINATOR, scope=("country", "KE"))
    told = {"person": ada, "role": Role.COORDINATOR, "by": None, "at": AT}
    operations.grant_role(scope=("country", "FJ"), **told)
    operations.revoke_role(scope=("country", "KE"), **told)
    assert scopes_of(ada, Role.COORDINATOR) == (("country", "FJ"),)
    operations.grant_role(scope=("country", "KE"), **told)
    operations.revoke_role(**told)
    assert Role.COORDINATOR not in roles_of(ada)
    assert Role.COORDINATOR in roles_of(other)


@pytest.mark.parametrize("role", [None, Role.ORGANISATION_EDITOR, Role.MODERATOR, Role.ORGANISER])
def test_grant_role_is_for_administrators(role):
    by, ada = person(role), person()
    with pytest.raises(NotAllowed):
        operations.grant_role(person=ada, role=Role.MODERATOR, by=by, at=AT)
    with pytest.raises(NotAllowed):
        operations.revoke_role(person=ada, role=Role.MODERATOR, by=by, at=AT)
    assert roles_of(ada) == {Role.VISITOR, Role.PERSON}


@pytest.mark.parametrize("role", [Role.VISITOR, Role.PERSON, Role.ORGANISATION_EDITOR])
def test_grant_role_gives_staff_roles_only(role):
    with pytest.raises(RuleBroken) as refused:
        operations.grant_role(person=person(), role=role, by=None, at=AT)
    assert refused.value.code == "role_not_granted"


def test_grant_role_refuses_a_closed_account():
    ada = person()
    ada.is_active = False
    ada.save()
    with pytest.raises(RuleBroken):
        operations.grant_role(person=ada, role=Role.MODERATOR, by=None, at=AT)


def test_revoke_role_keeps_the_last_administrator():
    first, second = person(Role.ADMINISTRATOR), person(Role.ADMINISTRATOR)
    operations.revoke_role(person=second, role=Role.ADMINISTRATOR, by=first, at=AT)
    with pytest.raises(RuleBroken) as refused:
        operations.revoke_role(person=first, role=Role.ADMINISTRATOR, by=first, at=AT)
    assert refused.value.code == "last_administrator"
    assert Role.ADMINISTRATOR in roles_of(first)


def test_revoke_role_not_held_changes_nothing():
    boss, ada = person(Role.ADMINISTRATOR), person()
    before = HistoryRecord.objects.count()
    operations.revoke_role(person=ada, role=Role.ADMINISTRATOR, by=boss, at=AT)
    assert HistoryRecord.objects.count() == before


def test_grants_lists_who_holds_what():
    ada = person(Role.MODERATOR, email="ada@example.org")
    boss = person(Role.ADMINISTRATOR)
    assert [(g.person, g.role) for g in grants()] == [
        (boss, Role.ADMINISTRATOR),
        (ada, Role.MODERATOR),
    ]


def test_permission_table_has_a_row_for_each_capability():
    table = {row.capability: dict(zip(Role, row.held, strict=True)) for row in permission_table()}
    assert set(table) == set(Capability)
    assert all(table[Capability.READ].values())
    assert [role for role, held in table[Capability.GRANT_ROLES].items() if held] == [
        Role.ADMINISTRATOR
    ]
