"""A code on a website: what it looks like, where it may stand, when a claim is over."""

import datetime as dt
import secrets
from html.parser import HTMLParser
from urllib.parse import urlsplit

from stocktaking.intake.rules.ownership import host_of

OPEN_FOR = dt.timedelta(days=60)  # an open claim that nobody answers ends then
FILE = "/.well-known/stocktaking.txt"
TAG = "stocktaking-claim"
LOOKED_AT = 50_000  # characters of a page: the head stands at its beginning
STATEMENT_MAX = 5000


def new_code() -> str:
    return f"stocktaking-{secrets.token_hex(16)}"


def file_of(website: str) -> str:
    """Where the file with the code is looked for: on the host of the website."""
    parts = urlsplit(website)
    return f"{parts.scheme}://{parts.netloc}{FILE}"


def tag_of(code: str) -> str:
    """The line for the head of the website's page."""
    return f'<meta name="{TAG}" content="{code}">'


def in_file(body: bytes, code: str) -> bool:
    """Whether a line of the file is the code."""
    lines = body.decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    return any(line.strip() == code for line in lines)


def in_head(body: bytes, code: str) -> bool:
    """Whether the head of a page has the code in its tag. What stands in the body may have been
    written by any visitor of that site."""
    reader = _Head(code)
    reader.feed(body[:LOOKED_AT].decode("utf-8", "replace"))
    return reader.found


def same_site(asked: str, reached: str) -> bool:
    """Whether redirects led to the same host, with or without ``www.``"""
    return host_of(asked) != "" and host_of(asked) == host_of(reached)


class _Head(HTMLParser):
    def __init__(self, code: str) -> None:
        super().__init__()
        self.code, self.found, self.over = code, False, False
        self.titled = False  # what stands in a title is text, whatever it looks like

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.titled:
            return
        self.titled = tag == "title"
        if tag not in _IN_HEAD:
            self.over = True
        stated = dict(attrs)
        if tag == "meta" and not self.over and (stated.get("name") or "").lower() == TAG:
            self.found = self.found or (stated.get("content") or "").strip() == self.code

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.titled = self.titled and tag != "title"
        self.over = self.over or tag == "head"


_IN_HEAD = frozenset(
    {"html", "head", "meta", "title", "link", "script", "style", "base", "noscript"}
)
