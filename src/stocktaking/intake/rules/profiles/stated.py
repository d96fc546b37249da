"""Reading the tables of a profile file: what is usable, and a fault for whatever is not."""

from collections.abc import Iterable, Mapping
from typing import Any

from stocktaking.intake.rules.profiles.faults import ProfileFault, nearest
from stocktaking.intake.rules.profiles.form import Key, Kind, Table

LONGEST = 2_000  # characters of a text whose key sets no limit
MOST = 2_000  # texts of a list, keys of a map
ROWS = 300  # tables of one name


class Stated:
    """Gathers faults; each method gives back what can be used."""

    def __init__(self) -> None:
        self.faults: list[ProfileFault] = []

    def places(self) -> frozenset[str]:
        """Where something is wrong already, so that it is not told twice."""
        return frozenset(fault.at for fault in self.faults)

    def fault(self, code: str, at: str, **params: str | int) -> None:
        self.faults.append(ProfileFault(code, at, params))

    def known(self, at: str, table: Mapping[str, Any], names: Iterable[str]) -> None:
        """A fault for each key that the format does not know."""
        names = list(names)
        for name in table:
            if name not in names:
                self.fault("key_unknown", _join(at, name), key=name, known=nearest(name, names))

    def rows(self, name: str, found: Any) -> list[Any]:
        if found is None:
            return []
        if not isinstance(found, list):
            self.fault("not_tables", name, key=name)
            return []
        if len(found) > ROWS:
            self.fault("too_many_tables", name, most=ROWS)
        return found[:ROWS]

    def row(self, at: str, found: Any, table: Table) -> dict[str, Any]:
        if not isinstance(found, Mapping):
            self.fault("not_table", at)
            return {}
        self.known(at, found, table.keys)
        return self.table(at, found, table.keys)

    def table(self, at: str, found: Mapping[str, Any], keys: Mapping[str, Key]) -> dict[str, Any]:
        values = {}
        for name, key in keys.items():
            place = _join(at, name)
            if name not in found:
                if key.needed:
                    self.fault("key_missing", place, key=name)
                continue
            value = self._value(place, found[name], key)
            if value is not None:
                values[name] = value
        return values

    def _value(self, at: str, value: Any, key: Key) -> Any:
        match key.kind:
            case Kind.TEXT | Kind.PATH:
                return self._text(at, value, key)
            case Kind.LIST | Kind.PATHS:
                return self._list(at, value)
            case Kind.FLAG:
                return self._expected(at, value, bool, "not_flag")
            case Kind.NUMBER:
                return self._number(at, value, key.most)
            case Kind.NUMBER_MAP:
                return self._map(at, value, lambda place, one: self._number(place, one, key.most))
            case Kind.LIST_MAP:
                return self._map(at, value, self._list)
            case Kind.MAP | Kind.PATH_MAP:
                return self._map(at, value, lambda place, one: self._text(place, one, Key()))

    def _text(self, at: str, value: Any, key: Key) -> str | None:
        if not isinstance(value, str):
            self.fault("not_text", at)
            return None
        most = key.most or LONGEST
        if len(value) > most:
            self.fault("text_too_long", at, most=most)
            return None
        if key.choices and value not in key.choices:
            self.fault(
                "not_choice",
                at,
                value=value[:60],
                choices=", ".join(key.choices),
                known=nearest(value, key.choices),
            )
            return None
        return value

    def _list(self, at: str, value: Any) -> tuple[str, ...] | None:
        if isinstance(value, str):
            value = [value]
        if not isinstance(value, list):
            self.fault("not_list", at)
            return None
        if len(value) > MOST:
            self.fault("too_many_texts", at, most=MOST)
            return None
        texts = [
            self._text(f"{at}[{place}]", one, Key()) for place, one in enumerate(value, start=1)
        ]
        return tuple(text for text in texts if text is not None)

    def _number(self, at: str, value: Any, most: int) -> int | None:
        number = self._expected(at, value, int, "not_number")
        if number is None or isinstance(value, bool):
            if isinstance(value, bool):
                self.fault("not_number", at)
            return None
        if number < 0 or (most and number > most):
            self.fault("number_out_of_range", at, first=0, last=most)
            return None
        return int(number)

    def _map(self, at: str, value: Any, each: Any) -> dict[str, Any] | None:
        if not isinstance(value, Mapping):
            self.fault("not_map", at)
            return None
        if len(value) > MOST:
            self.fault("too_many_texts", at, most=MOST)
            return None
        read = {key: each(_join(at, key), one) for key, one in value.items()}
        return {key: one for key, one in read.items() if one is not None}

    def _expected(self, at: str, value: Any, kind: type, code: str) -> Any:
        if isinstance(value, kind):
            return value
        self.fault(code, at)
        return None


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
