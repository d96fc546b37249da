import pytest
from tests.factories import accounts

from stocktaking.accounts.models import Person, RoleGrant
from stocktaking.accounts.queries import ROLE_NAMES
from stocktaking.accounts.rules.roles import Role


def roles(person) -> set[str]:
    return set(RoleGrant.objects.filter(person=person).values_list("role", flat=True))


def test_list_finds_by_name_and_address(desk) -> None:
    accounts.person(name="Борис", email="boris@example.org")
    accounts.person(name="Clara", email="clara@example.net")
    assert "clara@example.net" not in desk("people/?q=борис").text
    assert "boris@example.org" in desk("people/?q=борис").text
    assert "Clara" in desk("people/?q=EXAMPLE.net").text
    assert "Clara" not in desk("people/?staff=1").text


def test_number_of_queries_is_the_same_for_one_and_three(statements) -> None:
    counts = []
    for number in (1, 3):
        for _ in range(number):
            accounts.person(Role.MODERATOR)
        counts.append(len(statements("people/")))
    assert counts[0] == counts[1]
    assert counts[0] <= 12


def test_role_is_granted_and_taken_back(desk, browser) -> None:
    person = accounts.person(name="<b>Boris</b>")
    page = desk(f"people/{person.pk}/")
    assert page.tree.findall(".//h1//b") == []
    address = f"/en/staff/people/{person.pk}/roles/organiser/"
    browser.post(address, {"act": "grant"})
    assert roles(person) == {"organiser"}
    browser.post(address, {"act": "revoke"})
    assert roles(person) == set()


def test_last_administrator_keeps_the_role(browser, administrator) -> None:
    address = f"/en/staff/people/{administrator.pk}/roles/administrator/"
    answer = browser.post(address, {"act": "revoke"}, follow=True)
    assert "The last administrator keeps the role." in answer.content.decode()
    assert roles(administrator) == {"administrator"}


def test_who_gives_the_role_away_is_led_out(browser, administrator) -> None:
    accounts.person(Role.ADMINISTRATOR)
    address = f"/en/staff/people/{administrator.pk}/roles/administrator/"
    answer = browser.post(address, {"act": "revoke"})
    assert answer.headers["Location"] == "/en/"
    assert roles(administrator) == set()


@pytest.mark.parametrize("role", ["visitor", "organisation_editor", "emperor"])
def test_other_roles_are_not_granted(browser, role) -> None:
    person = accounts.person()
    answer = browser.post(f"/en/staff/people/{person.pk}/roles/{role}/", {"act": "grant"})
    assert answer.status_code == 404
    assert roles(person) == set()


def test_coordinator_is_granted_for_a_region_and_line_for_a_facilitator(desk, browser) -> None:
    ada = accounts.person()
    offered = {o.get("value") for o in desk(f"people/{ada.pk}/").tree.iter() if o.get("value")}
    assert {"country:KE", "region:AFR", "line:L1"} <= offered
    assert "goal:1" not in offered
    for role, scope in (("coordinator", "region:AFR"), ("facilitator", "line:L1")):
        browser.post(f"/en/staff/people/{ada.pk}/roles/{role}/", {"act": "grant", "scope": scope})
        held = desk(f"people/{ada.pk}/").tree.findall(".//input[@name='scope']")
        assert scope in [field.get("value") for field in held]
    assert roles(ada) == {"coordinator", "facilitator"}
    address = f"/en/staff/people/{ada.pk}/roles/coordinator/"
    browser.post(address, {"act": "revoke", "scope": "region:AFR"})
    assert roles(ada) == {"facilitator"}


@pytest.mark.parametrize("scope", ["", "country", "country:XX", "goal:1", "line:L1"])
def test_coordinator_without_a_fitting_scope_is_refused(browser, scope) -> None:
    ada = accounts.person()
    address = f"/en/staff/people/{ada.pk}/roles/coordinator/"
    answer = browser.post(address, {"act": "grant", "scope": scope}, follow=True)
    assert 'class="note late"' in answer.content.decode()
    assert roles(ada) == set()


def test_permission_table_shows_every_role(desk) -> None:
    page = desk("people/")
    for name in ROLE_NAMES.values():
        assert str(name) in page.text


def test_two_accounts_are_merged_after_a_look(desk, browser) -> None:
    kept = accounts.person(email="kept@example.org", name="Kept")
    goes = accounts.person(Role.EXPERT, email="goes@example.org", name="<i>Goes</i>")
    place = f"/en/staff/people/{goes.pk}/merge/"
    page = desk(f"people/{goes.pk}/merge/?kept=KEPT@example.org")
    assert "goes@example.org" in page.text
    assert "Expert" in page.text
    assert page.tree.findall(".//i") == []
    assert Person.objects.filter(pk=goes.pk).exists()
    answer = browser.post(f"{place}confirm/", {"kept": kept.pk})
    assert answer.headers["Location"] == f"/en/staff/people/{kept.pk}/"
    assert roles(kept) == {"expert"}
    assert not Person.objects.filter(pk=goes.pk).exists()


@pytest.mark.parametrize("kept", ["", "nobody@example.org", "goes@example.org"])
def test_merging_into_nobody_leads_back(browser, kept) -> None:
    goes = accounts.person(email="goes@example.org")
    answer = browser.get(f"/en/staff/people/{goes.pk}/merge/", {"kept": kept})
    assert answer.headers["Location"] == f"/en/staff/people/{goes.pk}/"


@pytest.mark.parametrize("kept", ["", "x", "999999", "9" * 30])
def test_merging_refuses_made_up_numbers(browser, kept) -> None:
    goes = accounts.person()
    browser.post(f"/en/staff/people/{goes.pk}/merge/confirm/", {"kept": kept})
    assert Person.objects.filter(pk=goes.pk).exists()
