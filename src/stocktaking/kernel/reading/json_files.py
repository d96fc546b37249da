"""JSON lines, one JSON array of objects, or objects one after another.

What is dubious in a value is told or refused: numbers that are none, two values under one name
(the second goes by the name ``name (2)``), nesting without end.
"""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from stocktaking.kernel.reading.delimiters import returns_end_lines
from stocktaking.kernel.reading.heads import free_name
from stocktaking.kernel.reading.json_values import Value, Values
from stocktaking.kernel.reading.letters import Letters, settle
from stocktaking.kernel.reading.limits import DEPTH_MAX, RECORD_MAX, shown
from stocktaking.kernel.reading.lines import text_lines, text_pieces
from stocktaking.kernel.reading.opened import Opened, sample_of
from stocktaking.kernel.reading.records import FileKind, Note, Reading, Record
from stocktaking.kernel.reading.sources import Source
from stocktaking.kernel.reading.tidying import Tidying

DIGITS_MAX = 100  # of one number
LINES_SEEN = 20  # to tell lines of values from values of several lines
_LINES = re.compile("[\r\n]+")
_ESCAPES = re.compile(r"\\[bfu]")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', re.DOTALL)


def open_json(source: Source, reading: Reading) -> Opened:
    letters = settle(source, reading)
    sample = sample_of(source, letters)
    parser = _Parser(Tidying(reading))
    if sample.lstrip().startswith("["):
        values = Values(array=True).read(text_pieces(source, letters, b'"\n'))
    elif _by_line(sample, whole=not source.sampled):
        values = _lines(source, letters, returns=returns_end_lines(sample, _STRING))
    else:
        values = Values(array=False).read(text_pieces(source, letters, b'"\n'))
    return Opened(FileKind.JSONL, letters.encoding, map(parser.record, values), notes=letters.notes)


def _by_line(sample: str, *, whole: bool) -> bool:
    """Whether each line is a value: at least two thirds of the first are."""
    lines = [line for line in _LINES.split(sample) if line.strip()]
    if not whole and len(lines) > 1:
        lines.pop()
    return 3 * sum(map(_is_value, lines[:LINES_SEEN])) >= 2 * len(lines[:LINES_SEEN])


def _is_value(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _lines(source: Source, letters: Letters, *, returns: bool) -> Iterator[Value]:
    lines = text_lines(source, letters, returns=returns)
    for place, (text, encoding) in enumerate(lines, start=1):
        if text is None or (text and not text.isspace()):
            yield Value(place, text, encoding)


class _Parser:
    """Reads one value after another; ``repeated`` and ``odd`` are of the one being read."""

    def __init__(self, tidying: Tidying) -> None:
        self.tidying = tidying
        self.repeated: list[tuple[str, str]] = []
        self.decode = json.JSONDecoder(
            object_pairs_hook=self._object,
            parse_float=_float,
            parse_int=_int,
            parse_constant=_constant,
            strict=False,  # control characters are left out later, and told
        ).decode

    def record(self, value: Value) -> Record:
        notes: list[Note] = []
        faults: list[Note] = []
        data = self._data(value, faults)
        if value.encoding:
            notes.append(Note("encoding_fallback", params={"encoding": value.encoding}))
        if self.repeated:
            notes += [Note("key_repeated", new, {"name": name}) for name, new in self.repeated]
            self.repeated = []
        if data and value.text and self._doubtful(value.text):
            data = self.tidying.nested(data, notes, faults)
        return Record(value.place, data, tuple(notes), tuple(faults))

    def _data(self, value: Value, faults: list[Note]) -> dict[str, Any]:
        text = value.text
        if text is None:
            faults.append(Note("line_too_long", params={"most": RECORD_MAX}))
            return {}
        try:
            data = self.decode(text)
        except _OddError as odd:
            faults.append(odd.args[0])
            return {}
        except RecursionError:
            data = None
            deep = True
        except ValueError as problem:
            place = getattr(problem, "pos", 0)
            around = text[max(0, place - 20) :].strip() or text[-40:].strip()
            faults.append(Note("json_broken", params={"text": shown(around)}))
            return {}
        else:
            deep = text.count("{") + text.count("[") > DEPTH_MAX and _depth(text) > DEPTH_MAX
        if deep:
            faults.append(Note("json_too_deep", params={"most": DEPTH_MAX}))
            return {}
        if value.cut_off:
            faults.append(Note("json_broken", params={"text": shown(text[-40:])}))
        if not isinstance(data, dict):
            faults.append(Note("record_not_object", params={"text": shown(text.strip())}))
            return {}
        return data

    def _doubtful(self, text: str) -> bool:
        escaped = "\\" in text and ("<" in text or _ESCAPES.search(text) is not None)
        return escaped or self.tidying.doubtful(text.rstrip("\r\n"))

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        data = dict(pairs)
        if len(data) == len(pairs):
            return data
        stated = set(data)
        data = {}
        for name, value in pairs:
            free = free_name(name, data.keys() | stated - {name}) if name in data else name
            if free != name:
                self.repeated.append((name, free))
            data[free] = value
        return data


class _OddError(Exception):
    """A number that cannot be used; its argument is the fault."""


def _constant(text: str) -> Any:
    raise _OddError(Note("number_not_finite", params={"text": text}))


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _OddError(Note("number_not_finite", params={"text": shown(text)}))
    return number


def _int(text: str) -> int:
    if len(text) > DIGITS_MAX:
        raise _OddError(Note("number_too_long", params={"most": DIGITS_MAX}))
    return int(text)


def _depth(text: str) -> int:
    depth = most = 0
    for found in _BRACKETS.finditer(text):
        sign = found[0]
        if sign in "{[":
            depth += 1
            most = max(most, depth)
        elif sign in "}]":
            depth -= 1
    return most
