"""Pages for frames of other sites, and what oEmbed says of them."""

import json
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import html5lib
import pytest
from defusedxml import ElementTree
from tests.factories import accounts as people
from tests.factories import entries as factory
from tests.web.conftest import Register

from stocktaking.accounts.rules.roles import Role
from stocktaking.entries import operations

XSS = '"><script>alert(1)</script>'
SITE = "http://127.0.0.1:8000"


def address(entry: Any, language: str = "en") -> str:
    return f"/{language}/embed/entries/{entry.pk}-{quote(entry.slug)}/"


def policy(answer: Any) -> dict[str, str]:
    rules = answer["Content-Security-Policy"].split("; ")
    return {rule.partition(" ")[0]: rule.partition(" ")[2] for rule in rules}


def parsed(answer: Any) -> Any:
    return html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)


def test_frames_of_other_sites_may_show_these_pages_and_no_others(
    register: Register, visit: Any
) -> None:
    entry = register.add("Village network")
    register.index()
    for path in ("/en/embed/entries/", address(entry), "/en/embed/entries/999-/"):
        answer = visit(path)
        assert policy(answer)["frame-ancestors"] == "*"
        assert "X-Frame-Options" not in answer
        assert answer["X-Robots-Tag"] == "noindex"
        assert policy(answer)["script-src"] == policy(answer)["form-action"] == "'none'"
        assert policy(answer)["default-src"] == "'none'"
    for path in ("/en/", "/en/entries/", f"/en/entries/{entry.pk}-{entry.slug}/", "/en/nowhere/x/"):
        answer = visit(path)
        assert policy(answer)["frame-ancestors"] == "'none'"
        assert answer["X-Frame-Options"] == "DENY"


def test_frame_policy_stays_when_the_page_comes_from_what_is_kept(
    register: Register, visit: Any
) -> None:
    register.add("Village network")
    register.index()
    first, again = visit("/en/embed/entries/"), visit("/en/embed/entries/")
    assert first.content == again.content
    unchanged = visit("/en/embed/entries/", **{"If-None-Match": first["ETag"]})
    assert unchanged.status_code == 304
    assert policy(again)["frame-ancestors"] == "*"
    assert policy(unchanged)["frame-ancestors"] == "*"


def test_frame_sets_no_cookie_and_does_not_know_who_looks(register: Register) -> None:
    entry = register.add("Village network")
    draft = register.add("Draft", publish=False)
    register.index()
    staff = people.browser(people.person(Role.ADMINISTRATOR))
    answer = staff.get(address(entry))
    assert not answer.cookies
    html = answer.content.decode()
    assert "<form" not in html
    assert "<script" not in html
    assert "Desk" not in html
    assert staff.get(address(draft)).status_code == 404


def test_entry_in_a_frame_leads_to_its_page_in_a_tab_of_its_own(
    register: Register, visit: Any
) -> None:
    entry = register.add(XSS, summary="Neighbours share one mast.")
    register.index()
    answer = visit(address(entry))
    page = parsed(answer)
    assert page.find(".//base").attrib == {"target": "_blank"}
    link = page.find(".//h1/a")
    assert link.text == XSS
    assert link.get("href") == f"/en/entries/{entry.pk}-{quote(entry.slug)}/"
    assert page.find(".//link[@rel='canonical']").get("href") == SITE + link.get("href")
    assert page.find(".//script") is None


@pytest.mark.parametrize(("asked", "set_to"), [("dark", "dark"), ("light", "light"), ('"x', None)])
def test_frame_is_light_or_dark_by_its_address(
    register: Register, visit: Any, asked: str, set_to: str | None
) -> None:
    register.add("Village network")
    register.index()
    page = parsed(visit("/en/embed/entries/", f"theme={quote(asked)}"))
    assert page.get("data-theme") == set_to


