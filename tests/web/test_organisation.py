"""Organisations: list and page."""

import pytest
from tests.factories import accounts
from tests.factories.entries import AT

from stocktaking.accounts import operations
from stocktaking.reference import queries as reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(register):
    found = accounts.organisation("Village Telecom")
    register.add("Mast one", organisation=found.number, countries="KE FR", lines="L1", goals="3")
    register.add("Mast two", organisation=found.number, countries="KE")
    register.add("Another")
    register.index()
    return found


def test_organisation_shows_its_entries_and_where(owner, visit):
    page = visit(f"/en/organisations/{owner.number}-{owner.slug}/").content.decode()
    assert "<h1><bdi>Village Telecom</bdi></h1>" in page
    assert "2 entries" in page
    assert "Mast one" in page
    assert "Another" not in page
    assert f"/en/entries/?organisation={owner.number}" in page
    assert 'class="sig heat"' in page
    assert 'class="map"' in page


@pytest.mark.parametrize("ending", ["-other/", "/", "-/"])
def test_wrong_slug_is_forwarded(owner, visit, ending):
    response = visit(f"/fr/organisations/{owner.number}{ending}")
    assert response.status_code == 301
    assert response["Location"] == f"/fr/organisations/{owner.number}-{owner.slug}/"


def test_merged_organisation_is_forwarded(owner, visit):
    twin = accounts.organisation("Village Telecom Ltd")
    operations.merge_organisations(kept=owner.number, merged=twin.number, by=None, at=AT)
    response = visit(f"/en/organisations/{twin.number}-{twin.slug}/")
    assert response.status_code == 301
    assert response["Location"] == f"/en/organisations/{owner.number}-{owner.slug}/"


@pytest.mark.parametrize("number", ["999999", "0", "99999999999999999999"])
def test_unknown_number_is_not_found(owner, visit, number):
    assert visit(f"/en/organisations/{number}-x/").status_code == 404


def test_organisation_without_entries_says_so(register, visit):
    found = accounts.organisation("Empty Hands")
    page = visit(f"/en/organisations/{found.number}-{found.slug}/").content.decode()
    assert "No published entry yet." in page


def test_list_finds_by_part_of_the_name_and_says_how_many(owner, visit):
    accounts.organisation("École numérique")
    page = visit("/en/organisations/", "q=ecole").content.decode()
    assert "1 organisation" in page
    assert "École numérique" in page
    assert "Village Telecom" not in page
    assert 'content="noindex, follow"' in page


def test_list_has_pages_and_an_end(register, visit):
    for number in range(53):
        accounts.organisation(f"Body {number:03}")
    first = visit("/en/organisations/").content.decode()
    assert 'href="/en/organisations/?page=2"' in first
    assert "Body 052" in visit("/en/organisations/", "page=2").content.decode()
    beyond = visit("/en/organisations/", "page=9999")
    assert beyond.status_code == 404
    assert "There is no such page." in beyond.content.decode()


@pytest.mark.parametrize("query", ["page=-1", "page=x", "q=%00%ff", f"q={'a' * 9000}"])
def test_list_survives_bad_parameters(register, visit, query):
    assert visit("/en/organisations/", query).status_code == 200


def test_page_asks_the_database_a_fixed_number_of_times(register, visit, django_assert_num_queries):
    found = accounts.organisation("Village Telecom")
    address = f"/en/organisations/{found.number}-{found.slug}/"
    for count in (1, 3):
        while len(register.made) < count:
            register.add(organisation=found.number)
        register.index()
        reference.catalogue()
        with django_assert_num_queries(6):
            assert visit(address).status_code == 200


def test_list_asks_the_database_a_fixed_number_of_times(register, visit, django_assert_num_queries):
    for count in (1, 3):
        for _ in range(count):
            accounts.organisation()
        reference.catalogue()
        with django_assert_num_queries(4):
            assert visit("/en/organisations/").status_code == 200
