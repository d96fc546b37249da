"""One way to write each value, so that two equal entries are equal as values too."""

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from stocktaking.entries.rules.values import EntryValues, TextValue
from stocktaking.kernel.periods import PartialDate

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_SPACE = re.compile(r"\s+")
Part = TypeVar("Part", bound="DataclassInstance")


def tidy(values: EntryValues) -> EntryValues:
    """The same content in normal form: composed letters, clean spaces, no empty rows."""
    return replace(
        values,
        original_language=language_tag(values.original_language),
        texts=tuple(_text(t) for t in values.texts if line(t.title) or text(t.summary)),
        sections=tuple(
            _with(s, language=language_tag(s.language), text=said)
            for s in values.sections
            if (said := text(s.text))
        ),
        terms=tuple(
            _with(t, note=text(t.note), note_language=language_tag(t.note_language))
            if t.note or t.note_language
            else t
            for t in values.terms
        ),
        start=date(values.start),
        end=date(values.end),
        website=values.website.strip(),
        licence=line(values.licence),
        attribution=line(values.attribution),
        partners=tuple(_with(p, name=name) for p in values.partners if (name := line(p.name))),
        links=tuple(
            _with(one, url=one.url.strip(), label=line(one.label))
            for one in values.links
            if one.url.strip() or line(one.label)
        ),
        images=tuple(
            replace(i, alt=line(i.alt), language=language_tag(i.language), credit=line(i.credit))
            for i in values.images
        ),
        identifiers=tuple(
            _with(i, system=line(i.system), value=line(i.value), url=i.url.strip())
            for i in values.identifiers
            if line(i.system) or line(i.value)
        ),
        collections=tuple(dict.fromkeys(values.collections)),
    )


def _with(part: Part, **tidied: Any) -> Part:
    """The part with these values; itself where it has them, which is the rule."""
    if all(getattr(part, name) == value for name, value in tidied.items()):
        return part
    return replace(part, **tidied)


def _text(stated: TextValue) -> TextValue:
    return _with(
        stated,
        language=language_tag(stated.language),
        title=line(stated.title),
        summary=text(stated.summary),
    )


def line(stated: str) -> str:
    """One line: composed letters, single spaces."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", stated)).strip()


def text(stated: str) -> str:
    """Several lines: composed letters, one kind of line end."""
    composed = unicodedata.normalize("NFC", stated)
    return composed.replace("\r\n", "\n").replace("\r", "\n").strip()


def date(stated: str) -> str:
    """A date in ASCII digits; what is no date stays as it is, for the check to refuse."""
    try:
        return str(PartialDate.parse(stated))
    except ValueError:
        return stated.strip()


def language_tag(stated: str) -> str:
    """A language tag in its customary case: ``pt-BR``, ``zh-Hant``; ``zh-Hans`` is ``zh``."""
    if len(stated) == 2 and stated.isascii() and stated.islower():
        return stated
    parts = stated.strip().replace("_", "-").split("-")
    cased = [parts[0].lower()]
    for part in parts[1:]:
        cased.append(part.title() if len(part) == 4 else part.upper())
    tag = "-".join(cased)
    return "zh" if tag == "zh-Hans" else tag
