"""Dates, addresses, words and additional facts: parts of an entry that one value fills."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from stocktaking.entries.rules.acceptance import LENGTH_MAX
from stocktaking.entries.rules.shapes import additional_facts, address, has_control
from stocktaking.entries.rules.tidy import line
from stocktaking.entries.rules.values import TEXT_MAX
from stocktaking.intake.rules.profiles.columns import (
    Column,
    columns,
    condition,
    first,
    replacements,
    split,
)
from stocktaking.intake.rules.profiles.dates import NoDateError, read_date
from stocktaking.intake.rules.profiles.draft import Draft
from stocktaking.intake.rules.profiles.framework import key
from stocktaking.intake.rules.profiles.model import FieldRule

Data = Mapping[str, Any]
YES = frozenset({"true", "yes", "1"})
NO = frozenset({"false", "no", "0"})
FACTS = 1000  # lists and objects of one additional fact, counted with all that is in them


class UnusableError(ValueError):
    """Why a text cannot fill the part; ``code`` is one of the codes of notes."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code, self.params = code, params


class PlainRule:
    """Puts one value of a record into a draft, if it can be used."""

    def __init__(self, rule: FieldRule) -> None:
        self.rule = rule
        self.columns = columns(rule.columns)
        self.values = replacements(rule.values)
        self.when = condition(rule.when)
        self.months = {key(name): month for name, month in rule.months.items()}
        self.read: Callable[[str], Any] = getattr(self, f"_{_READ.get(rule.to, 'words')}")
        self.most = rule.cut or LENGTH_MAX.get(rule.to, LENGTH_MAX["licence"])

    def __call__(self, data: Data, draft: Draft) -> None:
        to = self.rule.to
        if to in draft.single or (self.when is not None and not self.when(data)):
            return
        text, found = first(data, self.columns)
        if text and self.values:
            text = self.values.get(key(text), text)
        text = text or (self.rule.value if found is None else "")
        if not text:
            return
        at = found.name if found else ""
        try:
            draft.single[to] = self.read(text)
        except (UnusableError, NoDateError) as error:
            draft.faulty(self.rule.faulty, to, error.code, at, text, **error.params)
            return
        draft.columns[to] = at

    def _date(self, text: str) -> str:
        rule = self.rule
        return read_date(text, order=rule.order, precision=rule.precision, months=self.months)

    def _day(self, text: str) -> dt.date:
        stated = self._date(text)
        if len(stated) < len("2019-05-17"):
            raise UnusableError("date_imprecise")
        return dt.date.fromisoformat(stated)

    def _address(self, text: str) -> str:
        for fault in address(text, "", LENGTH_MAX["website"]):
            if fault.code == "too_long":
                raise UnusableError("text_too_long", most=LENGTH_MAX["website"], length=len(text))
            raise UnusableError("address_malformed")
        return text

    def _flag(self, text: str) -> bool:
        said = key(text)
        if said in YES or said in NO:
            return said in YES
        raise UnusableError("flag_unknown")

    def _names(self, text: str) -> list[str]:
        return split(text, self.rule.separators) if self.rule.separators else [text]

    def _words(self, text: str) -> str:
        text = line(text)
        if len(text) > self.most:
            raise UnusableError("text_too_long", most=self.most, length=len(text))
        if has_control(text, ""):
            raise UnusableError("control_character")
        return text


_READ = {
    "start": "date",
    "end": "date",
    "registered_on": "day",
    "website": "address",
    "worldwide": "flag",
    "registered_on_assumed": "flag",
    "collections": "names",
}


class FactRule:
    """Keeps what has no place in an entry among its additional facts."""

    def __init__(self, rule: FieldRule) -> None:
        self.rule = rule
        self.name = rule.to.partition(":")[2]
        self.columns = columns(rule.columns)
        self.values = replacements(rule.values)
        self.when = condition(rule.when)

    def __call__(self, data: Data, draft: Draft) -> None:
        if self.when is not None and not self.when(data):
            return
        for one in self.columns:
            fact = self._fact(one, data)
            if fact not in (None, "", [], {}):
                self._put(fact, one.name, draft)
                return
        if self.rule.value:
            self._put(self.rule.value, "", draft)

    def _fact(self, one: Column, data: Data) -> Any:
        if self.rule.whole:
            return _lines(one.raw(data))
        said = [_lines(value) for value in one.values(data)]
        if self.values:
            said = [
                self.values.get(key(value), value) if isinstance(value, str) else value
                for value in said
            ]
        said = [value for value in said if value not in (None, "")]
        if self.rule.separators:
            return [
                part
                for value in said
                for part in (
                    split(value, self.rule.separators) if isinstance(value, str) else [value]
                )
            ]
        return said[0] if len(said) == 1 else said

    def _put(self, fact: Any, at: str, draft: Draft) -> None:
        if isinstance(fact, str) and len(fact) > (self.rule.cut or TEXT_MAX):
            if not self.rule.cut:
                draft.fault("text_too_long", at, most=TEXT_MAX, length=len(fact))
                return
            draft.note("text_cut", at, most=self.rule.cut, length=len(fact))
            fact = fact[: self.rule.cut].rstrip()
        if next(additional_facts(fact), None) is not None or _size(fact) > FACTS:
            draft.faulty(self.rule.faulty, self.rule.to, "fact_malformed", at, str(fact)[:80])
        elif self.name:
            draft.extra.setdefault(self.name, fact)
        elif isinstance(fact, Mapping):
            for name, one in fact.items():
                draft.extra.setdefault(name, one)
        else:
            draft.faulty(self.rule.faulty, self.rule.to, "fact_malformed", at, str(fact)[:80])


def _lines(value: Any) -> Any:
    """The same with texts on one line each, as additional facts are kept."""
    if isinstance(value, str):
        return line(value)
    if isinstance(value, Mapping):
        return {str(name): _lines(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_lines(one) for one in value]
    return value


def _size(value: Any) -> int:
    if isinstance(value, Mapping):
        return 1 + sum(map(_size, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_size, value))
    return 1
