"""What the columns of a record say, as texts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from stocktaking.entries.rules.tidy import line
from stocktaking.intake.rules.profiles.framework import key
from stocktaking.kernel.reading.paths import TEXT, Key, Path

SHOWN = 200  # characters of a text that a note quotes
REMEMBERED = 20_000  # texts of a column that are looked up once only
_PLAIN = frozenset({str, int, float, bool})


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
            if type(value) in _PLAIN:
                return [value]
            if type(value) is list and all(type(one) in _PLAIN for one in value):
                return value
        return self.path.values(data)

    def texts(self, data: Mapping[str, Any]) -> list[str]:
        """All that it says, the empty texts left out."""
        if self.single is not None:
            value = data.get(self.single)
            if value is None:
                return []
            if type(value) is str:
                text = value.strip()
                return [text] if text else []
        return [text for value in self.values(data) if (text := as_text(value).strip())]

    def text(self, data: Mapping[str, Any]) -> str:
        """The first thing that it says, or ""."""
        if self.single is not None:
            value = data.get(self.single)
            if value is None:
                return ""
            if type(value) is str and (text := value.strip()):
                return text
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
    """What a rule goes through where its condition holds: with ``each`` the items of a list,
    objects and plain texts as such; else the record as a whole."""

    __slots__ = ("each", "path", "single", "when")

    def __init__(self, each: str, when: Mapping[str, tuple[str, ...]]) -> None:
        self.each = each
        self.path = Path.parse(each) if each else None
        self.single = each if self.path and keys_of(self.path) == (each,) else None
        self.when = condition(when)

    def asked(self, data: Mapping[str, Any]) -> bool:
        """Whether the rule is used for a record at all."""
        return self.when is None or self.when(data)

    def of(self, data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        if not self.asked(data):
            return ()
        if self.path is None:
            return (data,)
        found = data.get(self.single) if self.single is not None else None
        if type(found) is not list or not all(type(one) is dict for one in found):
            found = self.path.items(data)
        return [one if isinstance(one, dict | Mapping) else {TEXT: one} for one in found]

    def place(self, column: str) -> str:
        """Where a column stands, from the record."""
        return joined(self.each, column) if self.each else column


def joined(each: str, column: str) -> str:
    """The path of a column of the items of a list."""
    if column == TEXT:
        return each
    return f"{each}{column}" if column.startswith("@") else f"{each}.{column}"


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


class Replacing:
    """A map of a profile: finds what was meant, whatever the case and the blanks."""

    __slots__ = ("_known", "values")

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = {key(said): meant for said, meant in values.items()}
        self._known: dict[str, str | None] = {}

    def get(self, said: str) -> str | None:
        """What the map has for a text; None where it has nothing."""
        if not self.values:
            return None
        try:
            return self._known[said]
        except KeyError:
            found = self.values.get(key(said))
            if len(self._known) < REMEMBERED:
                self._known[said] = found
            return found

    def replaced(self, said: str) -> str:
        """The text, or what the map has in its place."""
        found = self.get(said)
        return said if found is None else found


def one_line(text: str) -> str:
    """``tidy.line``, faster for what needs no tidying."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return line(text)


def prefixed(address: str, prefix: str) -> str:
    """An address with what a profile puts before those that begin with no scheme."""
    is_bare = "." in address and "://" not in address and " " not in address
    return prefix + address if prefix and is_bare else address


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
    asked = [(Column(name), _Among(values)) for name, values in when.items()]

    def holds(data: Mapping[str, Any]) -> bool:
        for one, among in asked:
            for text in one.texts(data) or ("",):
                if among.has(text):
                    break
            else:
                return False
        return True

    return holds


class _Among:
    """Whether a text is one of some, whatever the case and the blanks."""

    def __init__(self, values: Iterable[str]) -> None:
        self.wanted = frozenset(map(key, values))
        self._known: dict[str, bool] = {}

    def has(self, text: str) -> bool:
        try:
            return self._known[text]
        except KeyError:
            found = key(text) in self.wanted
            if len(self._known) < REMEMBERED:
                self._known[text] = found
            return found
