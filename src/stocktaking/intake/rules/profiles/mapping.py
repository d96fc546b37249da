"""Records as entries, by the rules of a profile."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from stocktaking.intake.rules.profiles import texts
from stocktaking.intake.rules.profiles.addresses import IdentifiersRule, IdentityRule, LinksRule
from stocktaking.intake.rules.profiles.bodies import BodyRule
from stocktaking.intake.rules.profiles.columns import Replacing, columns, shown
from stocktaking.intake.rules.profiles.draft import Draft
from stocktaking.intake.rules.profiles.facts import FactRule
from stocktaking.intake.rules.profiles.form import OWNER
from stocktaking.intake.rules.profiles.framework import Framework
from stocktaking.intake.rules.profiles.mapped import Mapped
from stocktaking.intake.rules.profiles.model import (
    AS_STATED,
    OWN,
    FieldRule,
    LanguageRule,
    Profile,
)
from stocktaking.intake.rules.profiles.plain import PlainRule
from stocktaking.intake.rules.profiles.reach import LeftOut
from stocktaking.intake.rules.profiles.register import OwnRule
from stocktaking.intake.rules.profiles.tags import tag_of
from stocktaking.intake.rules.profiles.terms import TermsRule
from stocktaking.kernel.periods import PartialDate
from stocktaking.kernel.reading import Record

Data = Mapping[str, Any]
_TEXTS = ("title", "summary", "section")


class Mapper:
    """A profile made ready for many records: what can be prepared is prepared once."""

    def __init__(self, profile: Profile, framework: Framework) -> None:
        self.profile = profile
        self._own = OwnRule(framework) if profile.is_own else None
        self._language = _Languages(profile.language)
        self._identity = IdentityRule(profile.identity)
        self._rules: list[Callable[[Data, Draft], None]] = [
            *(_field(rule, framework) for rule in profile.fields if rule.to != OWN),
            *(TermsRule(rule, framework) for rule in profile.terms),
            *(BodyRule(rule, framework) for rule in profile.organisations),
            *(LinksRule(rule) for rule in profile.links),
            *(IdentifiersRule(rule) for rule in profile.identifiers),
        ]
        self._fixed = _Fixed(profile)
        self._left_out = LeftOut(profile)
        self._stated = lru_cache(maxsize=200)(self._speaks_of)

    def map(self, record: Record) -> Mapped:
        """The entry of a record, or the faults why there is none; never an exception."""
        if self._own is not None:
            return self._own(record)
        data = record.data
        if record.faults and not data:
            # nothing of it could be read: that it has no title either tells nobody anything
            return Mapped(None, faults=record.faults, notes=record.notes)
        faults = [one for one in record.faults if not self._left_out.has(one.column)]
        notes = [one for one in record.notes if not self._left_out.has(one.column)]
        draft = Draft("", faults=faults, notes=notes)
        draft.language = self._language.of(data, draft)
        identity, number, based_on = self._identity(data, draft)
        for rule in self._rules:
            rule(data, draft)
        self._finish(draft)
        partners = tuple(draft.partners.values())
        title = draft.titles.get(draft.language, ("",))[0]
        return Mapped(
            values=None if draft.faults else draft.values(),
            stated=self._stated(draft.language),
            owner=draft.owner,
            partners=partners,
            number=number,
            based_on=based_on,
            faults=tuple(draft.faults),
            notes=tuple(draft.notes),
            unknown=tuple(dict.fromkeys(draft.unknown)),
            identity=identity,
            title=title,
            columns=draft.columns,
        )

    def _finish(self, draft: Draft) -> None:
        """What can only be said when all rules have spoken."""
        self._settle_language(draft)
        for language in [one for one in draft.summaries if one not in draft.titles]:
            at = draft.columns.pop(f"texts.{language}.summary", "")
            if language != draft.language:
                draft.note("summary_untitled", at, language=language)
            del draft.summaries[language]
        self._order_dates(draft)
        self._fixed.fill(draft)

    def _settle_language(self, draft: Draft) -> None:
        """A title must be there in the original language; else the first title's is it."""
        if draft.language in draft.titles:
            return
        if not draft.titles:
            draft.fault("title_missing", self._fixed.title_column)
            return
        found = next(iter(draft.titles))
        draft.note("language_of_title", draft.columns[f"texts.{found}.title"], language=found)
        draft.language = found

    def _order_dates(self, draft: Draft) -> None:
        start, end = draft.single.get("start"), draft.single.get("end")
        if not start or not end or end >= start:
            return
        if PartialDate.parse(end).last_day() < PartialDate.parse(start).date:
            at = draft.columns.get("end", "")
            draft.faulty(self._fixed.faulty_end, "end", "ends_before_start", at, end, start=start)
            if self._fixed.faulty_end != "refuse":
                del draft.single["end"]

    def _speaks_of(self, language: str) -> frozenset[str]:
        moving = {
            part
            for rule in self.profile.fields
            if rule.to.partition(":")[0] in _TEXTS
            for part in texts.stated(rule, language)
        }
        return self._fixed.parts | moving


