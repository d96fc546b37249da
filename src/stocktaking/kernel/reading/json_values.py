"""The values of a file that is one JSON array, or values one after another over several lines.

A value is cut out of the text by counting its brackets, so that no more than one is held in
memory; whether it is valid, reading it says.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from stocktaking.kernel.reading.limits import RECORD_MAX

_OUTSIDE = re.compile(r'["{}\[\],]')
_INSIDE = re.compile(r'\\|"')


@dataclass
class Value:
    """``place`` is its number, ``text`` None where it is too long, ``encoding`` the one it needed
    if that is not the first, ``cut_off`` that the file ends within it."""

    place: int
    text: str | None
    encoding: str = ""
    cut_off: bool = False


class Values:
    """Cuts pieces of text into values; ``array`` where they stand within one."""

    def __init__(self, *, array: bool) -> None:
        self.array = array
        self.begun = self.ended = False  # the array
        self.depth = 0
        self.quoted = self.escaped = False
        self.count = 0
        self.parts: list[str] = []  # of the value that is being read
        self.letters = 0
        self.too_long = False
        self.encoding = ""

    def read(self, pieces: Iterable[tuple[str, str]]) -> Iterator[Value]:
        for text, encoding in pieces:
            yield from self._piece(text, encoding)
        unfinished = self.array and self.begun and not self.ended
        if unfinished or self.too_long or any(map(str.strip, self.parts)):
            yield self._value(cut_off=True)

    def _piece(self, text: str, encoding: str) -> Iterator[Value]:
        start = place = 1 if self.escaped else 0
        start, self.escaped = 0, False
        while found := (_INSIDE if self.quoted else _OUTSIDE).search(text, place):
            place, sign = found.end(), found[0]
            if sign == "\\":
                place += 1
                self.escaped = place > len(text)
            elif sign == '"':
                self.quoted = not self.quoted
            elif sign in "{[":
                self.depth += 1
                if self.array and not self.begun:
                    self.begun, start = True, place
            elif sign == ",":
                if self.array and self.depth == 1:
                    self._add(text[start : place - 1], encoding)
                    start = place
                    yield self._value()
            else:
                self.depth = max(0, self.depth - 1)
                if self.depth == 0 and not self.ended:
                    self._add(text[start : place - self.array], encoding)
                    start, self.ended = place, self.array
                    if not self.array or self.too_long or any(map(str.strip, self.parts)):
                        yield self._value()
                    self._forget()
        self._add(text[start:], encoding)

    def _add(self, text: str, encoding: str) -> None:
        self.letters += len(text)
        self.encoding = self.encoding or encoding
        if self.letters > RECORD_MAX:
            self.parts, self.too_long = [], True
        elif text:
            self.parts.append(text)

    def _value(self, *, cut_off: bool = False) -> Value:
        self.count += 1
        text = None if self.too_long else "".join(self.parts).strip()
        value = Value(self.count, text, self.encoding, cut_off)
        self._forget()
        return value

    def _forget(self) -> None:
        self.parts, self.letters, self.too_long, self.encoding = [], 0, False, ""
