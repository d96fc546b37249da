"""What the columns of a record say, as texts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from stocktaking.intake.rules.profiles.framework import key
from stocktaking.kernel.reading.paths import TEXT, Key, Path

SHOWN = 200  # characters of a text that a note quotes


Holds = Callable[[Mapping[str, Any]], bool]


def shown(text: str) -> str:
    """A text as notes quote it."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def as_text(value: Any) -> str:
    """A plain value in words: whole numbers without a point, "" for nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def keys_of(path: Path) -> tuple[str, ...]:
    """The keys that a path goes through, without its conditions."""
    return tuple(step.name for step in path.steps if isinstance(step, Key))


class Column:
    """One path, ready to be asked of many records."""

    __slots__ = ("name", "path", "single")

    def __init__(self, name: str) -> None:
        self.name = name
        self.path = Path.parse(name)
        keys = keys_of(self.path)
        # most columns are one key: the way to these is short
        self.single = keys[0] if len(self.path.steps) == 1 and keys[0] == name else None

    def values(self, data: Mapping[str, Any]) -> list[Any]:
        """The texts, numbers and flags that stand there, in order."""
        if self.single is not None:
            value = data.get(self.single)
            if value is None:
                return []
            if isinstance(value, str | int | float):
                return [value]
        return self.path.values(data)

    def texts(self, data: Mapping[str, Any]) -> list[str]:
        """All that it says, the empty texts left out."""
        found = self.values(data)
        if not found:
            return found
        return [text for value in found if (text := as_text(value).strip())]

    def text(self, data: Mapping[str, Any]) -> str:
        """The first thing that it says, or ""."""
        for value in self.values(data):
            if text := as_text(value).strip():
                return text
        return ""

    def raw(self, data: Mapping[str, Any]) -> Any:
        """What stands there, lists as lists; behind a list or a condition a list of all that was
        found; None for nothing."""
        if self.name in data:
            return data[self.name]
        found: Any = data
        for step in self.path.steps:
            if not isinstance(step, Key) or not isinstance(found, Mapping):
                return self.path.items(data) or None
            found = found.get(step.name)
        return found


class Items:
    """The items that a rule with ``each`` goes through: objects, plain texts as such."""

    __slots__ = ("name", "path")

    def __init__(self, name: str) -> None:
        self.name = name
        self.path = Path.parse(name)

    def of(self, data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return [
            node if isinstance(node, Mapping) else {TEXT: node}
            for node in self.path.items(data)
            if node is not None
        ]


def column(name: str) -> Column | None:
    return Column(name) if name else None


def columns(names: Iterable[str]) -> tuple[Column, ...]:
    return tuple(map(Column, names))


def first(data: Mapping[str, Any], among: Iterable[Column]) -> tuple[str, Column | None]:
    """What the first column that says something says, and which one it is."""
    for one in among:
        if text := one.text(data):
            return text, one
    return "", None


def replacements(values: Mapping[str, str]) -> dict[str, str]:
    """A map of a profile, by what two spellings share."""
    return {key(said): meant for said, meant in values.items()}


def split(text: str, separators: tuple[str, ...]) -> list[str]:
    """The parts of a text between any of the separators, the empty ones left out."""
    pieces = [text]
    for separator in separators:
        pieces = [part for piece in pieces for part in piece.split(separator)]
    return [part for piece in pieces if (part := piece.strip())]


def condition(when: Mapping[str, tuple[str, ...]]) -> Holds | None:
    """Whether a rule is used for a record; None: always."""
    if not when:
        return None
    asked = [(Column(name), frozenset(map(key, values))) for name, values in when.items()]

    def holds(data: Mapping[str, Any]) -> bool:
        return all(
            any(key(text) in wanted for text in one.texts(data) or ("",)) for one, wanted in asked
        )

    return holds
