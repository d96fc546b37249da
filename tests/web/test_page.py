"""Texts of the site."""

import pytest
from django.utils import translation
from django.utils.translation import gettext
from tests.factories.entries import AT

from stocktaking.pages.models import Page, PageText

pytestmark = pytest.mark.django_db


@pytest.fixture
def about():
    page = Page.objects.create(slug="about")
    PageText.objects.create(
        page=page, language="en", title="About this", body="It **is** a register.", changed_at=AT
    )
    return page


def test_page_is_shown_in_its_language(about, visit):
    page = visit("/en/about/").content.decode()
    assert "<h1 >About this</h1>" in page
    assert "<strong>is</strong>" in page
    assert 'href="/en/about/" aria-current="true"' in page
    assert 'href="/en/about/" aria-current="page"' in page


def test_page_in_another_language_is_marked(about, visit):
    page = visit("/ar/about/").content.decode()
    assert '<article class="prose own" lang="en" dir="ltr">' in page
    with translation.override("ar"):
        assert gettext("This text is not yet available in your language.") in page


def test_page_changes_its_tag_with_its_text(about, visit):
    tag = visit("/en/about/")["ETag"]
    assert visit("/en/about/", **{"if-none-match": tag}).status_code == 304


def test_unknown_page_is_not_found(about, visit):
    assert visit("/en/nowhere/").status_code == 404
