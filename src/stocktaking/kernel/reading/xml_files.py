"""Records of XML: any elements of one name, such as the activities of an IATI file.

Read piece by piece with a parser that refuses document types and entities. Characters that XML
forbids are left out and told; where bytes break the encoding that the file states, UTF-8, what
stands between two tags is read in the encodings of the reading, as lines of other files are.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from stocktaking.kernel.reading.elements import Counts, Elements
from stocktaking.kernel.reading.letters import Letters, settle
from stocktaking.kernel.reading.limits import ELEMENT_MAX, RECORD_MAX
from stocktaking.kernel.reading.lines import text_pieces
from stocktaking.kernel.reading.opened import Opened
from stocktaking.kernel.reading.paths import TEXT
from stocktaking.kernel.reading.records import FileKind, Note, Reading, Record
from stocktaking.kernel.reading.refusals import Unreadable
from stocktaking.kernel.reading.sources import Source
from stocktaking.kernel.reading.tidying import Tidying

USUAL = ("iati-activity",)
COUNTED = 4 * 1024 * 1024  # letters among which the record is found
_STATED = re.compile(
    rb"""\A\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']"""
)
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAGS = re.compile("<?[^<]*")


def open_xml(source: Source, reading: Reading) -> Opened:
    stated = _stated(source.head)
    # what the file states counts, unless it is what nearly all state, whatever they are
    letters = settle(source, Reading() if stated else reading, stated)
    notes = list(letters.notes)
    record = reading.record
    if not record:
        record = _found(source, letters)
        if record not in USUAL:
            notes.append(Note("record_found", params={"record": record}))
    return Opened(
        FileKind.XML,
        letters.encoding,
        _records(source, letters, record, Tidying(reading)),
        notes=tuple(notes),
        record=record,
    )


def _stated(head: bytes) -> list[str]:
    found = _STATED.match(head)
    name = found[1].decode("ascii") if found else ""
    wide = name.lower().startswith(("utf-16", "utf16", "ucs", "utf-32"))
    return [] if not name or wide or name.lower() in ("utf-8", "utf8", "us-ascii") else [name]


class _Parser:
    """Feeds a handler with text, and makes refusals of what it trips over."""

    def __init__(self, handler: ContentHandler) -> None:
        self.parser = create_parser(forbid_dtd=True)
        self.parser.setContentHandler(handler)
        # newer parsers wait for more text before they say what they have read
        self.flush = getattr(self.parser, "flush", None)

    def feed(self, text: str) -> None:
        try:
            self.parser.feed(text)
            if self.flush is not None:
                self.flush()
        except DefusedXmlException as problem:
            raise Unreadable("xml_entities") from problem
        except SAXParseException as problem:
            raise Unreadable("xml_damaged", line=problem.getLineNumber() or 1) from problem

    def close(self) -> None:
        try:
            self.parser.close()
        except SAXParseException as problem:
            raise Unreadable("xml_damaged", line=problem.getLineNumber() or 1) from problem

    @property
    def line(self) -> int:
        return self.parser.getLineNumber() or 1


def _found(source: Source, letters: Letters) -> str:
    counts = Counts()
    parser = _Parser(counts)
    fed = 0
    try:
        for text, _ in text_pieces(source, letters, b"<\n"):
            parser.feed(_FORBIDDEN.sub("", text))
            fed += len(text)
            if fed > COUNTED:
                break
    except Unreadable as problem:
        if problem.code != "xml_damaged" or not counts.record(USUAL):
            raise
    return counts.record(USUAL)


def _records(source: Source, letters: Letters, record: str, tidying: Tidying) -> Iterator[Record]:
    handler = Elements(record)
    parser = _Parser(handler)
    told: dict[str, Note] = {}  # of the record that is open
    place = quiet = 0
    for text, encoding in text_pieces(source, letters, b"<\n"):
        for part in _TAGS.findall(text) if _FORBIDDEN.search(text) else (text,):
            before = handler.events
            clean, count = _FORBIDDEN.subn("", part)
            damage = None
            try:
                parser.feed(clean)
            except Unreadable as problem:
                damage = problem  # what stands before it is sound
            quiet = 0 if handler.events > before else quiet + len(part)
            if quiet > RECORD_MAX:
                raise Unreadable("record_too_long", line=parser.line)
            if handler.open or handler.done:
                _tell(told, encoding, count)
            for data in handler.done:
                place += 1
                yield _record(place, data, tuple(told.values()), tidying)
                told = {}
            handler.done.clear()
            if damage:
                raise damage
    parser.close()
    if not place and handler.events > 3:  # there is more than a root
        raise Unreadable("record_unknown", record=record)


def _tell(told: dict[str, Note], encoding: str, count: int) -> None:
    if encoding:
        told["encoding"] = Note("encoding_fallback", params={"encoding": encoding})
    if count:
        known = told["controls"].params["count"] if "controls" in told else 0
        told["controls"] = Note("controls_removed", params={"count": int(known) + count})


def _record(place: int, data: Any, told: tuple[Note, ...], tidying: Tidying) -> Record:
    if data is None:
        fault = Note("line_too_long", params={"most": ELEMENT_MAX})
        return Record(place, {}, told, (fault,))
    notes = list(told)
    faults: list[Note] = []
    nested = tidying.nested(data if isinstance(data, dict) else {TEXT: data}, notes, faults)
    return Record(place, nested, tuple(notes), tuple(faults))
