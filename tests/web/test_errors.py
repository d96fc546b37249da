"""Pages for what went wrong, in six languages."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import path
from tests.factories.entries import AT

from stocktaking.config import urls as site
from stocktaking.kernel import languages
from stocktaking.pages.models import Page, PageText, Redirect
from stocktaking.web.views import errors


def explode(request):
    raise RuntimeError("planted")


def refuse(request):
    raise PermissionDenied


def suspect(request):
    raise SuspiciousOperation


urlpatterns = [
    *site.urlpatterns,
    path("planted/500", explode),
    path("planted/403", refuse),
    path("planted/400", suspect),
]
handler400, handler403 = site.handler400, site.handler403
handler404, handler500 = site.handler404, site.handler500


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("code", languages.CODES)
def test_failure_needs_no_database(code, django_assert_num_queries, caplog):
    """Without the database mark, any query would be an error of its own."""
    client = Client(raise_request_exception=False)
    response = client.get("/planted/500", headers={"accept-language": code})
    page = response.content.decode()
    assert response.status_code == 500
    assert f'<html lang="{code}"' in page
    assert "<code>" in page
    assert "planted" not in page.replace("/planted/500", "")
    assert 'rel="stylesheet"' in page


@pytest.mark.urls(__name__)
def test_bad_request_is_explained():
    response = Client().get("/planted/400")
    assert response.status_code == 400
    assert "Error 400." in response.content.decode()


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_refusal_is_explained():
    response = Client().get("/planted/403")
    assert response.status_code == 403
    assert "Error 403." in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("code", languages.CODES)
def test_missing_page_is_told_in_the_language_of_its_address(client, code):
    response = client.get(f"/{code}/nothing/at/all/")
    page = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{code}"' in page
    assert 'content="noindex, follow"' in page
    assert 'rel="canonical"' not in page


@pytest.mark.django_db
def test_language_switch_of_a_missing_page_keeps_the_address(client):
    page = client.get("/en/nothing/at/all/?q=1").content.decode()
    assert 'href="/fr/nothing/at/all/?q=1"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/old-about/", "/old-about/", "/old-about"])
def test_moved_address_is_forwarded_for_good(client, address):
    Redirect.objects.create(path="/old-about/", target="/about/")
    response = client.get(address)
    while response.status_code == 302:  # the language comes first
        response = client.get(response["Location"])
    assert response.status_code == 301
    assert response["Location"] == "/en/about/"


@pytest.mark.django_db
def test_address_without_its_language_is_completed_in_chinese_too(client):
    response = client.get("/entries/", {"q": "x"}, headers={"accept-language": "zh-CN"})
    assert response.status_code == 302
    assert response["Location"] == "/zh/entries/?q=x"


@pytest.mark.django_db
def test_page_of_the_site_without_its_language_is_completed(client):
    page = Page.objects.create(slug="about")
    PageText.objects.create(page=page, language="en", title="About", body="x", changed_at=AT)
    response = client.get("/about/", headers={"accept-language": "zh-CN"})
    assert response["Location"] == "/zh/about/"


@pytest.mark.django_db
def test_post_to_nowhere_is_not_forwarded(client):
    Redirect.objects.create(path="/old-about/", target="/about/")
    assert client.post("/en/old-about/more/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/en/%00/", "/en/%ff%fe/", "/en/" + "a" * 3000 + "/", "/en/entries/%2e%2e/x"]
)
def test_odd_addresses_get_a_useful_page(client, address):
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert "<h1>" in response.content.decode()


@pytest.mark.django_db
def test_form_without_its_protection_is_refused_with_a_way_back():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/account/sign-in/", {"email": "a@example.org"})
    assert response.status_code == 403
    assert "Nothing was changed." in response.content.decode()


@pytest.mark.django_db
def test_gone_is_told(register):
    request = RequestFactory().get("/en/x/")
    response = errors.gone(request)
    assert response.status_code == 410
    assert "Error 410." in response.content.decode()
