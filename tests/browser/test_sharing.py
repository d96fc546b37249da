"""Another site shows our pages in frames: those that are made for it, and no others."""

import http.server
import json
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.browser import audit

Show = Callable[[str], Page]


class Host(http.server.ThreadingHTTPServer):
    """Another origin, with one page."""

    body = ""


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.body.encode())  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is told."""


@pytest.fixture
def elsewhere(new_page) -> Iterator[Show]:
    """A page of another site with this markup."""
    server = Host(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def show(body: str) -> Page:
        server.body = f"<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>{body}"
        page = new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/")
        return page

    yield show
    server.shutdown()
    server.server_close()
    thread.join()


def told(site, address: str) -> dict[str, str]:
    """What oEmbed says of an address of ours."""
    query = urllib.parse.urlencode({"url": f"{site.url}{address}"})
    with urllib.request.urlopen(f"{site.url}/oembed.json?{query}", timeout=20) as answer:  # noqa: S310 - our own server
        return json.load(answer)


def test_entry_is_shown_by_another_site_and_opens_in_a_tab_of_its_own(site, elsewhere) -> None:
    page = elsewhere(told(site, "/e/1")["html"])
    link = page.frame_locator("iframe").locator("h1 a")
    expect(link).to_be_visible()
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.url.startswith(f"{site.url}/en/entries/1-")
    assert page.context.cookies() == []


def test_style_of_the_frame_is_applied(site, elsewhere) -> None:
    page = elsewhere(told(site, "/en/matrix/")["html"])
    cell = page.frame_locator("iframe").locator(".plate td a").first
    expect(cell).to_be_visible()
    assert cell.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"


def test_page_that_is_not_made_for_frames_is_refused(site, elsewhere) -> None:
    page = elsewhere(f'<iframe src="{site.url}/en/entries/"></iframe>')
    page.wait_for_load_state("networkidle")
    assert not page.frames[1].url.startswith(site.url)


def test_picture_and_code_are_shown_by_another_site(site, elsewhere) -> None:
    page = elsewhere(
        f'<img src="{site.url}/en/entries/1/badge.svg"><img src="{site.url}/qr.png?to=/e/1">'
        f'<img src="{site.url}/en/entries/1/card.png">'
    )
    page.wait_for_load_state("networkidle")
    widths = page.eval_on_selector_all("img", "all => all.map(one => one.naturalWidth)")
    assert widths[0] == 480
    assert widths[1] > 300
    assert widths[2] == 1200


@pytest.mark.parametrize(("language", "dark"), [("en", False), ("ar", True)])
@pytest.mark.parametrize("address", ["/entries/1/", "/entries/?sdg=3"])
def test_what_is_offered_is_accessible_and_fits_a_phone(
    site, new_page, address, language, dark
) -> None:
    page = new_page(width=390, dark=dark)
    page.goto(site.path(language, address))
    page.locator("details.share > summary").click()
    expect(page.locator(".share input")).to_be_visible()
    assert audit.faults(page) == []
    assert audit.overhang(page, 320) == 0


def test_what_is_offered_needs_no_script(site, new_page) -> None:
    page = new_page(script=False)
    page.goto(site.path("fr", "/entries/1/"))
    page.locator("details.share > summary").click()
    expect(page.locator(".share textarea").first).to_be_visible()
    assert page.locator(".share a[href^='mailto:']").count() == 1
