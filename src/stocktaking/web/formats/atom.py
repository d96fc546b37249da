"""Entries, or the versions of one, as an Atom feed (RFC 4287), paged as in RFC 5005."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from stocktaking.entries.queries import EntryCard, Said

TYPE = "application/atom+xml; charset=utf-8"
ATOM = "http://www.w3.org/2005/Atom"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# what XML 1.0 cannot hold, not even escaped
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Item:
    """An entry with its address for ever and the address of its page."""

    card: EntryCard
    permalink: str
    url: str

    def fill(self, element: ElementTree.Element) -> None:
        card = self.card
        _text(element, "id", self.permalink)
        _said(element, "title", card.title)
        _text(element, "updated", moment(card.changed_at))
        _page(element, self.url)
        if card.organisation and not card.organisation.unknown:
            _text(ElementTree.SubElement(element, "author"), "name", card.organisation.name)
        for scheme, marks in card.marks.items():
            for mark in marks:
                label = possible(mark.term.short_label())
                found = {"scheme": scheme, "term": mark.term.code, "label": label}
                ElementTree.SubElement(element, "category", found)
        if card.summary.text:
            _said(element, "summary", card.summary)


@dataclass(frozen=True)
class Step:
    """A version of an entry; ``url`` is the page of what changed, ``summary`` the reason."""

    id: str
    title: str
    updated: dt.datetime
    url: str
    summary: str = ""

    def fill(self, element: ElementTree.Element) -> None:
        _text(element, "id", self.id)
        _text(element, "title", self.title)
        _text(element, "updated", moment(self.updated))
        _page(element, self.url)
        if self.summary:
            _text(element, "summary", self.summary)


@dataclass(frozen=True)
class Feed:
    """``links`` maps relations (self, alternate, next ...) to absolute addresses."""

    id: str
    title: str
    author: str
    language: str
    updated: dt.datetime
    links: Mapping[str, str]
    items: Sequence[Item] | Sequence[Step]


def write(feed: Feed) -> bytes:
    """The document, in UTF-8."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, LANG: feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", moment(feed.updated))
    _text(ElementTree.SubElement(root, "author"), "name", feed.author)
    _text(root, "generator", "stocktaking")
    for relation, url in feed.links.items():
        kind = "text/html" if relation == "alternate" else TYPE.partition(";")[0]
        ElementTree.SubElement(root, "link", {"rel": relation, "type": kind, "href": url})
    for item in feed.items:
        item.fill(ElementTree.SubElement(root, "entry"))
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _page(element: ElementTree.Element, url: str) -> None:
    ElementTree.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": url})


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = possible(text)
    return element


def _said(parent: ElementTree.Element, name: str, said: Said) -> None:
    element = _text(parent, name, said.text)
    element.set("type", "text")
    element.set(LANG, said.language)


def possible(text: str) -> str:
    """The text without characters that no XML document can hold."""
    return _IMPOSSIBLE.sub("", text)


def moment(at: dt.datetime) -> str:
    """RFC 3339, in UTC, to the second."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