def test_withdrawn_entry_says_so_in_its_frame(register: Register, visit: Any) -> None:
    entry = register.add("Village network")
    assert visit(address(entry)).status_code == 200
    operations.withdraw_entry(number=entry.pk, reason="asked", by=None, at=factory.AT)
    answer = visit(address(entry))
    assert answer.status_code == 410
    assert "was withdrawn" in answer.content.decode()
    assert policy(answer)["frame-ancestors"] == "*"


def test_merged_entry_leads_to_its_heir(register: Register, visit: Any) -> None:
    heir, entry = register.add("Heir"), register.add("Village network")
    operations.withdraw_entry(
        number=entry.pk, reason="double", by=None, at=factory.AT, merged_into=heir.pk
    )
    answer = visit(address(entry), "theme=dark")
    assert answer.status_code == 301
    assert answer["Location"] == f"/en/embed/entries/{heir.pk}-/?theme=dark"


def test_list_in_a_frame_shows_the_first_and_leads_to_all(register: Register, visit: Any) -> None:
    for number in range(7):
        register.add(f"Network {number}", goals="1")
    register.add("Other", goals="2")
    register.index()
    page = parsed(visit("/en/embed/entries/", "goal=1&page=2&view=table"))
    assert page.find(".//h1").text == "7 entries"
    assert len(page.findall(".//ul[@class='rows']/li")) == 4
    way = page.findall(".//footer/a")[-1]
    assert (way.text, way.get("href")) == ("See all 7 entries", "/en/entries/?goal=1")
    empty = visit("/en/embed/entries/", "q=zzzz")
    assert "Nobody yet." in empty.content.decode()


def oembed(visit: Any, url: str, more: str = "", form: str = "json") -> Any:
    return visit(f"/oembed.{form}", f"url={quote(url, safe='')}{more}")


