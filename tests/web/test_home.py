"""The first page."""

import gzip

import pytest
from django.conf import settings

from stocktaking.calls.queries.kept import windows
from stocktaking.kernel import languages
from stocktaking.reference import queries as reference
from stocktaking.reference.models import Crosswalk, Revision

pytestmark = pytest.mark.django_db


def test_home_says_how_many_and_draws_the_grid(register, visit):
    register.add("Village net", lines="L1", goals="3")
    register.index()
    page = visit("/en/").content.decode()
    assert "<b>1 entry.</b> One grid." in page
    assert 'aria-label="1 entry: line L1, 3 goal 3"' in page
    assert "/en/entries/?goal=3&amp;line=L1" in page
    assert 'class="gap"' in page
    assert "Because L1 serves 1." in page
    assert page.count("Village net") == 2  # newest, and drawn
    assert "style=" not in page
    assert "<script" not in page


def test_home_leads_to_the_files(register, visit):
    page = visit("/en/").content.decode()
    for address in ("/en/entries.csv", "/en/entries.xlsx", "/en/entries.atom", "/en/matrix.csv"):
        assert f'href="{address}"' in page


def test_home_of_an_empty_register_invites(register, visit):
    response = visit("/en/")
    assert response.status_code == 200
    assert "<b>0 entries.</b>" in response.content.decode()


@pytest.mark.parametrize("code", languages.CODES)
def test_home_speaks_each_language(register, visit, code):
    register.add()
    register.index()
    page = visit(f"/{code}/").content.decode()
    direction = "rtl" if code == "ar" else "ltr"
    assert f'<html lang="{code}" dir="{direction}">' in page
    assert page.count('rel="alternate" href="http://127.0.0.1:8000/') == 7
    assert f'<link rel="canonical" href="{settings.BASE_URL}/{code}/">' in page


def test_home_without_a_crosswalk_is_a_list(register, visit):
    register.add("Village net")
    register.index()
    Crosswalk.objects.all().delete()
    Revision.objects.update(number=9)
    reference.forget()
    page = visit("/en/").content.decode()
    assert "One register." in page
    assert "Village net" in page
    assert "plate" not in page
    assert "/en/matrix" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_home_asks_the_database_as_often_for_one_as_for_three(
    register, visit, count, django_assert_num_queries
):
    for _ in range(count):
        register.add(countries="KE FR")
    register.index()
    reference.catalogue()
    windows()
    with django_assert_num_queries(11):
        assert visit("/en/").status_code == 200


def test_home_keeps_its_budget(register, visit):
    for number in range(12):
        register.add(lines="L1 L2", goals="1 2 3", countries="KE FR SD", title=f"Net {number}")
    register.index()
    for code in ("en", "ar"):
        assert len(gzip.compress(visit(f"/{code}/").content)) <= 20_000


@pytest.mark.parametrize(
    ("wanted", "code"),
    [("ar", "ar"), ("zh-CN,zh;q=0.9", "zh"), ("fr-CA", "fr"), ("de", "en"), ("", "en")],
)
def test_root_leads_to_the_best_language(client, wanted, code):
    response = client.get("/", headers={"accept-language": wanted})
    assert response.status_code == 302
    assert response["Location"] == f"/{code}/"
    assert "Accept-Language" in response["Vary"]
