import pytest
from tests.factories import accounts

from stocktaking.pages.operations import load_pages, revise_page
from stocktaking.pages.queries import page_source


@pytest.fixture
def about(db):
    load_pages(by=None, at=accounts.AT)
    return lambda code="en": page_source("about", code)


def test_list_leads_to_every_language(desk, about) -> None:
    links = desk("pages/").links()
    assert {f"/en/staff/pages/about/{code}/" for code in ("ar", "zh", "en", "fr", "ru", "es")} <= (
        set(links)
    )


def test_saving_unchanged_changes_nothing(desk, about) -> None:
    desk("pages/about/fr/").form(name="body").send(act="save")
    assert not about("fr").changed_by_operator


def test_text_is_revised_and_set_back(desk, about) -> None:
    shipped = about("ar").body
    form = desk("pages/about/ar/").form(name="body")
    form["title"], form["body"] = "عن السجل", "نص **جديد**"
    page = form.send(act="save")
    assert about("ar").body == "نص **جديد**\n"
    page.form(name="body").send(act="revert")
    assert (about("ar").body, about("ar").changed_by_operator) == (shipped, False)


def test_preview_is_cleaned_and_not_saved(desk, about) -> None:
    shipped = about().body
    form = desk("pages/about/en/").form(name="body")
    form["title"] = "<script>alert(1)</script>"
    form["body"] = "**Bold** <script>alert(1)</script> [x](javascript:alert(1))"
    page = form.send(act="preview")
    assert page.tree.findall(".//main//strong")
    assert page.tree.findall(".//script") == []
    assert not [link for link in page.links() if link.startswith("javascript")]
    assert page.form(name="body")["body"] == form["body"]
    assert about().body == shipped


def test_errors_keep_what_was_typed(desk, about) -> None:
    form = desk("pages/about/en/").form(name="body")
    form["title"], form["body"] = "", "Typed"
    answer = form.send(act="save")
    assert answer.status == 422
    assert "id_title_error" in answer.ids()
    assert answer.form(name="body")["body"] == "Typed"


def test_stale_form_shows_both_and_then_lets_the_person_decide(desk, about) -> None:
    form = desk("pages/about/en/").form(name="body")
    revise_page(
        slug="about",
        language="en",
        title="Theirs",
        body="Their text",
        based_on=about().lock,
        by=None,
        at=accounts.AT,
    )
    form["body"] = "My text"
    # looking at a preview in between must not hide that somebody saved
    clash = form.send(act="preview").form(name="body").send(act="save")
    assert clash.status == 409
    assert "Their text" in clash.text
    assert about().body == "Their text\n"
    clash.form(name="body").send(act="save")
    assert about().body == "My text\n"


@pytest.mark.parametrize("path", ["pages/nothing/en/", "pages/about/de/"])
def test_unknown_pages_are_not_found(desk, about, path) -> None:
    assert desk(path).status == 404
