"""Titles, summaries and sections: texts with a language."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from stocktaking.entries.rules.shapes import has_control
from stocktaking.entries.rules.values import TEXT_MAX, TITLE_MAX, SectionValue
from stocktaking.entries.states import Origin
from stocktaking.intake.rules.profiles.columns import (
    Column,
    Items,
    Replacing,
    column,
    columns,
    first,
    one_line,
    shown,
)
from stocktaking.intake.rules.profiles.draft import Draft
from stocktaking.intake.rules.profiles.framework import SECTION, Framework
from stocktaking.intake.rules.profiles.model import FieldRule
from stocktaking.intake.rules.profiles.tags import tag_of

Data = Mapping[str, Any]
_OPENING = ("{", "[")
# the inside of some program, such as the document of an editor
_DATA = re.compile(r"[{\[]\s*[\[{]?\s*\"[^\"]+\"\s*[:,].*[}\]]", re.DOTALL)


class TextRule:
    """Puts the texts of one rule into a draft."""

    def __init__(self, rule: FieldRule, framework: Framework) -> None:
        self.rule = rule
        self.kind, _, self.code = rule.to.partition(":")
        self.columns = columns(rule.columns)
        self.items = Items(rule.each, rule.when)
        self.language = column(rule.language_column)
        self.origin = column(rule.origin_column)
        self.section = column(rule.code_column)
        self.values = Replacing(rule.values)
        self.framework = framework
        self.most = TITLE_MAX if self.kind == "title" else TEXT_MAX
        self.allowed = "" if self.kind == "title" else "\n\t"

    def __call__(self, data: Data, draft: Draft) -> None:
        for item in self.items.of(data):
            self._take(item, draft)

    def _take(self, data: Data, draft: Draft) -> None:
        text, at = self._text(data, draft)
        if text:
            language = self._language(data, draft)
            if language:
                self._put(draft, language, self._fitting(text, at, draft), at, data)

    def _text(self, data: Data, draft: Draft) -> tuple[str, str]:
        """What the columns say together or first, and where."""
        if self.rule.join:
            said = [(text, one) for one in self.columns for text in one.texts(data)]
            if said:
                whole = "\n\n".join(self.values.replaced(text) for text, _ in said)
                return whole, self._name(said[0][1])
        else:
            text, found = first(data, self.columns)
            if found is not None:
                self._tell_others(found, data, draft)
                return self.values.replaced(text), self._name(found)
        return self.rule.value, self._name(self.columns[0] if self.columns else None)

    def _name(self, found: Column | None) -> str:
        if found is None:
            return ""
        return self.items.place(found.name)

    def _tell_others(self, found: Column, data: Data, draft: Draft) -> None:
        others = len(found.texts(data)) - 1
        if others > 0:
            draft.note("further_values", self._name(found), count=others)

    def _language(self, data: Data, draft: Draft) -> str:
        said = self.language.text(data) if self.language else ""
        if not said:
            return self.rule.language or draft.language
        if tag := tag_of(said):
            return tag
        draft.note("text_language_unknown", self._name(self.language), value=shown(said))
        return ""

    def _fitting(self, text: str, at: str, draft: Draft) -> str:
        """The text, cut where the profile says so; faults of its shape."""
        if self.kind == "title":
            text = one_line(text)
        most = self.rule.cut or self.most
        if len(text) > most:
            if self.rule.cut:
                draft.note("text_cut", at, most=most, length=len(text))
                text = text[:most].rstrip()
            else:
                draft.fault("text_too_long", at, most=most, length=len(text))
        if text[:1] in _OPENING and _DATA.fullmatch(text):
            draft.note("text_is_data", at, value=shown(text))
        if not text.isprintable() and has_control(text.replace("\r", "\n"), self.allowed):
            draft.fault("control_character", at, value=shown(text))
        return text

    def _put(self, draft: Draft, language: str, text: str, at: str, data: Data) -> None:
        origin = self._origin(data, draft)
        if self.kind == SECTION:
            self._put_section(draft, language, text, at, data, origin)
            return
        held = draft.titles if self.kind == "title" else draft.summaries
        if language in held:
            if held[language][0] != text:
                draft.note("further_values", at, count=1)
            return
        held[language] = (text, origin)
        draft.columns[f"texts.{language}.{self.kind}"] = at

    def _put_section(
        self, draft: Draft, language: str, text: str, at: str, data: Data, origin: Origin
    ) -> None:
        code = self.code
        if self.section is not None:
            said = self.section.text(data)
            means = self.framework.means(SECTION, said)
            if len(means) != 1:
                draft.unknown.append((SECTION, said))
                draft.note(
                    "term_unknown", self._name(self.section), scheme=SECTION, value=shown(said)
                )
                return
            code = means[0]
        place = (code, language)
        if place in draft.sections:
            if draft.sections[place].text != text:
                draft.note("further_values", at, count=1)
            return
        draft.sections[place] = SectionValue(code, language, text, origin)
        draft.columns[f"sections.{code}.{language}"] = at

    def _origin(self, data: Data, draft: Draft) -> Origin:
        said = self.origin.text(data).lower() if self.origin else ""
        if not said:
            return Origin(self.rule.origin)
        try:
            return Origin(said)
        except ValueError:
            draft.note("value_unknown", self._name(self.origin), value=shown(said))
            return Origin(self.rule.origin)


def stated(rule: FieldRule, language: str) -> Iterator[str]:
    """The parts that a rule of texts speaks of, in a record of this language."""
    kind, _, code = rule.to.partition(":")
    whole = "sections" if kind == SECTION else "texts"
    if code:
        whole = f"{whole}.{code}"
    if rule.code_column or rule.language_column:
        # whatever languages and sections the record names, others that it had are gone
        yield whole if kind == SECTION else f"{whole}.*.{kind}"
        return
    tag = rule.language or language
    yield f"{whole}.{tag}" if kind == SECTION else f"{whole}.{tag}.{kind}"
