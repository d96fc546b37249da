"""What machines ask."""

import xml.etree.ElementTree as ET

import pytest
from django.db import DatabaseError
from tests.factories import accounts

from stocktaking.web.views import machine

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(response) -> list[str]:
    root = ET.fromstring(response.content)  # noqa: S314 - our own document
    return [found.text for found in root.iter(f"{NAMESPACE}loc")]


def test_process_says_that_it_is_up_without_a_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_node_is_ready_with_database_and_index(register, client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "index": "ok"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_node_without_an_index_is_not_ready(client):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "index": "failed"}


def test_answers_no_when_the_question_fails(caplog):
    def broken() -> None:
        raise DatabaseError("planted")

    assert not machine._answers(broken)
    assert machine._answers(lambda: None)


def test_robots_are_told_where_not_to_go(client):
    body = client.get("/robots.txt").content.decode()
    assert "Disallow: /*/staff/" in body
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in body


def test_icon_is_the_sign(client):
    response = client.get("/favicon.ico")
    assert b"<svg" in b"".join(response.streaming_content)


@pytest.mark.django_db
def test_sitemap_lists_every_published_entry_in_every_language(register, client):
    owner = accounts.organisation("Village Telecom")
    shown = register.add("Village net", organisation=owner.number)
    hidden = register.add("Hidden", publish=False)
    register.index()
    maps = locations(client.get("/sitemap.xml"))
    assert len(maps) == 18
    assert "http://127.0.0.1:8000/sitemap-fr-entries-1.xml" in maps
    entries = client.get("/sitemap-fr-entries-1.xml")
    assert locations(entries) == [f"http://127.0.0.1:8000/fr/entries/{shown.number}-{shown.slug}/"]
    assert f"/{hidden.number}-".encode() not in entries.content
    assert entries.content.count(b"hreflang=") == 6
    pages = locations(client.get("/sitemap-en-pages-1.xml"))
    for path in ("matrix", "trends", "trends/places", "map", "collections", "calls"):
        assert f"http://127.0.0.1:8000/en/{path}/" in pages
    assert b"village-telecom" in client.get("/sitemap-en-organisations-1.xml").content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/sitemap-en-entries-9.xml", "/sitemap-en-people-1.xml", "/sitemap-de-pages-1.xml"]
)
def test_unknown_sitemap_is_not_found(register, client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_sitemap_is_answered_304_while_nothing_changes(register, client):
    tag = client.get("/sitemap.xml")["ETag"]
    assert client.get("/sitemap.xml", headers={"if-none-match": tag}).status_code == 304
    register.add()
    assert client.get("/sitemap.xml", headers={"if-none-match": tag}).status_code == 200
