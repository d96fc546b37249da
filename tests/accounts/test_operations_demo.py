import datetime as dt

import pytest
from tests.factories import entries
from tests.factories.accounts import AT, usual_scope

from stocktaking.accounts import operations
from stocktaking.accounts.models import OneTimeLink, Person
from stocktaking.accounts.queries import roles_of, scopes_of
from stocktaking.accounts.rules.roles import Role
from stocktaking.accounts.rules.scopes import written
from stocktaking.kernel.errors import RuleBroken
from stocktaking.reference.models import Crosswalk
from stocktaking.reference.queries import forget

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    entries.framework()
    usual_scope(Role.FACILITATOR)
    settings.DEMO = True


def token_of(account) -> str:
    return account.link.rstrip("/").rsplit("/", 1)[1]


def test_make_demo_accounts_makes_one_per_role(demo):
    accounts = operations.make_demo_accounts(at=AT)
    assert [account.role for account in accounts] == [r for r in Role if r is not Role.VISITOR]
    for account in accounts:
        made = Person.objects.get(email=account.email)
        assert account.email.endswith("@example.org")
        assert account.role in roles_of(made)
        assert account.link.startswith("http://127.0.0.1:8000/en/account/once/")


def test_make_demo_accounts_gives_scopes_and_leaves_out_what_has_none(demo):
    accounts = {account.role: account for account in operations.make_demo_accounts(at=AT)}
    for role, scope in ((Role.COORDINATOR, "region:AFR"), (Role.FACILITATOR, "line:L1")):
        made = Person.objects.get(email=accounts[role].email)
        assert [written(key) for key in scopes_of(made, role)] == [scope]
    Crosswalk.objects.all().delete()
    forget()
    assert Role.FACILITATOR not in {a.role for a in operations.make_demo_accounts(at=AT)}


def test_make_demo_accounts_twice_renews_the_links(demo):
    old = operations.make_demo_accounts(at=AT)
    new = operations.make_demo_accounts(at=AT)
    assert Person.objects.count() == OneTimeLink.objects.count() == len(Role) - 1
    with pytest.raises(RuleBroken):
        operations.use_one_time_link(token=token_of(old[0]), at=AT)
    operations.use_one_time_link(token=token_of(new[0]), at=AT)


def test_one_time_link_keeps_no_token(demo):
    token = token_of(operations.make_demo_accounts(at=AT)[0])
    assert len(token) >= 43  # 256 bits
    assert not OneTimeLink.objects.filter(token_hash__contains=token).exists()


@pytest.mark.parametrize("late", [dt.timedelta(hours=24), dt.timedelta(days=9)])
def test_one_time_link_works_once_and_for_a_day(demo, late):
    accounts = operations.make_demo_accounts(at=AT)
    token = token_of(accounts[0])
    just = AT + dt.timedelta(hours=23, minutes=59)
    assert operations.use_one_time_link(token=token, at=just).person.email == accounts[0].email
    for spent, moment in ((token, just), (token_of(accounts[1]), AT + late), ("x", AT)):
        with pytest.raises(RuleBroken) as refused:
            operations.use_one_time_link(token=spent, at=moment)
        assert refused.value.code == "link_spent"


def test_demo_accounts_exist_in_a_demo_only(settings):
    settings.DEMO = False
    with pytest.raises(RuleBroken) as refused:
        operations.make_demo_accounts(at=AT)
    assert refused.value.code == "not_a_demo"
    with pytest.raises(RuleBroken):
        operations.use_one_time_link(token="x", at=AT)
    assert not Person.objects.exists()
