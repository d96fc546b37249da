"""The address of an entry for ever."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import Register


def test_permalink_leads_to_the_page_in_the_readers_language(
    register: Register, visit: Any
) -> None:
    entry = register.add("Village network")
    page = f"/entries/{entry.pk}-{entry.slug}/"
    for wanted, language in (("fr", "fr"), ("zh-CN,en;q=0.5", "zh"), ("pt", "en"), ("ar", "ar")):
        answer = visit(f"/e/{entry.pk}", accept_language=wanted)
        assert (answer.status_code, answer["Location"]) == (302, f"/{language}{page}")
        assert {"Accept", "Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_the_language_cookie_comes_first(register: Register, client: Client) -> None:
    entry = register.add("Village network")
    client.cookies["django_language"] = "ru"
    answer = client.get(f"/e/{entry.pk}", headers={"accept-language": "fr"})
    assert answer["Location"].startswith("/ru/entries/")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/ld+json;q=0.9, text/html;q=0.5", "application/ld+json"),
    ],
)
def test_machines_get_what_they_accept(
    register: Register, visit: Any, accept: str, kind: str
) -> None:
    entry = register.add("Village network")
    answer = visit(f"/e/{entry.pk}", accept=accept)
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    json.loads(answer.content)


@pytest.mark.parametrize(
    "accept", ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "image/png", "nonsense", ""]
)
def test_everybody_else_is_led_to_the_page(register: Register, visit: Any, accept: str) -> None:
    entry = register.add("Village network")
    assert visit(f"/e/{entry.pk}", accept=accept).status_code == 302


def test_forms_have_addresses_of_their_own(register: Register, visit: Any) -> None:
    entry = register.add("Village network")
    document = json.loads(visit(f"/e/{entry.pk}.json").content)
    assert document["number"] == entry.pk
    linked = visit(f"/e/{entry.pk}.jsonld", accept_language="fr")
    assert linked["Content-Type"] == "application/ld+json"
    assert json.loads(linked.content)["@type"] == "ItemPage"
