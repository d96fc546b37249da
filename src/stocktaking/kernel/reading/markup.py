"""HTML in a cell as plain text: paragraphs and list items on lines of their own.

Only names that HTML knows count as markup, so "<5 years" and "<name of the project>" stay. All of
it takes linear time, whatever the text.
"""

import html
import re

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
MARKUP = re.compile(f"{_TAG.pattern}|{_ENTITY.pattern}", re.IGNORECASE)
_ADDRESS = re.compile(r"""\bhref\s*=\s*["']?(https?://[^"'\s<>]+)""", re.IGNORECASE)
_BLOCK = re.compile(_BLOCKS)
_UNSEEN_NAME = re.compile(_UNSEEN)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r"\n{3,}")
ITEM = "- "


def as_text(text: str) -> str:
    """The words of the markup. Addresses of links follow their words in brackets."""
    if not _TAG.search(text):
        return html.unescape(text)  # line ends of the text itself mean something
    return _Words().of(text)


class _Words:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.unseen = ""  # the element whose content is left out
        self.links: list[tuple[str, int]] = []  # address, and where its words begin

    def of(self, text: str) -> str:
        place = 0
        while found := _TAG.search(text, place):
            self._say(text[place : found.start()])
            place = found.end()
            if found["name"]:
                self._tag(found["name"].lower(), bool(found["end"]), found["rest"])
            elif found[0] == "<!--":
                end = text.find("-->", place)
                place = end + 3 if end >= 0 else len(text)
        self._say(text[place:])
        lines = "".join(self.parts).split("\n")
        return _BREAKS.sub("\n\n", "\n".join(line.strip(" ") for line in lines)).strip()

    def _say(self, text: str) -> None:
        if text and not self.unseen:
            self.parts.append(html.unescape(_BLANKS.sub(" ", text)))

    def _tag(self, name: str, ends: bool, rest: str) -> None:
        if self.unseen:
            if ends and name == self.unseen:
                self.unseen = ""
        elif _UNSEEN_NAME.fullmatch(name):
            self.unseen = "" if ends else name
        elif name == "a":
            self._link(ends, rest)
        elif name == "p":
            self.parts.append("\n\n")
        elif name == "li":
            self.parts.append("\n" if ends else f"\n{ITEM}")
        elif name == "br" or _BLOCK.fullmatch(name):
            self.parts.append("\n")
        elif name in ("td", "th") and not ends:
            self.parts.append(" ")

    def _link(self, ends: bool, rest: str) -> None:
        if not ends:
            found = _ADDRESS.search(rest)
            self.links.append((html.unescape(found[1]) if found else "", len(self.parts)))
        elif self.links:
            address, start = self.links.pop()
            words = "".join(self.parts[start:]).strip()
            if address and address.rstrip("/") != words.rstrip("/"):
                self.parts.append(f" ({address})" if words else address)
