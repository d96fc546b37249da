"""Pages as readers see them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from stocktaking.kernel import languages
from stocktaking.pages.models import Page, PageText
from stocktaking.pages.operations import load_pages
from stocktaking.pages.queries import page, page_rows, page_source

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def text(slug: str, language: str, body: str = "Body") -> None:
    row, _ = Page.objects.get_or_create(slug=slug)
    PageText.objects.create(page=row, language=language, title=language, body=body, changed_at=AT)


@pytest.mark.parametrize(
    ("known", "wanted", "given"),
    [(("en", "fr"), "fr", "fr"), (("en", "fr"), "ar", "en"), (("ru", "zh"), "es", "zh")],
)
def test_the_next_best_language_is_given(known: tuple[str, ...], wanted: str, given: str) -> None:
    for language in known:
        text("about", language)
    found = page("about", wanted)
    assert found is not None
    assert (found.language, found.title) == (given, given)


def test_a_page_that_is_not_there_is_none() -> None:
    assert page("nowhere", "en") is None
    assert page_source("nowhere", "en") is None


def test_markup_of_the_writer_is_not_executed() -> None:
    text("about", "en", "<script>alert(1)</script> [x](javascript:alert(1))")
    found = page("about", "en")
    assert found is not None
    assert "<script" not in found.html
    assert 'href="javascript' not in found.html


def test_organiser_and_contact_come_from_the_settings(settings: Settings) -> None:
    settings.ORGANISER, settings.CONTACT = "Ministry of *Everything*", "desk@example.org"
    text("about", "en", "{{ organiser }}: {{ contact }}")
    found = page("about", "en")
    assert found is not None
    assert 'Ministry of *Everything*: <a href="mailto:desk@example.org"' in found.html


def test_every_shipped_page_opens_in_every_language_by_one_statement() -> None:
    load_pages(by=None, at=AT)
    for slug in Page.objects.values_list("slug", flat=True):
        for code in languages.CODES:
            with CaptureQueriesContext(connection) as asked:
                found = page(slug, code)
            assert found is not None
            assert found.language == code
            assert "{{" not in found.html
            assert len(asked) == 1


def test_rows_name_their_languages_in_two_statements() -> None:
    for language in ("fr", "en"):
        text("about", language)
    text("help", "ru")
    PageText.objects.filter(language="fr").update(changed_by_operator=True)
    with CaptureQueriesContext(connection) as asked:
        rows = page_rows("fr")
    assert [(r.slug, r.title, r.languages, r.changed) for r in rows] == [
        ("about", "fr", ("en", "fr"), ("fr",)),
        ("help", "ru", ("ru",), ()),
    ]
    assert len(asked) == 2


def test_source_of_a_missing_language_is_empty() -> None:
    text("about", "en")
    source = page_source("about", "fr")
    assert source is not None
    assert (source.missing, source.title, source.lock) == (True, "", 1)
