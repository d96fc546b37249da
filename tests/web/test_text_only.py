"""Words and tables in the place of pictures: chosen in the footer, or asked for by the browser."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(register):
    made = register.add("Village net")
    register.index()
    return made


HEADINGS = re.compile(r"<h[1-3][^>]*>(.*?)</h", re.DOTALL)
EMPTY = re.compile(r'<a[^>]* aria-label="0 entries[^>]*>')  # a square that leads to nothing
EMPTY_HERE = ("organisations/", "collections/")  # this register has none
PICTURED = {("map/", "By country")}
LINKS = re.compile(r'<a[^>]* href="([^"]*)"')


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main")]


def pictures(page: bytes) -> int:
    return page.count(b"<svg") - page.count(b'class="brand"')


def test_save_data_leaves_pictures_out_and_is_kept_apart(one):
    client = Client()
    whole = client.get("/en/")
    light = client.get("/en/", headers={"save-data": "on"})
    assert pictures(whole.content) > 0
    assert pictures(light.content) < pictures(whole.content)
    assert light["ETag"] != whole["ETag"]
    assert "Save-Data" in light["Vary"]
    assert "Save-Data" in whole["Vary"]
    # whatever was kept first, each gets their own
    assert client.get("/en/").content == whole.content
    assert client.get("/en/", headers={"save-data": "on"}).content == light.content
    unchanged = {"if-none-match": whole["ETag"]}
    assert client.get("/en/", headers=unchanged).status_code == 304
    assert client.get("/en/", headers={**unchanged, "save-data": "on"}).status_code == 200


def test_the_switch_works_without_a_script_and_goes_back(one):
    client = Client()
    page = client.get("/en/entries/").content.decode()
    assert '<button name="text" value="1">' in page
    answer = client.post("/theme", {"text": "1", "next": "/en/entries/?sort=title"})
    assert answer["Location"] == "/en/entries/?sort=title"
    assert client.cookies["text"].value == "1"
    light = client.get("/en/entries/").content.decode()
    assert '<button name="text" value="0">' in light
    assert 'class="sig' not in light
    client.post("/theme", {"text": "0"})
    # the choice wins over what the browser asks for
    whole = client.get("/en/entries/", headers={"save-data": "on"}).content.decode()
    assert 'class="sig' in whole


def test_theme_and_text_do_not_undo_each_other(one):
    client = Client()
    client.post("/theme", {"theme": "dark"})
    client.post("/theme", {"text": "1"})
    assert (client.cookies["theme"].value, client.cookies["text"].value) == ("dark", "1")
    client.post("/theme", {"theme": ""})
    assert (client.cookies["theme"].value, client.cookies["text"].value) == ("", "1")
    client.post("/theme", {"text": "many"})
    assert client.cookies["text"].value == ""


@pytest.mark.parametrize("said", ["off", "", "1", "no"])
def test_only_on_means_on(one, said):
    client = Client()
    whole = client.get("/en/").content
    assert client.get("/en/", headers={"save-data": said}).content == whole


@pytest.mark.parametrize(
    "path", ["", "entries/", "matrix/", "map/", "trends/", "organisations/", "collections/"]
)
def test_light_pages_say_the_same_and_lead_to_the_same(one, path):
    client = Client()
    light = client.get(f"/en/{path}", headers={"save-data": "on"})
    whole = client.get(f"/en/{path}").content.decode()
    assert light.status_code == 200
    assert len(light.content) <= len(whole.encode()) + 200
    said = light.content.decode()
    # of the map only the picture is left out: its numbers stand in the list by region
    kept = [one.strip() for one in HEADINGS.findall(whole) if (path, one) not in PICTURED]
    assert [one.strip() for one in HEADINGS.findall(said)] == kept
    led = set(LINKS.findall(EMPTY.sub("", main_of(whole)))) - {"#list"}
    assert led or path in EMPTY_HERE
    assert led <= set(LINKS.findall(main_of(said)))
