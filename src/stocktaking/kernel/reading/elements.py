"""Elements of XML as plain values, one record after another.

An element becomes an object: its attributes by ``@name``, its text by ``#text``, its children by
their local name, always as lists. One with neither attributes nor children is its text.
``xml:lang`` is ``@lang``.
"""

from dataclasses import dataclass, field
from typing import Any
from xml.sax.handler import ContentHandler

from stocktaking.kernel.reading.limits import DEPTH_MAX, ELEMENT_MAX
from stocktaking.kernel.reading.paths import TEXT
from stocktaking.kernel.reading.refusals import Unreadable

_OVERHEAD = 50  # letters that an element counts beside its own


@dataclass
class _Element:
    name: str
    data: dict[str, Any]
    texts: list[str] = field(default_factory=list)

    def value(self) -> Any:
        text = "".join(self.texts).strip()
        if not self.data:
            return text
        if text:
            self.data[TEXT] = text
        return self.data


class Elements(ContentHandler):
    """Collects in ``done`` what records hold; None for one that is too long."""

    def __init__(self, record: str) -> None:
        super().__init__()
        self.record = record
        self.done: list[Any] = []
        self.open: list[_Element] = []  # the record that is being read, and what is open in it
        self.depth = self.events = self.letters = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - named by SAX
        self.events += 1
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise Unreadable("xml_too_deep", most=DEPTH_MAX)
        local = name.rpartition(":")[2]
        if not self.open:
            if local != self.record:
                return
            self.letters = 0
        data: dict[str, Any] = {}
        for key, value in attrs.items():
            if key == "xmlns" or key.startswith("xmlns:"):
                continue
            short = "@" + key.rpartition(":")[2]
            data[f"@{key}" if short in data else short] = value
            self.letters += len(key) + len(value)
        self.letters += len(name) + _OVERHEAD
        self.open.append(_Element(local, data))
        self._measure()

    def characters(self, content: str) -> None:
        self.events += 1
        if self.open:
            self.letters += len(content) + 1
            if self._measure():
                self.open[-1].texts.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - named by SAX
        self.events += 1
        self.depth -= 1
        if not self.open:
            return
        element = self.open.pop()
        if self.open:
            if self._measure():
                self.open[-1].data.setdefault(element.name, []).append(element.value())
        else:
            self.done.append(element.value() if self._measure() else None)

    def _measure(self) -> bool:
        """Whether the record is of a length that can be kept; what it held is let go if not."""
        if self.letters <= ELEMENT_MAX:
            return True
        for element in self.open:
            element.data, element.texts = {}, []
        return False


class Counts(ContentHandler):
    """How often each name occurs at each level."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[dict[str, int]] = []
        self.depth = self.events = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - named by SAX
        self.events += 1
        if self.depth > DEPTH_MAX:
            raise Unreadable("xml_too_deep", most=DEPTH_MAX)
        if self.depth == len(self.levels):
            self.levels.append({})
        names = self.levels[self.depth]
        local = name.rpartition(":")[2]
        names[local] = names.get(local, 0) + 1
        self.depth += 1

    def endElement(self, name: str) -> None:  # noqa: N802 - named by SAX
        self.events += 1
        self.depth -= 1

    def characters(self, content: str) -> None:
        self.events += 1

    def record(self, usual: tuple[str, ...]) -> str:
        """The name of what is repeated: a usual one, else the first level at which any is."""
        for name in usual:
            if any(name in names for names in self.levels):
                return name
        for names in self.levels[1:]:
            if names and max(names.values()) > 1:
                return max(names, key=lambda name: names[name])
        return next(iter(self.levels[1]), "") if len(self.levels) > 1 else ""
