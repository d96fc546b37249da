"""What a browser without a script sends for the fields of a page."""

from html.parser import HTMLParser
from urllib.parse import urlencode


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self._area: str | None = None
        self._list: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._area, self._text = held["name"], ""
        elif tag == "select":
            self._list = held["name"]
        elif tag == "option" and self._list and "selected" in held:
            self.pairs.append((self._list, held["value"]))
        elif tag == "input" and "name" in held:
            kind = held.get("type", "text")
            ticked = kind not in ("checkbox", "radio") or "checked" in held
            if kind not in ("file", "submit") and ticked:
                self.pairs.append((held["name"], held.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            # the line end right after the tag is not part of the text
            self.pairs.append((self._area, self._text.removeprefix("\n").replace("\n", "\r\n")))
            self._area = None
        elif tag == "select":
            self._list = None


def fields_of(html: str) -> list[tuple[str, str]]:
    reader = _Fields()
    reader.feed(html)
    return reader.pairs


def typed_from(html: str) -> str:
    return urlencode(fields_of(html))
