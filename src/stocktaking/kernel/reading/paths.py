"""Paths into records: ``organisations[role=reporting].name``, ``recipient-country@code``.

Keys are joined by full stops; ``@name`` is an attribute of XML, also right behind a key;
``[key=value]`` and ``[@name=value]`` keep what has that value, ``[key=]`` what has none;
``[2]`` keeps the second. A key that holds full stops may stand in quotation marks, those within
it doubled: ``"Project title (e.g. ""HERA"")".text``; so may a value. Lists are looked through.

In a flat table a column whose head is the whole text wins, so that heads need no quoting. A text
that cannot be a path for its full stops or brackets, such as ``No.``, is one key.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TEXT = "#text"  # the text of an element of XML that has attributes or children

_QUOTED = r'"(?:[^"]|"")*"'
_FILTER = rf'\[\s*(?P<key>(?:{_QUOTED}|[^\]="\[])+?)\s*=\s*(?P<value>{_QUOTED}|[^\]"]*?)\s*\]'
_STEP = re.compile(
    rf"(?P<dot>\.?)(?:(?P<quoted>{_QUOTED})|(?P<plain>@?[^.@\[\]\"][^.@\[\]]*))"
    rf"|{_FILTER}|\[\s*(?P<place>[0-9]{{1,9}})\s*\]"
)
_BRACKET = re.compile(r"\[[^\]]*=|\[\s*[0-9]+\s*\]")
_NEEDS_QUOTES = re.compile(r'[.@\[\]"=]|^\s|\s$|^$')


@dataclass(frozen=True)
class Key:
    """Into a value under its name; attributes begin with ``@``."""

    name: str


@dataclass(frozen=True)
class Having:
    """Only what has this value; with an empty one, only what has none."""

    name: str
    value: str


@dataclass(frozen=True)
class Place:
    """Only the one at this place, counted from 1."""

    number: int


Step = Key | Having | Place


@dataclass(frozen=True)
class Path:
    """Where in a record something stands."""

    steps: tuple[Step, ...]
    literal: str = field(default="", compare=False)

    @classmethod
    def parse(cls, text: str) -> "Path":
        """ValueError where the text is empty, or a quotation mark or bracket is left open."""
        if not text.strip():
            raise ValueError("a path needs a name")
        steps = _steps(text)
        if steps is None:
            if text.lstrip().startswith('"') or _BRACKET.search(text):
                raise ValueError(f"not a path: {text[:80]}")
            steps = (Key(text),)
        return cls(steps, text)

    def values(self, data: Any) -> list[Any]:
        """What stands there: texts, numbers and truth values, in order; nothing of null.

        An object counts as its text, where it has one.
        """
        if isinstance(data, Mapping) and self.literal in data:
            found = [data[self.literal]]
        else:
            found = self.items(data)
        return [one for item in _flat(found) for one in _scalar(item)]

    def items(self, data: Any) -> list[Any]:
        """The same, with objects as they are; lists are taken apart."""
        found = _flat([data])
        for step in self.steps:
            found = _step(step, found)
        return found

    def __str__(self) -> str:
        text = ""
        for step in self.steps:
            if isinstance(step, Key):
                text = written(text, step.name)
            elif isinstance(step, Having):
                text += f"[{_key(step.name)}={_quoted(step.value)}]"
            else:
                text += f"[{step.number}]"
        return text


def written(start: str, name: str) -> str:
    """The path of what stands under a name, below the path ``start``."""
    key = _key(name)
    return f"{start}.{key}" if start and not key.startswith("@") else f"{start}{key}"


def _key(name: str) -> str:
    if name.startswith("@") and len(name) > 1:
        return name if not _NEEDS_QUOTES.search(name[1:]) else f'"{_doubled(name)}"'
    return _quoted(name)


def _quoted(text: str) -> str:
    return f'"{_doubled(text)}"' if _NEEDS_QUOTES.search(text) else text


def _doubled(text: str) -> str:
    return text.replace('"', '""')


def _plain(text: str) -> str:
    return text[1:-1].replace('""', '"') if text.startswith('"') else text


def _steps(text: str) -> tuple[Step, ...] | None:
    """None where the text is no path."""
    steps: list[Step] = []
    place = 0
    while place < len(text):
        found = _STEP.match(text, place)
        if found is None:
            return None
        if found["place"] is not None:
            steps.append(Place(int(found["place"])))
        elif found["key"] is not None:
            steps.append(Having(_plain(found["key"].strip()), _plain(found["value"].strip())))
        else:
            name = _plain(found["quoted"]) if found["quoted"] is not None else found["plain"]
            follows = bool(steps)
            if bool(found["dot"]) != (follows and not (found["plain"] or "").startswith("@")):
                return None
            steps.append(Key(name))
        place = found.end()
    if not steps or not isinstance(steps[0], Key) or Place(0) in steps:
        return None
    return tuple(steps)


def _step(step: Step, found: Sequence[Any]) -> list[Any]:
    if isinstance(step, Place):
        return list(found[step.number - 1 : step.number])
    if isinstance(step, Having):
        return [one for one in found if _has(one, step)]
    return _flat([one[step.name] for one in found if isinstance(one, Mapping) and step.name in one])


def _has(one: Any, step: Having) -> bool:
    if not isinstance(one, Mapping):
        return False
    values = [
        said for value in _flat([one.get(step.name)]) for said in map(_said, _scalar(value)) if said
    ]
    return step.value in values if step.value else not values


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()


def _flat(found: Sequence[Any]) -> list[Any]:
    """Lists within lists taken apart, nothing of null."""
    flat: list[Any] = []
    for one in found:
        if isinstance(one, list):
            flat.extend(_flat(one))
        elif one is not None:
            flat.append(one)
    return flat


def _scalar(item: Any) -> list[Any]:
    if isinstance(item, Mapping):
        text = item.get(TEXT)
        return [] if text is None else [text]
    return [item]
