"""Letters: what may be filled in, in which language, and lists of people to write to."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stocktaking.kernel import languages
from stocktaking.outbox.rules.placeholders import unknown

# what stands for each recipient, and for the call, in a letter's text
PLACEHOLDERS: tuple[str, ...] = (
    "name",
    "organisation",
    "call",
    "deadline",
    "days_left",
    "link",
    "reference",
    "date",
    "signature",
)
EMAIL_MAX = 254
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\.]+(\.[^\s@<>(),;:\"\[\]\\.]+)+")
_NAMED = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>]+)>$")
_HEADS = {"email": "email", "e-mail": "email", "mail": "email", "address": "email"}
COLUMNS = ("email", "name", "organisation", "language")


def unknown_placeholders(*texts: str) -> tuple[str, ...]:
    """Words in braces that nothing will be filled in for, each once."""
    known = dict.fromkeys(PLACEHOLDERS, "")
    found = (place[1:-1] for text in texts for place in unknown(text, known))
    return tuple(dict.fromkeys(found))


def framed(body: str) -> str:
    """The text with reference and date above and signature below, where it does not place
    them itself."""
    head = [place for place in ("{reference}", "{date}") if place not in body]
    foot = [] if "{signature}" in body else ["{signature}"]
    return "\n\n".join([*head, body.strip(), *foot])


def language_for(wanted: str, written: Iterable[str]) -> str:
    """The language of the letter that somebody gets: theirs, else English, else the first of
    those written. ValueError where none is written."""
    found = set(written)
    for code in languages.fallbacks(wanted):
        if code in found:
            return code
    if not found:
        raise ValueError("the letter has no text")
    return min(found)


@dataclass(frozen=True)
class Line:
    """One line of a list of people, and what is wrong with it; ``fault`` is empty if nothing."""

    number: int
    text: str
    email: str = ""
    name: str = ""
    organisation: str = ""
    language: str = ""
    fault: str = ""


def read_list(text: str, *, default_language: str, known: Iterable[str] = ()) -> list[Line]:
    """Every line with its verdict: ``Name <address>``, or columns address, name, organisation,
    language, separated by comma, semicolon or tab; a head row may name them in another order.

    ``known`` are addresses that the group has already. Faults: ``email_malformed``, ``twice``,
    ``known``, ``language_unknown``.
    """
    seen = {address.lower(): 0 for address in known}
    held = frozenset(seen)
    columns: Sequence[str] = COLUMNS
    read: list[Line] = []
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        if not raw.strip():
            continue
        cells = _cells(raw)
        if not read and (head := _head(cells)):
            columns = head
            continue
        line = _line(number, raw, cells, columns, default_language)
        if not line.fault and line.email in seen:
            fault = "known" if line.email in held else "twice"
            line = Line(number, line.text, line.email, fault=fault)
        seen.setdefault(line.email, number)
        read.append(line)
    return read


def _cells(raw: str) -> list[str]:
    mark = next((mark for mark in ("\t", ";", ",") if mark in raw), ",")
    return [cell.strip() for cell in next(csv.reader([raw], delimiter=mark), [])]


def _head(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns that a head row names; empty where it is none."""
    names = tuple(_HEADS.get(cell.lower(), cell.lower()) for cell in cells)
    return names if "email" in names and not any("@" in cell for cell in cells) else ()


def _line(
    number: int, raw: str, cells: Sequence[str], columns: Sequence[str], default: str
) -> Line:
    stated = dict(zip(columns, cells, strict=False))
    email, name = stated.get("email", ""), stated.get("name", "")
    if named := _NAMED.match(email):
        email, name = named["email"].strip(), name or named["name"].strip(' "')
    email = email.lower()
    language = stated.get("language", "").lower() or default
    fault = ""
    if len(email) > EMAIL_MAX or not _EMAIL.fullmatch(email):
        fault = "email_malformed"
    elif language not in languages.CODES:
        fault = "language_unknown"
    return Line(
        number=number,
        text=raw.strip()[:200],
        email=email,
        name=name[:200],
        organisation=stated.get("organisation", "")[:300],
        language=language,
        fault=fault,
    )
