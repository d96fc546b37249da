"""What of a file a profile reads, and which profile a file was made for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stocktaking.intake.rules.profiles import form
from stocktaking.intake.rules.profiles.checking import VALUE, paths_of
from stocktaking.intake.rules.profiles.columns import joined, keys_of
from stocktaking.intake.rules.profiles.form import Kind
from stocktaking.intake.rules.profiles.model import Profile
from stocktaking.intake.rules.profiles.register import reads
from stocktaking.kernel.reading import Head
from stocktaking.kernel.reading.paths import TEXT, Having, Key, Path, written

END = ""  # marks in a tree that everything from here on is read
NOTHING: tuple[Any, ...] = (None, "", [], {})
Tree = dict[str, "Tree"]


class Reach:
    """The columns that a profile reads or leaves out on purpose."""

    def __init__(self, profile: Profile) -> None:
        self.own = profile.is_own
        self.heads: set[str] = set()
        self.tree: Tree = {}
        for text in read_by(profile):
            self.heads.add(text)
            for keys in _reached(Path.parse(text)):
                node = self.tree
                for key in keys:
                    node = node.setdefault(key, {})
                node[END] = {}

    def unread(self, columns: Iterable[str]) -> list[str]:
        """Those of the columns (paths of a ``Head``) that no rule reads."""
        if self.own:
            return [name for name in columns if not reads(name)]
        return [name for name in columns if name not in self.heads and not self._reads(name)]

    def unread_of(self, data: Mapping[str, Any]) -> list[str]:
        """The columns of one record that no rule reads, in the words of paths."""
        if self.own:
            return [name for name in data if not reads(name)]
        found: dict[str, None] = {}
        self._gather(data, self.tree, "", found)
        return list(found)

    def _reads(self, name: str) -> bool:
        if END in self.tree.get(name, {}):
            return True  # the head of a table, whatever signs it holds
        node = self.tree
        for key in _keys(name):
            if END in node:
                return True
            if key not in node:
                return False
            node = node[key]
        return END in node

    def _gather(self, value: Any, node: Tree, at: str, found: dict[str, None]) -> None:
        if isinstance(value, list | tuple):
            for item in value:
                self._gather(item, node, at, found)
        elif isinstance(value, Mapping):
            for key, part in value.items():
                below = node.get(key)
                if below is None:
                    if part not in NOTHING and not (not at and key in self.heads):
                        found[written(at, key)] = None
                elif END not in below:
                    self._gather(part, below, written(at, key), found)
        elif value not in NOTHING and TEXT not in node:
            found[at] = None


class LeftOut:
    """Columns that a profile leaves out on purpose: what is wrong with them is of no matter."""

    def __init__(self, profile: Profile) -> None:
        self.names = frozenset(profile.ignored)
        self.paths = frozenset(map(_keys, profile.ignored))

    def has(self, column: str) -> bool:
        if not column or not self.names:
            return False
        keys = _keys(column)
        starts = (keys[:steps] for steps in range(1, len(keys) + 1))
        return column in self.names or any(start in self.paths for start in starts)


def unread(profile: Profile, columns: Iterable[str]) -> list[str]:
    """Those of the columns that no rule reads and that are not left out on purpose."""
    return Reach(profile).unread(columns)


def recognise(head: Head, profiles: Iterable[Profile]) -> Profile | None:
    """The one profile that was made for a file: all the columns that tell it occur.

    Of several the one that leaves the fewest columns unread; None where that is not one.
    """
    found = [
        (len(unread(profile, head.columns)), profile)
        for profile in profiles
        if profile.recognises
        and profile.reading.kind in (None, head.kind)
        and _occur(profile.recognises, head.columns)
    ]
    least = min((left for left, _ in found), default=0)
    best = [profile for left, profile in found if left == least]
    return best[0] if len(best) == 1 else None


def _occur(wanted: Iterable[str], columns: Iterable[str]) -> bool:
    known = {part for name in columns for part in _prefixes(name)}
    return all(name in known or _keys(name) in known for name in wanted)


def _prefixes(name: str) -> list[Any]:
    keys = _keys(name)
    return [name, *(keys[:steps] for steps in range(1, len(keys) + 1))]


def _keys(name: str) -> tuple[str, ...]:
    """The keys of a column; a head of a table that is no path is one key."""
    try:
        return keys_of(Path.parse(name))
    except ValueError:
        return (name,)


def read_by(profile: Profile) -> list[str]:
    """All paths that a profile reads or ignores, relative ones made whole."""
    paths = [path for at, path in paths_of(profile) if at.startswith("ignored")]
    for table in form.TABLES:
        held = getattr(profile, table.name)
        for one in held if table.many else (held,):
            paths += _read_by_rule(table, one)
    return list(dict.fromkeys(paths))


def _read_by_rule(table: form.Table, one: Any) -> list[str]:
    each = getattr(one, "each", "")
    found = []
    for name, key in table.keys.items():
        value = getattr(one, name)
        paths: list[str] = []
        if key.kind is Kind.PATH and value and name != "each":
            # a note that stands under the name of its term: all of that object is read
            paths = [value.partition("." + VALUE)[0] if VALUE in value else value]
        elif key.kind is Kind.PATHS:
            paths = list(value)
        elif key.kind is Kind.PATH_MAP:
            paths = list(value.values())
        elif key.kind is Kind.LIST_MAP:
            found += list(value)  # conditions are asked of the whole record
        if each:
            paths = [joined(each, path) for path in paths]
        found += paths
    return found


def _reached(path: Path) -> Iterator[tuple[str, ...]]:
    """The keys of a path, and those that its conditions ask for."""
    keys: tuple[str, ...] = ()
    for step in path.steps:
        if isinstance(step, Key):
            keys = (*keys, step.name)
        elif isinstance(step, Having):
            yield (*keys, step.name)
    yield keys
