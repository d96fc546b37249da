"""Style sheets made from the framework, and the choice of theme."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from stocktaking.reference import queries as reference
from stocktaking.reference.models import Crosswalk, Revision
from stocktaking.web.style import stylesheets, terms_css, terms_sheet

pytestmark = pytest.mark.django_db


def test_colours_of_terms_and_the_crosshair_are_made_from_the_grid(register, client):
    sheet = terms_css(reference.catalogue())
    assert ".t-goal-1{--g:#e5243b;--gt:#ffffff}" in sheet
    assert ".t-goal-2{--g:#dda63a;--gt:#14202b}" in sheet
    assert sheet.count("thead th:nth-of-type(") == 3
    response = client.get(stylesheets()[-1])
    assert response.content.decode() == sheet
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]


def test_old_name_of_a_sheet_is_not_kept(register, client):
    response = client.get("/terms-0-older.css")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache"


def test_sheet_changes_its_name_with_the_framework(register):
    before = terms_sheet().stamp
    Crosswalk.objects.all().delete()
    Revision.objects.update(number=9)
    reference.forget()
    assert terms_sheet().stamp != before
    assert "nth-of-type" not in terms_sheet().text


def test_operator_sheet_follows_the_tokens(register, client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert client.get("/theme-x.css").status_code == 404
    Path(tmp_path / "theme.css").write_text(":root { --blue: #004f9f }")
    sheets = stylesheets()
    assert sheets[1].startswith("/theme-")
    response = client.get(sheets[1])
    assert b"#004f9f" in response.content
    assert "immutable" in response["Cache-Control"]


def test_all_sheets_together_keep_their_budget(register, client):
    own = b"".join(
        gzip.compress(Path(finders.find(f"kernel/{name}")).read_bytes())
        for name in ("tokens.css", "site.css")
    )
    made = gzip.compress(client.get(stylesheets()[-1]).content)
    assert len(own) + len(made) <= 15_000


def test_theme_is_kept_and_the_reader_comes_back(register, client):
    response = client.post("/theme", {"theme": "dark", "next": "/en/entries/?q=net"})
    assert response["Location"] == "/en/entries/?q=net"
    assert client.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in client.get("/en/").content.decode()
    client.post("/theme", {"theme": "", "next": "/en/"})
    assert "data-theme" not in client.get("/en/").content.decode()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_theme_leads_nowhere_else(client, back):
    response = client.post("/theme", {"theme": "light", "next": back})
    assert response["Location"] == "/"


def test_unknown_theme_is_none(client):
    client.cookies["theme"] = "pink"
    assert "data-theme" not in client.get("/en/nowhere/at/all/").content.decode()


def test_theme_is_not_chosen_by_a_link(client):
    assert client.get("/theme").status_code == 405
