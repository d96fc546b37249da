"""``stocktaking person``."""

import json

import pytest
from click.testing import CliRunner, Result
from tests.factories.accounts import person, usual_scope

from stocktaking.accounts.models import Person
from stocktaking.accounts.queries import roles_of, scopes_of
from stocktaking.accounts.rules.roles import Role
from stocktaking.console.main import cli

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["person", *arguments])


def test_first_administrator_is_made_on_the_console():
    assert run("register", "boss@example.org", "--name", "Boss").exit_code == 0
    assert run("grant", "boss@example.org", "administrator").exit_code == 0
    assert Role.ADMINISTRATOR in roles_of(Person.objects.get())


def test_coordinator_is_granted_for_a_country():
    ada = person(email="ada@example.org")
    usual_scope(Role.COORDINATOR)
    assert "[scope_missing]" in run("grant", ada.email, "coordinator").stderr
    assert run("grant", ada.email, "coordinator", "--for", "KE").exit_code == 2
    assert run("grant", ada.email, "coordinator", "--for", "country:KE").exit_code == 0
    assert scopes_of(ada, Role.COORDINATOR) == (("country", "KE"),)
    assert run("revoke", ada.email, "coordinator", "--for", "country:KE").exit_code == 0
    assert scopes_of(ada, Role.COORDINATOR) == ()


def test_register_twice_is_refused_with_a_code():
    run("register", "boss@example.org")
    again = run("register", "boss@example.org")
    assert again.exit_code == 1
    assert "[email_taken]" in again.stderr


def test_revoke_keeps_the_last_administrator():
    person(Role.ADMINISTRATOR, email="boss@example.org")
    refused = run("revoke", "boss@example.org", "administrator")
    assert refused.exit_code == 1
    assert "[last_administrator]" in refused.stderr


def test_export_writes_json():
    person(email="ada@example.org")
    assert json.loads(run("export", "ada@example.org").stdout)["account"]["name"] == "Ada Person"


def test_erase_asks_unless_told():
    person(email="ada@example.org")
    assert run("erase", "ada@example.org").exit_code == 1
    assert run("erase", "ada@example.org", "--dry-run").output == "would erase 1\n"
    assert Person.objects.exists()
    assert run("erase", "ADA@example.org", "--yes").output == "erased 1\n"
    assert not Person.objects.exists()


@pytest.mark.parametrize("verb", ["export", "erase"])
def test_unknown_address_is_an_error(verb):
    result = run(verb, "nobody@example.org")
    assert result.exit_code == 1
    assert "nobody has the address" in result.stderr
