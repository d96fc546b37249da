"""Markdown to harmless HTML: no markup of the writer's own, no images, links to pages only."""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
_TAGS = {
    *("p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "a", "em", "strong", "code", "pre"),
    *("blockquote", "br", "hr", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}
_WINDOWS_PATH = re.compile(r'href="(?:[/\\]{2}|/\\|\\)')  # browsers read //host as an address


@lru_cache(maxsize=512)
def render(markdown: str) -> str:
    """HTML of a text; its headings start at the second level, below the page's title."""
    tokens = _PARSER.parse(markdown)
    _lower(tokens)
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )
    return _WINDOWS_PATH.sub('href="/', cleaned)


def _lower(tokens: list[Token]) -> None:
    """The page has its title already: a heading of the first level becomes one of the second."""
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
