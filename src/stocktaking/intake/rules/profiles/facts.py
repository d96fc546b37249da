"""Additional facts: what has no place in an entry and is worth keeping all the same."""

import math
from collections.abc import Mapping
from typing import Any

from stocktaking.entries.rules.shapes import DEPTH_MAX, has_control
from stocktaking.entries.rules.values import TEXT_MAX
from stocktaking.intake.rules.profiles.columns import (
    Column,
    Replacing,
    columns,
    condition,
    one_line,
    shown,
    split,
)
from stocktaking.intake.rules.profiles.draft import Draft
from stocktaking.intake.rules.profiles.model import FieldRule

Data = Mapping[str, Any]
MOST = 2000  # values of one fact, with all that is in them
NOTHING: tuple[Any, ...] = (None, "", [], {})


class FactRule:
    """Puts one additional fact into a draft; without a name, all those of an object."""

    def __init__(self, rule: FieldRule) -> None:
        self.rule = rule
        self.name = rule.to.partition(":")[2]
        self.columns = columns(rule.columns)
        self.values = Replacing(rule.values)
        self.when = condition(rule.when)
        self.most = rule.cut or TEXT_MAX

    def __call__(self, data: Data, draft: Draft) -> None:
        if self.when is not None and not self.when(data):
            return
        for one in self.columns:
            stated = self._stated(one, data)
            if stated not in NOTHING:
                self._take(stated, one.name, draft)
                return
        if self.rule.value:
            self._take(self.rule.value, "", draft)

    def _stated(self, one: Column, data: Data) -> Any:
        if self.rule.whole:
            return one.raw(data)
        said = [
            self.values.replaced(value) if isinstance(value, str) else value
            for value in one.values(data)
        ]
        said = [value for value in said if value not in NOTHING]
        if self.rule.separators:
            return [
                part
                for value in said
                for part in (
                    split(value, self.rule.separators) if isinstance(value, str) else [value]
                )
            ]
        return said[0] if len(said) == 1 else said

    def _take(self, stated: Any, at: str, draft: Draft) -> None:
        try:
            fact = plain(stated)
        except ValueError:
            text = shown(str(stated))
            draft.faulty(self.rule.faulty, self.rule.to, "fact_malformed", at, text)
            return
        if isinstance(fact, str) and len(fact) > self.most:
            if not self.rule.cut:
                draft.fault("text_too_long", at, most=self.most, length=len(fact))
                return
            draft.note("text_cut", at, most=self.most, length=len(fact))
            fact = fact[: self.most].rstrip()
        if self.name:
            draft.extra.setdefault(self.name, fact)
        elif isinstance(fact, dict):
            for name, one in fact.items():
                draft.extra.setdefault(name, one)
        else:
            text = shown(str(stated))
            draft.faulty(self.rule.faulty, self.rule.to, "fact_malformed", at, text)


def plain(stated: Any) -> Any:
    """The same as ``acceptance.additional_facts`` takes it, with texts on one line each.

    ValueError for what cannot be kept: control characters, numbers that are none, more levels
    or values than anybody reads.
    """
    return _plain(stated, 0, [MOST])


def _plain(value: Any, depth: int, left: list[int]) -> Any:
    left[0] -= 1
    if left[0] < 0 or depth > DEPTH_MAX:
        raise ValueError("too much")
    kind = type(value)
    if kind is str:
        if value.isprintable() and value.isascii():
            return one_line(value)
        text = one_line(value)
        if not text.isprintable() and has_control(text, ""):
            raise ValueError("control characters")
        return text
    if kind is dict or isinstance(value, Mapping):
        return {
            _plain(_name(name, value), depth, left): _plain(one, depth + 1, left)
            for name, one in value.items()
        }
    if kind is list or kind is tuple:
        return [_plain(one, depth + 1, left) for one in value]
    if kind is float and not math.isfinite(value):
        raise ValueError("no number")
    if value is None or kind in (bool, int, float):
        return value
    raise ValueError("no plain value")


def _name(name: Any, among: Mapping[str, Any]) -> str:
    """The name of a value; the signs that tell attributes of XML are left out."""
    text = str(name)
    bare = text[1:] if text[:1] in ("@", "#") else text
    return bare if bare and bare not in among else text
