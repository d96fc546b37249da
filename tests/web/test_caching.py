"""Pages that everybody sees alike are named, kept, and renewed when something changes."""

import gzip

import pytest
from django.core.cache import caches
from tests.factories import accounts

from stocktaking.accounts.rules.roles import Role
from stocktaking.history.models import HistoryRecord
from stocktaking.pages.operations import load_pages
from stocktaking.reference import queries as reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(register):
    register.add("Village net")
    register.index()
    return register


def test_unchanged_page_is_answered_304(one, visit):
    first = visit("/en/")
    assert first["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(first["Vary"].split(", "))
    again = visit("/en/", **{"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]


def test_tag_moves_with_data_language_theme_and_framework(one, visit, client):
    tags = [visit("/en/")["ETag"], visit("/fr/")["ETag"], visit("/en/matrix/")["ETag"]]
    client.cookies["theme"] = "dark"
    tags.append(visit("/en/")["ETag"])
    client.cookies.clear()
    one.add()
    one.index()
    tags.append(visit("/en/")["ETag"])
    assert len(set(tags)) == len(tags)


def test_kept_page_needs_no_database(one, visit, django_assert_num_queries):
    first = visit("/en/")
    with django_assert_num_queries(0):
        again = visit("/en/")
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert "Content-Security-Policy" in again


def test_kept_page_is_sent_compressed_to_whoever_takes_it(one, visit):
    first = visit("/en/")
    packed = visit("/en/", **{"accept-encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == first.content


def test_kept_pages_do_not_mix_addresses(one, visit):
    assert visit("/en/matrix/").content != visit("/en/matrix/", "show=row").content


def test_page_of_somebody_signed_in_is_their_own(one, client):
    client.get("/en/")
    client.force_login(
        accounts.person(Role.MODERATOR),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    response = client.get("/en/")
    page = response.content.decode()
    assert "ETag" not in response
    assert "private" in response["Cache-Control"]
    assert "Sign in" not in page
    assert 'href="/en/staff/"' in page
    client.logout()
    assert "Sign in" in client.get("/en/").content.decode()


def test_visitor_gets_no_cookie(one, visit):
    response = visit("/en/")
    assert not response.cookies


def test_head_is_answered(one, client):
    response = client.head("/en/")
    assert response.status_code == 200
    assert response.content == b""


def test_forgotten_catalogue_changes_nothing(one, visit):
    tag = visit("/en/")["ETag"]
    reference.forget()
    assert visit("/en/")["ETag"] == tag


def test_page_that_names_the_organiser_moves_with_the_settings(one, visit, settings):
    load_pages(by=None, at=accounts.AT)
    first = visit("/en/privacy/")
    settings.ORGANISER, settings.CONTACT = "Ministry of Wells", "wells@example.org"
    again = visit("/en/privacy/", **{"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "Ministry of Wells" in again.content.decode()


def test_change_that_is_committed_late_moves_the_tag(one, visit):
    def told(number):
        HistoryRecord.objects.create(
            pk=number, at=accounts.AT, verb="v", object_type="t", object_id="1"
        )

    told(1_000_010)
    first = visit("/en/organisations/")
    told(1_000_005)  # numbered before, seen after
    assert visit("/en/organisations/")["ETag"] != first["ETag"]


def test_kept_feed_may_be_read_from_any_site(one, visit, django_assert_num_queries):
    first = visit("/en/entries.atom")
    with django_assert_num_queries(0):
        kept = visit("/en/entries.atom")
    assert kept["Access-Control-Allow-Origin"] == first["Access-Control-Allow-Origin"] == "*"
    assert kept["Content-Type"] == first["Content-Type"]


def test_pages_are_kept_apart_from_limits_on_signing_in(one, visit, django_assert_num_queries):
    visit("/en/")
    caches["default"].clear()
    with django_assert_num_queries(0):
        visit("/en/")
