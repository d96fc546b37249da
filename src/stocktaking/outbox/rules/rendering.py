"""Markdown with places to the two forms of a mail: plain text, and clean HTML.

The template is parsed first and its places are filled in what the parser found. So no value
can become markup, a link or an element, whatever stands in it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from stocktaking.outbox.rules.placeholders import PLACE, block, is_address, line
from stocktaking.outbox.rules.plain import plain

_PARSER = MarkdownIt("commonmark", {"html": False}).disable("image")
_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "em", "strong", "code", "pre"),
    *("blockquote", "br", "hr", "bdi"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
# the parser writes the braces of a link's target like this
_PLACE_IN_LINK = re.compile(r"%7B([a-z][a-z0-9_]*)%7D")


@dataclass(frozen=True)
class Rendered:
    """Both forms of one text; ``html`` is a fragment, cleaned."""

    text: str
    html: str


def render(
    template: str,
    values: Mapping[str, str],
    links: frozenset[str],
    lists: frozenset[str] = frozenset(),
) -> Rendered:
    """Fill a Markdown template. A place in ``links`` becomes a link where its value is a web
    address, and one in ``lists`` at each of its lines that is one; any other value is shown as
    it was typed."""
    tokens = list(_PARSER.parse(template))
    for token in tokens:
        if token.tag == "h1":  # one level lower: the subject is the mail's heading
            token.tag = "h2"
        if token.type == "inline":
            token.children = _drop_empty(_filled(token.children or [], values, links, lists))
        elif token.type in ("fence", "code_block"):
            token.info = ""
            token.content = PLACE.sub(lambda m: block(values.get(m[1], m[0])), token.content)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return Rendered(text=plain(tokens), html=clean(html))


def clean(html: str) -> str:
    """Harmless HTML of a mail: also for one that is read from a row, before a page shows it."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def _filled(
    tokens: list[Token],
    values: Mapping[str, str],
    links: frozenset[str],
    lists: frozenset[str],
) -> Iterator[Token]:
    inside = 0  # a link in a link is none
    for token in tokens:
        if token.type == "link_open":
            inside += 1
            token.attrs["href"] = _target(str(token.attrs.get("href", "")), values)
        elif token.type == "link_close":
            inside -= 1
        if token.type == "text":
            none: frozenset[str] = frozenset()
            found = (none, none) if inside else (links, lists)
            yield from _pieces(token.content, values, *found)
        elif token.type == "code_inline":
            token.content = PLACE.sub(lambda m: line(values.get(m[1], m[0])), token.content)
            yield token
        else:
            yield token


def _drop_empty(tokens: Iterator[Token]) -> list[Token]:
    """Without links that lead nowhere: their words stay."""
    kept: list[Token] = []
    dropped: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            dropped.append(not token.attrs.get("href"))
        gone = token.type in ("link_open", "link_close") and dropped[-1]
        if token.type == "link_close":
            dropped.pop()
        if not gone:
            kept.append(token)
    return kept


def _target(href: str, values: Mapping[str, str]) -> str:
    """Where a link leads; empty where a value that should say it is no web address."""
    whole = _PLACE_IN_LINK.fullmatch(href)
    if whole and whole[1] in values:
        value = line(values[whole[1]])
        return value if is_address(value) else ""
    return _PLACE_IN_LINK.sub(lambda m: quote(line(values.get(m[1], m[0])), safe=""), href)


def _pieces(
    content: str, values: Mapping[str, str], links: frozenset[str], lists: frozenset[str]
) -> Iterator[Token]:
    end = 0
    for place in PLACE.finditer(content):
        if place[1] not in values:
            continue
        yield from _text(content[end : place.start()])
        value = values[place[1]]
        if place[1] in links and is_address(line(value)):
            yield from _link(line(value))
        else:
            yield from _value(block(value), linked=place[1] in lists)
        end = place.end()
    yield from _text(content[end:])


def _link(address: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": address})
    yield Token("bdi_open", "bdi", 1)  # its dots and slashes stay in place in Arabic
    yield from _text(address)
    yield Token("bdi_close", "bdi", -1)
    yield Token("link_close", "a", -1)


def _value(value: str, *, linked: bool) -> Iterator[Token]:
    """A value may run in the other direction than the words around it."""
    yield Token("bdi_open", "bdi", 1)
    for number, one in enumerate(value.split("\n")):
        if number:
            yield Token("hardbreak", "br", 0)
        yield from _link(one) if linked and is_address(one) else _text(one)
    yield Token("bdi_close", "bdi", -1)


def _text(content: str) -> Iterator[Token]:
    if content:
        token = Token("text", "", 0)
        token.content = content
        yield token
