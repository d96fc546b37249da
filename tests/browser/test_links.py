"""Every link of the public pages leads somewhere, in a page that says its language."""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.browser.conftest import Site

MOST = 400  # addresses asked for
MOST_PAIRS = 40  # pages whose other languages are asked for as well
DIRECTION = {"ar": "rtl"}
CLOSED = re.compile(r"/\w\w/(account|staff)/")


@dataclass
class Read(HTMLParser):
    """What an HTML page says of itself and where it leads."""

    language: str = ""
    direction: str = ""
    canonical: str = ""
    links: list[str] = field(default_factory=list)
    alternates: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language, self.direction = has.get("lang", ""), has.get("dir", "")
        elif tag == "link" and has.get("hreflang"):
            self.alternates[has["hreflang"]] = has["href"]
        elif tag == "link" and has.get("rel") == "canonical":
            self.canonical = has["href"]
        if tag in ("a", "link") and has.get("href"):
            self.links.append(has["href"])


def fetched(url: str) -> tuple[int, str, str, bytes]:
    """Status, the address in the end, content type and body."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.status, answer.url, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, url, error.headers["Content-Type"], error.read()


def shape(url: str) -> str:
    """Addresses that the same code answers have the same shape."""
    parts = urllib.parse.urlsplit(url)
    names = sorted({name for name, _ in urllib.parse.parse_qsl(parts.query)})
    return re.sub(r"\d+(-[^/.]*)?", "1", parts.path) + "?" + "&".join(names)


class Crawl:
    """From page to page, kinds of pages seen least first."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.waiting: dict[str, str] = {}  # address: the page that links it
        self.asked: set[str] = set()
        self.kinds: Counter[str] = Counter()
        self.pages: dict[str, Read] = {}
        self.faults: list[str] = []

    def run(self, *starts: str) -> None:
        self.waiting = dict.fromkeys(starts, "the start")
        while self.waiting and len(self.asked) < MOST:
            url = min(self.waiting, key=lambda address: self.kinds[shape(address)])
            self.ask(url, self.waiting.pop(url))

    def ask(self, url: str, source: str) -> None:
        self.asked.add(url)
        self.kinds[shape(url)] += 1
        status, final, kind, body = fetched(url)
        if status != 200:
            self.faults.append(f"{status} {url} (linked from {source})")
        if not kind.startswith("text/html"):
            return
        page = Read()
        page.feed(body.decode())
        self.pages[final] = page
        language = urllib.parse.urlsplit(final).path.split("/")[1]
        if (page.language, page.direction) != (language, DIRECTION.get(language, "ltr")):
            self.faults.append(f"{final} says {page.language} {page.direction}")
        for link in page.links:
            self.note(urllib.parse.urldefrag(urllib.parse.urljoin(final, link)).url, final)

    def note(self, url: str, source: str) -> None:
        own = url.startswith(self.site.url)
        if own and not CLOSED.search(url) and url not in self.asked:
            self.waiting.setdefault(url, source)


def test_every_internal_link_of_public_pages_leads_somewhere(site: Site) -> None:
    crawl = Crawl(site)
    crawl.run(site.path("en", "/"), site.path("ar", "/"))
    assert crawl.faults == []
    assert len(crawl.asked) == MOST  # else the crawl does not find its way
    assert len(crawl.kinds) > 30

    with_others = [(url, page) for url, page in crawl.pages.items() if page.alternates]
    assert len(with_others) > 10
    seen: set[str] = set()
    for url, page in with_others:
        if shape(url) in seen or len(seen) == MOST_PAIRS:
            continue
        seen.add(shape(url))
        assert faults_of_alternates(url, page) == []


def faults_of_alternates(url: str, page: Read) -> list[str]:
    """A page names itself among its languages, and each of the others names it back."""
    found = [] if page.canonical in page.alternates.values() else [f"{url} leaves itself out"]
    for language, other in page.alternates.items():
        if language == "x-default" or other == page.canonical:
            continue
        status, _, _, body = fetched(other)
        there = Read()
        there.feed(body.decode())
        if status != 200 or there.language != language:
            found.append(f"{url}: {other} answers {status} in {there.language}")
        if there.alternates != page.alternates:
            found.append(f"{url}: {other} names other languages")
    return found
