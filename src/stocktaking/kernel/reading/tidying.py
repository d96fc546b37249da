"""What is done to each text of a record, and what is told about it.

Nearly all records need nothing; one look at the whole row or line (``doubtful``) spares a look
at each of its texts.
"""

import re
from collections.abc import Mapping
from typing import Any

from stocktaking.kernel.reading.heads import free_name
from stocktaking.kernel.reading.letters import UNREADABLE
from stocktaking.kernel.reading.limits import CELL_MAX, shown
from stocktaking.kernel.reading.markup import as_text, marked_up
from stocktaking.kernel.reading.paths import written
from stocktaking.kernel.reading.records import Note, Reading
from stocktaking.kernel.reading.suspicion import NEAR, repaired, suspicious
from stocktaking.kernel.tables import unguard

UNKNOWN = "\ufffd"

_INVISIBLE = "\0-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff"
_CONTROLS = re.compile(f"[{_INVISIBLE}]")
_HALVES = re.compile(f"[\ud800-\udfff{UNREADABLE}]+")
_PLAIN = re.compile("[\0-\x08\x0b-\x1f\x7f]")  # what makes a text of ASCII doubtful
_OTHER = re.compile(f"[{_INVISIBLE}\x0b-\x0d\ud800-\udfff{UNKNOWN}]")


class Tidying:
    """The rules of one reading; ``guarded`` where apostrophes of our own export may stand."""

    def __init__(self, reading: Reading, *, guarded: bool = False) -> None:
        self.unguarded = guarded and reading.unguard
        self.repairs = reading.mojibake == "repair"
        self.plain = reading.html == "text"
        self.empty = frozenset(word.strip().casefold() for word in reading.empty)

    def doubtful(self, raw: str) -> bool:
        """Whether anything has to be done about a record, ``raw`` as it stands in the file."""
        if self.empty or len(raw) > CELL_MAX or (self.unguarded and "'" in raw):
            return True
        return _odd(raw) or marked_up(raw)

    def text(self, text: str, column: str, notes: list[Note], faults: list[Note]) -> str:
        """The text as it is to be used; what was done and what is wrong is added to the lists."""
        if self.unguarded and "'" in text:
            text = unguard(text)
        if _odd(text):
            text = self._letters(text, column, notes, faults)
            text = self._controls(text, column, notes)
        if marked_up(text):
            code = "markup_removed" if self.plain else "markup_found"
            notes.append(Note(code, column, {"text": shown(text)}))
            text = as_text(text) if self.plain else text
        if len(text) > CELL_MAX:
            faults.append(Note("cell_too_long", column, {"letters": len(text), "most": CELL_MAX}))
            text = text[:CELL_MAX]
        if self.empty and text.strip().casefold() in self.empty:
            return ""
        return text

    def nested(self, data: Any, notes: list[Note], faults: list[Note], column: str = "") -> Any:
        """The same for all texts of nested values."""
        if isinstance(data, str):
            return self.text(data, column, notes, faults) if self.doubtful(data) else data
        if isinstance(data, Mapping):
            tidied: dict[str, Any] = {}
            for name, value in data.items():
                if _odd(name):
                    name = self._letters(name, column, notes, faults)
                    name = self._controls(name, column, notes)
                if name in tidied:
                    free = free_name(name, tidied.keys() | data.keys())
                    notes.append(Note("key_repeated", written(column, free), {"name": name}))
                    name = free
                if isinstance(value, str) and not self.doubtful(value):
                    tidied[name] = value
                else:
                    tidied[name] = self.nested(value, notes, faults, written(column, name))
            return tidied
        if isinstance(data, list):
            return [self.nested(one, notes, faults, column) for one in data]
        return data

    def _letters(self, text: str, column: str, notes: list[Note], faults: list[Note]) -> str:
        if text.isascii():
            return text
        if half := _HALVES.search(text):
            text = _HALVES.sub(UNKNOWN, text)
            faults.append(Note("letters_unreadable", column, {"text": _around(text, half.start())}))
        elif UNKNOWN in text:
            around = _around(text, text.index(UNKNOWN))
            notes.append(Note("letters_suspicious", column, {"text": around}))
        if not (bad := suspicious(text)):
            return text
        if self.repairs:
            mended = repaired(text)
            if mended != text:
                params = {"text": shown(text), "became": shown(mended)}
                notes.append(Note("letters_repaired", column, params))
                text, bad = mended, suspicious(mended)
        if bad:
            notes.append(Note("letters_suspicious", column, {"text": bad}))
        return text

    def _controls(self, text: str, column: str, notes: list[Note]) -> str:
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        broken = text.replace("\x0b", "\n").replace("\x0c", "\n")  # line and page breaks of Word
        kept, count = _CONTROLS.subn("", broken)
        count += text.count("\x0b") + text.count("\x0c")
        if count:
            notes.append(Note("controls_removed", column, {"count": count}))
        return kept


def _odd(text: str) -> bool:
    """Whether there is a letter in a text that something may have to be done about."""
    if text.isascii():
        return _PLAIN.search(text) is not None
    return _OTHER.search(text) is not None or NEAR.search(text) is not None


def _around(text: str, place: int) -> str:
    return shown(text[max(0, place - 20) :])