class _Languages:
    """The language of a record's texts."""

    def __init__(self, rule: LanguageRule) -> None:
        self.columns = columns(rule.columns)
        self.values = Replacing(rule.values)
        self.default = rule.default
        self._tags: dict[str, str | None] = {}

    def of(self, data: Data, draft: Draft) -> str:
        for one in self.columns:
            said = one.text(data)
            if not said:
                continue
            if said not in self._tags:
                if len(self._tags) > 10_000:
                    self._tags.clear()
                self._tags[said] = self._tag(said)
            tag = self._tags[said]
            if tag:
                return tag
            if tag is None:
                draft.note("language_unknown", one.name, value=shown(said))
        return self.default

    def _tag(self, said: str) -> str | None:
        """The tag; "" where the profile says that it says nothing, None where it is none."""
        meant = self.values.get(said)
        if meant is not None:
            return meant
        return tag_of(said) or None


class _Fixed:
    """What is the same for all records of a profile."""

    def __init__(self, profile: Profile) -> None:
        self.source, self.licence = profile.source, profile.licence
        self.attribution = profile.attribution
        self.parts = frozenset(_parts(profile))
        named = [name for rule in profile.fields if rule.to == "title" for name in rule.columns]
        self.title_column = named[0] if named else ""
        ends = [rule.faulty for rule in profile.fields if rule.to == "end"]
        self.faulty_end = ends[0] if ends else "refuse"

    def fill(self, draft: Draft) -> None:
        for name in ("source", "licence", "attribution"):
            if stated := getattr(self, name):
                draft.single.setdefault(name, stated)


def _parts(profile: Profile) -> set[str]:
    """The parts that a profile speaks of in every record, its texts left out."""
    parts = {"original_language"}
    for rule in profile.fields:
        if rule.to.partition(":")[0] not in _TEXTS:
            parts.add(rule.to.replace(":", "."))
        if rule.faulty == "keep":
            parts.add(f"extra.{AS_STATED}")
    for term in profile.terms:
        parts.add(f"terms.{term.scheme}")
        if term.unknown == "keep":
            parts.add(f"extra.{AS_STATED}")
    for body in profile.organisations:
        if body.role_column:
            parts.add("partners")
            if body.role == OWNER or not body.roles or OWNER in body.roles.values():
                parts.add("organisation")
        else:
            parts.add("organisation" if body.role == OWNER else f"partners.{body.role}")
        parts |= {f"partners.{body.further}"} if body.further else set()
    for link in profile.links:
        parts.add("links" if link.kind_column else f"links.{link.kind}")
        if link.faulty == "keep":
            parts.add(f"extra.{AS_STATED}")
    if profile.identity.columns:
        parts.add(f"identifiers.{profile.identity.system}")
    for identifier in profile.identifiers:
        system = identifier.system
        parts.add("identifiers" if identifier.system_column else f"identifiers.{system}")
    for name in ("source", "licence", "attribution"):
        if getattr(profile, name):
            parts.add(name)
    return parts


def _field(rule: FieldRule, framework: Framework) -> Callable[[Data, Draft], None]:
    kind = rule.to.partition(":")[0]
    if kind in _TEXTS:
        return texts.TextRule(rule, framework)
    return FactRule(rule) if kind == "extra" else PlainRule(rule)