class Frame(HTMLParser):
    """The attributes of the one frame."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "iframe"
        self.attributes = dict(attrs)


def frame(html: str) -> dict[str, str | None]:
    parser = Frame()
    parser.feed(html)
    return parser.attributes


def test_oembed_gives_the_frame_of_an_entry(register: Register, visit: Any) -> None:
    entry = register.add(XSS)
    page = f"/fr/entries/{entry.pk}-{quote(entry.slug)}/"
    for url in (f"{SITE}{page}", f"{SITE}{page}?text=en"):
        told = json.loads(oembed(visit, url, "&maxwidth=400").content)
        assert told["type"] == "rich"
        assert told["version"] == "1.0"
        assert told["title"] == XSS
        assert told["width"] == 400
        shown = frame(told["html"])
        assert shown["src"] == SITE + address(entry, "fr")
        assert shown["title"] == XSS
        assert shown["width"] == "400"
        assert "allow-scripts" not in (shown["sandbox"] or "")
    short = json.loads(oembed(visit, f"{SITE}/e/{entry.pk}").content)
    assert frame(short["html"])["src"] == SITE + address(entry)


def test_oembed_of_a_short_address_is_kept_apart_by_what_its_language_is_read_from(
    register: Register, visit: Any, client: Any
) -> None:
    entry = register.add("Village network")
    client.cookies["django_language"] = "ar"
    answer = oembed(visit, f"{SITE}/e/{entry.pk}")
    assert "/ar/embed/" in answer.json()["html"]
    assert {"Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))


def test_oembed_of_a_list_keeps_its_filters(register: Register, visit: Any) -> None:
    answer = oembed(visit, f"{SITE}/ar/entries/?q=a%26b&goal=1", form="xml")
    told = {child.tag: child.text for child in ElementTree.fromstring(answer.content)}
    assert frame(told["html"] or "")["src"] == f"{SITE}/ar/embed/entries/?q=a%26b&goal=1"


def test_oembed_of_a_figure_is_that_figure(register: Register, visit: Any) -> None:
    for url, shown in (
        ("/en/matrix/?show=over", "/en/embed/matrix/?show=over"),
        ("/fr/trends/?goal=1#entries", "/fr/embed/trends/entries/?goal=1"),
        ("/en/trends/", "/en/embed/trends/total/"),
    ):
        told = json.loads(oembed(visit, f"{SITE}{url}").content)
        assert frame(told["html"])["src"] == f"{SITE}{shown}"
    assert oembed(visit, f"{SITE}/en/trends/#nothing").status_code == 404


def test_matrix_in_a_frame_keeps_what_is_asked(register: Register, visit: Any) -> None:
    register.add("Village network", lines="L1", goals="1")
    register.add("Other", lines="L2", goals="2")
    register.index()
    answer = visit("/en/embed/matrix/", "goal=1&show=row")
    assert policy(answer)["frame-ancestors"] == "*"
    page = parsed(answer)
    assert page.find(".//table") is not None
    assert page.findall(".//footer/a")[-1].get("href") == "/en/matrix/?goal=1&show=row"
    assert "1 entry" in answer.content.decode()
    assert "Nobody yet." in visit("/en/embed/matrix/", "q=zzzz").content.decode()


def test_trend_in_a_frame_leads_to_its_place_on_the_page(register: Register, visit: Any) -> None:
    register.add("Village network", goals="1")
    register.index()
    answer = visit("/en/embed/trends/entries/", "goal=1")
    assert policy(answer)["frame-ancestors"] == "*"
    page = parsed(answer)
    assert page.find(".//figure") is not None
    assert page.findall(".//footer/a")[-1].get("href") == "/en/trends/?goal=1#entries"
    assert page.find(".//script") is None
    missing = visit("/en/embed/trends/nothing/")
    assert missing.status_code == 404
    assert policy(missing)["frame-ancestors"] == "*"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/en/entries/",
        "https://elsewhere.example/en/entries/",
        f"{SITE}.evil.example/en/entries/",
        f"{SITE}@evil.example/en/entries/",
        "file:///etc/passwd",
        f"{SITE}/en/staff/",
        f"{SITE}/en/account/",
        f"{SITE}/en/about/",
        f"{SITE}/e/999",
        f"{SITE}/en/entries/?q={'x' * 2000}",
        f"{SITE}//evil.example/en/entries/",
    ],
)
def test_oembed_knows_no_other_addresses(register: Register, visit: Any, url: str) -> None:
    assert oembed(visit, url).status_code == 404


def test_oembed_says_nothing_of_drafts_and_other_formats(register: Register, visit: Any) -> None:
    draft = register.add("Draft", publish=False)
    assert oembed(visit, f"{SITE}/e/{draft.pk}").status_code == 404
    assert oembed(visit, f"{SITE}/en/entries/", "&format=yaml").status_code == 501


@pytest.mark.parametrize("said", ["-5", "0", "٣٠٠", "1e9", "99999999999"])
def test_oembed_ignores_sizes_that_make_no_sense(register: Register, visit: Any, said: str) -> None:
    told = json.loads(oembed(visit, f"{SITE}/en/entries/", f"&maxwidth={quote(said)}").content)
    assert 200 <= told["width"] <= 640


def test_pictures_of_an_entry_and_of_a_list_are_plain(register: Register, visit: Any) -> None:
    entry = register.add(XSS, lines="L1", goals="1 3")
    draft = register.add("Draft", publish=False)
    register.index()
    for path, query, title in (
        (f"/en/entries/{entry.pk}/badge.svg", "", XSS),
        ("/ar/entries/badge.svg", "goal=1&q=alert", None),
    ):
        answer = visit(path, query)
        assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert answer["Access-Control-Allow-Origin"] == "*"
        svg = ElementTree.fromstring(answer.content)
        assert svg.tag == "{http://www.w3.org/2000/svg}svg"
        assert b"<script" not in answer.content
        assert title is None or svg[0].text == title
        assert not answer.cookies
    assert visit(f"/en/entries/{draft.pk}/badge.svg").status_code == 404
    assert "1 entry" in visit("/en/entries/badge.svg", "goal=3").content.decode()
