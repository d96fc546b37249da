"""Further links of an entry, and its identifiers in other people's lists."""

from collections.abc import Mapping
from typing import Any

from stocktaking.entries.rules.acceptance import LENGTH_MAX
from stocktaking.entries.rules.shapes import address, has_control
from stocktaking.entries.rules.values import IdentifierValue, LinkValue
from stocktaking.entries.states import LinkKind
from stocktaking.intake.rules.profiles.columns import (
    Items,
    column,
    columns,
    one_line,
    prefixed,
    shown,
    split,
)
from stocktaking.intake.rules.profiles.draft import Draft
from stocktaking.intake.rules.profiles.model import IdentifierRule, Identity, LinkRule

Data = Mapping[str, Any]
JOINT = " / "  # between the columns of one identifier


class LinksRule:
    """Puts the links of one rule into a draft."""

    def __init__(self, rule: LinkRule) -> None:
        self.rule = rule
        self.columns = columns(rule.columns)
        self.items = Items(rule.each, rule.when)
        self.label, self.kind = column(rule.label), column(rule.kind_column)

    def __call__(self, data: Data, draft: Draft) -> None:
        for item in self.items.of(data):
            self._take(item, draft)

    def _take(self, data: Data, draft: Draft) -> None:
        label = one_line(self.label.text(data)) if self.label else ""
        kind = self._kind(data, draft)
        found = False
        for one in self.columns:
            at = self.items.place(one.name)
            for text in one.texts(data):
                for part in split(text, self.rule.separators):
                    found = True
                    self._put(part, label, kind, at, draft)
        if label and not found and kind == LinkKind.SOURCE:
            self._reference(label, self._at_label(), draft)

    def _at_label(self) -> str:
        return self.items.place(self.rule.label)

    def _kind(self, data: Data, draft: Draft) -> LinkKind:
        said = self.kind.text(data).lower() if self.kind else ""
        if said:
            try:
                return LinkKind(said)
            except ValueError:
                draft.note("value_unknown", self.rule.kind_column, value=shown(said))
        return LinkKind(self.rule.kind)

    def _put(self, text: str, label: str, kind: LinkKind, at: str, draft: Draft) -> None:
        most = LENGTH_MAX["label"]
        if len(label) > most:
            draft.note("text_cut", self._at_label(), most=most, length=len(label))
            label = label[:most].rstrip()
        url = prefixed(text, self.rule.prefix)
        fault = next(address(url, "", LENGTH_MAX["link"]), None)
        if fault is None:
            self._keep(LinkValue(kind, url, label), at, draft)
        elif kind == LinkKind.SOURCE and not label and len(one_line(text)) <= most:
            self._reference(one_line(text), at, draft)
        else:
            draft.faulty(self.rule.faulty, "links", "address_malformed", at, text)

    def _reference(self, label: str, at: str, draft: Draft) -> None:
        """A source in words: a book, a letter, a page whose address nobody kept."""
        if has_control(label, ""):
            draft.fault("control_character", at, value=shown(label))
        else:
            self._keep(LinkValue(LinkKind.SOURCE, "", label[: LENGTH_MAX["label"]]), at, draft)

    def _keep(self, link: LinkValue, at: str, draft: Draft) -> None:
        if link not in draft.links:
            draft.columns[f"links.{len(draft.links)}"] = at
            draft.links[link] = None


class IdentifiersRule:
    """Puts further identifiers into a draft."""

    def __init__(self, rule: IdentifierRule) -> None:
        self.rule = rule
        self.columns = columns(rule.columns)
        self.items = Items(rule.each, rule.when)
        self.system, self.url = column(rule.system_column), column(rule.url)

    def __call__(self, data: Data, draft: Draft) -> None:
        for item in self.items.of(data):
            system = one_line(self.system.text(item)) if self.system else ""
            for one in self.columns:
                for text in one.texts(item):
                    put_identifier(
                        draft,
                        system or self.rule.system,
                        one_line(text),
                        self.url.text(item) if self.url else "",
                        self.items.place(one.name),
                    )


class IdentityRule:
    """Reads what makes two records the same entry."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.columns = columns(identity.columns)
        self.url = column(identity.url)
        self.number, self.version = column(identity.number), column(identity.version)

    def __call__(self, data: Data, draft: Draft) -> tuple[str, int | None, int | None]:
        """The text that two records of one entry share, the entry's number, its version."""
        number = self._number(self.number, data, draft)
        version = self._number(self.version, data, draft)
        value = self._value(data)
        if value:
            at = self.columns[0].name
            url = self.url.text(data) if self.url else ""
            put_identifier(draft, self.identity.system, value, url, at)
        elif number is None:
            named = [one.name for one in (self.number, *self.columns) if one]
            draft.fault("identity_missing", named[0] if named else "")
            return "", None, version
        if number is not None:
            return f"#{number}", number, version
        return f"{self.identity.system}:{value}", None, version

    def _value(self, data: Data) -> str:
        """Empty unless every column says something."""
        said = [one_line(one.text(data)) for one in self.columns]
        return JOINT.join(said) if all(said) else ""

    def _number(self, one: Any, data: Data, draft: Draft) -> int | None:
        said = one.text(data) if one else ""
        if not said:
            return None
        if said.isascii() and said.isdigit() and 0 < len(said) < 19 and int(said):
            return int(said)
        draft.fault("number_malformed", one.name, value=shown(said))
        return None


def put_identifier(draft: Draft, system: str, value: str, url: str, at: str) -> None:
    most = LENGTH_MAX["identifier"]
    if len(value) > most:
        draft.fault("text_too_long", at, most=most, length=len(value))
        return
    if has_control(value, ""):
        draft.fault("control_character", at, value=shown(value))
        return
    if url and next(address(url, "", LENGTH_MAX["identifier_url"]), None) is not None:
        draft.note("address_malformed", at, value=shown(url))
        url = ""
    draft.columns.setdefault(f"identifiers.{len(draft.identifiers)}", at)
    draft.identifiers.setdefault((system, value), IdentifierValue(system, value, url))
