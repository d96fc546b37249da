"""Dates, addresses, words and additional facts: parts of an entry that one value fills."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from stocktaking.entries.rules.acceptance import LENGTH_MAX
from stocktaking.entries.rules.shapes import address, has_control
from stocktaking.intake.rules.profiles.columns import (
    REMEMBERED,
    Replacing,
    columns,
    condition,
    first,
    one_line,
    prefixed,
    split,
)
from stocktaking.intake.rules.profiles.dates import NoDateError, read_date
from stocktaking.intake.rules.profiles.draft import Draft
from stocktaking.intake.rules.profiles.framework import key
from stocktaking.intake.rules.profiles.model import FieldRule

Data = Mapping[str, Any]
YES = frozenset({"true", "yes", "1"})
NO = frozenset({"false", "no", "0"})


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
        self.values = Replacing(rule.values)
        self.when = condition(rule.when)
        self.months = {key(name): month for name, month in rule.months.items()}
        self._dates: dict[str, str] = {}
        self.read: Callable[[str], Any] = getattr(self, f"_{_READ.get(rule.to, 'words')}")
        self.most = LENGTH_MAX.get(rule.to, LENGTH_MAX["licence"])

    def __call__(self, data: Data, draft: Draft) -> None:
        to = self.rule.to
        if to in draft.single or (self.when is not None and not self.when(data)):
            return
        text, found = first(data, self.columns)
        text = self.values.replaced(text) if text else text
        text = text or (self.rule.value if found is None else "")
        if not text:
            return
        at = found.name if found else ""
        if self.rule.cut and len(text) > self.rule.cut:
            draft.note("text_cut", at, most=self.rule.cut, length=len(text))
            text = text[: self.rule.cut].rstrip()
        try:
            draft.single[to] = self.read(text)
        except (UnusableError, NoDateError) as error:
            draft.faulty(self.rule.faulty, to, error.code, at, text, **error.params)
            return
        draft.columns[to] = at

    def _date(self, text: str) -> str:
        found = self._dates.get(text)
        if found is None:
            rule = self.rule
            found = read_date(text, order=rule.order, precision=rule.precision, months=self.months)
            if len(self._dates) < REMEMBERED:
                self._dates[text] = found
        return found

    def _day(self, text: str) -> dt.date:
        stated = self._date(text)
        if len(stated) < len("2019-05-17"):
            raise UnusableError("date_imprecise")
        return dt.date.fromisoformat(stated)

    def _address(self, text: str) -> str:
        text = prefixed(text, self.rule.prefix)
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
        text = one_line(text)
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
