"""Places in a template, ``{name}``, and the values that go there.

A value is never read as markup: it is put in after the template has been parsed (``rendering``),
and here loses what could end a header or turn the direction of the text around it.
"""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{([a-z][a-z0-9]*(?:_[a-z0-9]+)*)\}")
_ANY_PLACE = re.compile(r"\{[^{}\n]{0,60}\}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\{}|^\x00-\x20\x7f]{1,1900}", re.IGNORECASE)
_NEWLINE = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")
# controls, halves of letters, and marks that reverse the text that follows
_UNSEEN = re.compile(r"[\x00-\x09\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
SUBJECT_MAX = 300


def unknown(template: str, known: Mapping[str, object]) -> list[str]:
    """The places of a template that nothing fills, each once, as they are written."""
    found = (place.group(0) for place in _ANY_PLACE.finditer(template))
    return list(dict.fromkeys(place for place in found if place[1:-1] not in known))


def block(value: str) -> str:
    """A value of several lines, without what nobody can see."""
    lines = _NEWLINE.sub("\n", value).replace("\t", " ").split("\n")
    return "\n".join(_UNSEEN.sub("", line).rstrip() for line in lines).strip("\n")


def line(value: str) -> str:
    """A value on one line, fit for a header."""
    return " ".join(_UNSEEN.sub("", _NEWLINE.sub(" ", value).replace("\t", " ")).split())


def is_address(value: str) -> bool:
    """Whether a value may become a link: a web address and nothing else."""
    return _ADDRESS.fullmatch(value) is not None


def fill_line(template: str, values: Mapping[str, str]) -> str:
    """A text of one line, such as a subject; a place that nothing fills stays as it is."""

    def filled(place: re.Match[str]) -> str:
        return line(values.get(place.group(1), place.group(0)))

    text = line(PLACE.sub(filled, template))
    return text if len(text) <= SUBJECT_MAX else text[: SUBJECT_MAX - 1].rstrip() + "…"
