"""Loading shipped texts, revising them, going back; addresses that moved."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from tests.factories import accounts

from stocktaking.accounts.rules.roles import Role
from stocktaking.history.models import HistoryRecord
from stocktaking.kernel.errors import NotAllowed, RuleBroken, RulesBroken, StaleVersion
from stocktaking.pages.models import Page, PageText
from stocktaking.pages.operations import load_pages, revert_page, revise_page, set_redirect
from stocktaking.pages.queries import page_source, redirect_for
from stocktaking.pages.signals import page_revised

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for slug, language, text in (
        ("about", "en", "One"),
        ("about", "fr", "Un"),
        ("help", "en", "H"),
    ):
        path = tmp_path / slug / f"{language}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {text}\n\nBody of {text}.\n")
    return tmp_path


def revise(**known: Any) -> Page:
    given = {
        "slug": "about", "language": "en", "title": "Ours", "body": "Our words.", "by": None,
        "at": LATER, "based_on": Page.objects.get(slug="about").lock,
    }  # fmt: skip
    return revise_page(**{**given, **known})


def test_loading_twice_changes_nothing(folder: Path) -> None:
    first = load_pages(by=None, at=AT, folder=folder)
    assert str(first) == "created 3, updated 0, unchanged 0, refused 0"
    told = HistoryRecord.objects.count()
    again = load_pages(by=None, at=LATER, folder=folder)
    assert str(again) == "created 0, updated 0, unchanged 3, refused 0"
    assert HistoryRecord.objects.count() == told == 2
    assert set(Page.objects.values_list("slug", "shipped")) == {("about", True), ("help", True)}


def test_shipped_texts_load() -> None:
    assert load_pages(by=None, at=AT).created == 30


def test_a_newer_text_comes_but_the_operators_stays(folder: Path) -> None:
    load_pages(by=None, at=AT, folder=folder)
    revise()
    for language in ("en", "fr"):
        (folder / "about" / f"{language}.md").write_text("# New\n\nNew.\n")
    summary = load_pages(by=None, at=LATER, folder=folder)
    assert (summary.updated, summary.kept, summary.unchanged) == (1, 1, 1)
    titles = dict(PageText.objects.filter(page__slug="about").values_list("language", "title"))
    assert titles == {"en": "Ours", "fr": "New"}


def test_revising_is_recorded_and_announced(folder: Path) -> None:
    load_pages(by=None, at=AT, folder=folder)
    heard: list[tuple[str, str]] = []

    def hear(sender: object, page: Page, language: str, **told: object) -> None:
        heard.append((page.slug, language))

    page_revised.connect(hear)
    try:
        revise()
        revise()
    finally:
        page_revised.disconnect(hear)
    assert heard == [("about", "en")]
    record = HistoryRecord.objects.get(verb="page_revised")
    assert record.detail == {"language": "en", "old": {"title": "One", "body": "Body of One.\n"}}
    source = page_source("about", "en")
    assert source is not None
    assert (source.title, source.body, source.changed_by_operator) == ("Ours", "Our words.\n", True)


def test_a_language_may_be_added(folder: Path) -> None:
    load_pages(by=None, at=AT, folder=folder)
    revise(slug="help", language="ru", based_on=Page.objects.get(slug="help").lock)
    assert PageText.objects.filter(page__slug="help").count() == 2


def test_who_saved_later_does_not_overwrite_unseen(folder: Path) -> None:
    load_pages(by=None, at=AT, folder=folder)
    seen = Page.objects.get(slug="about").lock
    revise(based_on=seen)
    with pytest.raises(StaleVersion):
        revise(title="Theirs", based_on=seen)
    assert PageText.objects.get(page__slug="about", language="en").title == "Ours"


def test_going_back_follows_the_shipped_text_again() -> None:
    load_pages(by=None, at=AT)
    revise()
    page = Page.objects.get(slug="about")
    revert_page(slug="about", language="en", based_on=page.lock, by=None, at=LATER)
    source = page_source("about", "en")
    assert source is not None
    assert (source.title, source.changed_by_operator) == ("About this register", False)
    assert HistoryRecord.objects.filter(verb="page_reverted").count() == 1
    with pytest.raises(RuleBroken, match="no text to go back to"):
        revert_page(slug="about", language="pt", based_on=source.lock, by=None, at=LATER)


@pytest.mark.parametrize(
    ("known", "code", "field"),
    [
        ({"title": "  "}, "text_missing", "title"),
        ({"title": "x" * 201}, "text_too_long", "title"),
        ({"body": "x" * 50_001}, "text_too_long", "body"),
        ({"body": "a\x00b"}, "text_unclean", "body"),
        ({"language": "pt"}, "language_unknown", "language"),
    ],
)
def test_faults_are_told_at_their_field(
    folder: Path, known: dict[str, str], code: str, field: str
) -> None:
    load_pages(by=None, at=AT, folder=folder)
    with pytest.raises(RulesBroken) as refused:
        revise(**known)
    assert [(error.code, error.field) for error in refused.value.errors] == [(code, field)]


def test_a_page_that_is_not_there_is_told() -> None:
    with pytest.raises(RuleBroken) as refused:
        revise_page(slug="nowhere", language="en", title="T", body="B", based_on=1, by=None, at=AT)
    assert refused.value.code == "not_found"


def test_an_old_address_leads_to_the_new_one() -> None:
    set_redirect(path="/old/page/", target="/about/", by=None, at=AT)
    assert redirect_for("/old/page/") == redirect_for("/old/page") == "/about/"
    assert redirect_for("/older/") is None
    set_redirect(path="/old/page/", target="/method/", by=None, at=AT)
    assert redirect_for("/old/page/") == "/method/"
    assert list(HistoryRecord.objects.values_list("verb", flat=True)) == ["created", "revised"]


@pytest.mark.parametrize(
    ("path", "target", "field"),
    [
        ("old", "/about/", "path"),
        ("/old/", "https://elsewhere.example/", "target"),
        ("/old/", "//elsewhere.example/", "target"),
        ("/old/", "/\\elsewhere.example", "target"),
        ("/old/", "/a\nSet-Cookie: x", "target"),
    ],
)
def test_an_address_of_another_site_is_refused(path: str, target: str, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        set_redirect(path=path, target=target, by=None, at=AT)
    assert (refused.value.code, refused.value.field) == ("path_malformed", field)


def test_addresses_may_not_lead_in_a_circle() -> None:
    set_redirect(path="/a/", target="/b/", by=None, at=AT)
    set_redirect(path="/b/", target="/c/", by=None, at=AT)
    with pytest.raises(RuleBroken) as refused:
        set_redirect(path="/c/", target="/a/", by=None, at=AT)
    assert refused.value.code == "redirect_loop"


def test_only_who_edits_pages_may_change_them(folder: Path) -> None:
    load_pages(by=None, at=AT, folder=folder)
    moderator, organiser = accounts.person(Role.MODERATOR), accounts.person(Role.ORGANISER)
    told = HistoryRecord.objects.count()
    with pytest.raises(NotAllowed):
        revise(by=moderator)
    with pytest.raises(NotAllowed):
        revert_page(slug="about", language="en", based_on=2, by=moderator, at=LATER)
    with pytest.raises(NotAllowed):
        set_redirect(path="/old/", target="/about/", by=moderator, at=LATER)
    with pytest.raises(NotAllowed):
        load_pages(by=moderator, at=LATER, folder=folder)
    assert HistoryRecord.objects.count() == told
    assert revise(by=organiser).lock == 3
