"""HTML in a cell as plain text: paragraphs and list items on lines of their own.

Only names that HTML knows count as markup, so "<5 years" and "<name of the project>" stay. All of
it takes linear time, whatever the text.
"""

import html
import re
from html.entities import html5

_BLOCKS = (
    "address|article|aside|blockquote|body|center|dd|div|dl|dt|figure|footer|form|h[1-6]|header|"
    "hr|html|main|nav|ol|pre|section|table|tbody|tfoot|thead|tr|ul"
)
_WITHIN = (
    "a|abbr|acronym|b|big|button|cite|code|col|colgroup|del|em|embed|font|i|iframe|img|input|ins|"
    "kbd|label|link|mark|meta|object|o:p|q|s|samp|small|span|strike|strong|sub|sup|svg|td|th|tt|u|"
    "var|video|wbr"
)
_UNSEEN = "head|noscript|script|style|template|title"
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>p|br|li|{_BLOCKS}|{_WITHIN}|{_UNSEEN})(?P<rest>(?:[\s/][^<>]*)?)>"
    r"|<!--|<!doctype\b[^<>]*>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_ADDRESS = re.compile(r"""\bhref\s*=\s*["']?(https?://[^"'\s<>]+)""", re.IGNORECASE)
_BLOCK = re.compile(_BLOCKS)
_UNSEEN_NAME = re.compile(_UNSEEN)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
ITEM = "- "


def marked_up(text: str) -> bool:
    return ("<" in text and _TAG.search(text) is not None) or (
        "&" in text and any(map(_letter, _ENTITY.findall(text)))
    )


def as_text(text: str) -> str:
    """The words of the markup. Addresses of links follow their words in brackets."""
    if not _TAG.search(text):
        return _unescaped(text)  # line ends of the text itself mean something
    return _Words().of(text)


def _unescaped(text: str) -> str:
    """With what entities stand for; "&copy=2" within an address is none."""
    return _ENTITY.sub(lambda found: _letter(found[0]) or found[0], text)


def _letter(entity: str) -> str:
    """What an entity stands for; "" where HTML knows none of this name."""
    return html.unescape(entity) if entity[1] == "#" or entity[1:] in html5 else ""


class _Words:
    """Collects words; ``breaks`` are the line ends to set before the next."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.breaks = 0
        self.item = ""
        self.unseen = ""  # the element whose content is left out
        self.address = ""  # of the link that is open; links do not nest
        self.start = 0  # where its words begin

    def of(self, text: str) -> str:
        place = 0
        while found := _TAG.search(text, place):
            self._say(_unescaped(_BLANKS.sub(" ", text[place : found.start()])))
            place = found.end()
            if found["name"]:
                self._tag(found["name"].lower(), bool(found["end"]), found["rest"])
            elif found[0] == "<!--":
                end = text.find("-->", place)
                place = end + 3 if end >= 0 else len(text)
        self._say(_unescaped(_BLANKS.sub(" ", text[place:])))
        return "\n".join(line.strip(" ") for line in "".join(self.parts).split("\n")).strip()

    def _say(self, text: str) -> None:
        if self.unseen or not text or ((self.breaks or self.item) and not text.strip()):
            return
        if self.parts:
            self.parts.append("\n" * min(self.breaks, 2))
        self.parts += (self.item, text.lstrip(" ") if self.breaks else text)
        self.breaks, self.item = 0, ""

    def _tag(self, name: str, ends: bool, rest: str) -> None:
        if self.unseen:
            if ends and name == self.unseen:
                self.unseen = ""
        elif _UNSEEN_NAME.fullmatch(name):
            self.unseen = "" if ends else name
        elif name == "a":
            self._link(ends, rest)
        elif name == "br":
            self.breaks += 1
        elif name == "p":
            self.breaks = max(self.breaks, 2)
        elif name == "li" or _BLOCK.fullmatch(name):
            self.breaks = max(self.breaks, 1)
            self.item = ITEM if name == "li" and not ends else ""
        elif name in ("td", "th") and not ends:
            self._say(" ")

    def _link(self, ends: bool, rest: str) -> None:
        if not ends:
            found = _ADDRESS.search(rest)
            self.address, self.start = _unescaped(found[1]) if found else "", len(self.parts)
        elif self.address:
            words = "".join(self.parts[self.start :]).strip()
            if self.address.rstrip("/") != words.rstrip("/"):
                self._say(f" ({self.address})" if words else self.address)
            self.address = ""
