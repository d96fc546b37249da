"""What a page offers to who takes it along."""

import io
import re
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import html5lib
import pytest
from django.test import override_settings
from PIL import Image
from tests.web.conftest import Register

from stocktaking.web.sharing import framed, share_of

XSS = '"><script>alert(1)</script>'


def test_all_addresses_are_whole_and_written_safely() -> None:
    share = share_of("/en/matrix/?a=1&b=2", title=XSS, embed=framed("/en/matrix/?a=1&b=2"))
    assert share.url == "http://127.0.0.1:8000/en/matrix/?a=1&b=2"
    assert "<script" not in share.embed_code
    (element,) = html5lib.parseFragment(share.embed_code, namespaceHTMLElements=False)
    assert element.get("src") == "http://127.0.0.1:8000/en/embed/matrix/?a=1&b=2"
    assert element.get("title") == XSS
    mail = urlsplit(share.mail_url)
    assert parse_qs(mail.query) == {"subject": [XSS], "body": [share.url]}
    assert "+" not in mail.query


def test_offers_of_one_page_are_told_apart() -> None:
    keys = {share_of("/en/trends/", title="x", svg=f"/{n}.svg").key for n in range(6)}
    assert len(keys) == 6
    assert all(re.fullmatch("[0-9a-f]{8}", key) for key in keys)


def test_page_for_frames_stands_under_the_language() -> None:
    assert framed("/ar/entries/12-x/?y=1") == "/ar/embed/entries/12-x/?y=1"
    with pytest.raises(ValueError, match="/e/12"):
        framed("/e/12")


def test_address_too_long_for_a_code_has_none() -> None:
    assert len(share_of("/en/entries/?q=x", title="x").qr) == 2
    assert share_of(f"/en/entries/?q={'x' * 1000}", title="x").qr == ()


def test_code_is_made_for_addresses_of_this_site_only(register: Register, visit: Any) -> None:
    svg = visit("/qr.svg", "to=/e/12")
    assert svg["Content-Type"].startswith("image/svg+xml")
    assert b"<title>http://127.0.0.1:8000/e/12</title>" in svg.content
    png = Image.open(io.BytesIO(visit("/qr.png", "to=/e/12").content))
    assert png.format == "PNG"
    assert png.width == png.height >= 300
    long = ("/" + "x" * 1000, "/" + "\U0001f600" * 700)
    broken = ("/\0", "/a\nb", "/\uffff")
    for other in ("", "https://evil.example", "//evil.example", "\\evil", *long, *broken):
        assert visit("/qr.svg", f"to={quote(other)}").status_code == 404


@override_settings(BASE_URL="https://register.example")
def test_code_of_an_address_with_markup_is_safe(visit: Any) -> None:
    body = visit("/qr.svg", f"to={quote('/en/entries/?q=' + XSS)}").content
    assert b"<script" not in body


def test_entry_offers_its_lasting_address_and_frame(register: Register, visit: Any) -> None:
    entry = register.add(XSS)
    register.index()
    path = f"/en/entries/{entry.pk}-{quote(entry.slug)}/"
    html = visit(path).content.decode()
    page = html5lib.parse(html, namespaceHTMLElements=False)
    (share,) = page.findall(".//details[@class='more share no-print']")
    assert share.find(".//input").get("value") == f"http://127.0.0.1:8000/e/{entry.pk}"
    code = share.find(".//textarea").text
    (element,) = html5lib.parseFragment(code, namespaceHTMLElements=False)
    assert element.tag == "iframe"
    assert element.get("src") == f"http://127.0.0.1:8000{framed(path)}"
    assert element.get("title") == XSS
    discovered = page.find(".//link[@type='application/json+oembed']").get("href")
    assert parse_qs(urlsplit(discovered).query)["url"] == [f"http://127.0.0.1:8000{path}"]


def test_list_offers_references_where_it_is_short(
    register: Register, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.add("Alpha")
    register.add("Beta")
    register.index()
    assert 'href="/en/entries.bib?goal=3"' in visit("/en/entries/", "goal=3").content.decode()
    monkeypatch.setattr("stocktaking.web.sharing_entries.MOST", 1)
    html = visit("/en/entries/", "goal=3&sort=oldest").content.decode()
    assert "entries.bib" not in html
    assert "http://127.0.0.1:8000/en/embed/entries/?goal=3&amp;sort=oldest" in html.replace(
        "&amp;amp;", "&amp;"
    )


def test_list_and_matrix_tell_where_their_frame_is(register: Register, visit: Any) -> None:
    register.add("Alpha")
    register.index()
    for path in ("/en/entries/", "/en/matrix/"):
        page = html5lib.parse(visit(path, "goal=3").content.decode(), namespaceHTMLElements=False)
        (link,) = page.findall(".//link[@type='application/json+oembed']")
        endpoint = urlsplit(link.get("href"))
        told = visit(endpoint.path, endpoint.query).json()
        assert f"{path.replace('/en/', '/en/embed/')}?goal=3" in told["html"]
