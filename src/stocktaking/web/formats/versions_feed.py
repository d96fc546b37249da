"""The versions of one entry as an Atom feed (RFC 4287)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from stocktaking.web.formats.atom import ATOM, LANG, TYPE, moment, possible

__all__ = ["TYPE", "Feed", "Item", "write"]


@dataclass(frozen=True)
class Item:
    id: str
    title: str
    updated: dt.datetime
    url: str
    summary: str = ""


@dataclass(frozen=True)
class Feed:
    id: str
    title: str
    author: str
    language: str
    updated: dt.datetime
    self_url: str
    url: str
    items: Sequence[Item]


def write(feed: Feed) -> bytes:
    """The document, in UTF-8."""
    root = ElementTree.Element("feed", {"xmlns": ATOM, LANG: feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", moment(feed.updated))
    _text(ElementTree.SubElement(root, "author"), "name", feed.author)
    _text(root, "generator", "stocktaking")
    _link(root, "self", TYPE.partition(";")[0], feed.self_url)
    _link(root, "alternate", "text/html", feed.url)
    for item in feed.items:
        element = ElementTree.SubElement(root, "entry")
        _text(element, "id", item.id)
        _text(element, "title", item.title)
        _text(element, "updated", moment(item.updated))
        _link(element, "alternate", "text/html", item.url)
        if item.summary:
            _text(element, "summary", item.summary)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _link(parent: ElementTree.Element, relation: str, kind: str, url: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "type": kind, "href": url})


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = possible(text)
