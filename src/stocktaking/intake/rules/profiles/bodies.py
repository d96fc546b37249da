"""Owners and partners as a file names them; which organisations they are is found out later."""

from collections.abc import Mapping
from typing import Any

from stocktaking.entries.rules.acceptance import LENGTH_MAX
from stocktaking.entries.rules.shapes import address, has_control
from stocktaking.intake.rules.profiles.columns import (
    Column,
    Items,
    Replacing,
    column,
    one_line,
    shown,
    split,
)
from stocktaking.intake.rules.profiles.draft import Draft
from stocktaking.intake.rules.profiles.form import OWNER, ROLES
from stocktaking.intake.rules.profiles.framework import COUNTRY, TYPE, Framework, key
from stocktaking.intake.rules.profiles.mapped import Body
from stocktaking.intake.rules.profiles.model import OrganisationRule
from stocktaking.intake.rules.profiles.terms import Lookup

Data = Mapping[str, Any]


class BodyRule:
    """Puts the bodies of one rule into a draft."""

    def __init__(self, rule: OrganisationRule, framework: Framework) -> None:
        self.rule = rule
        self.items = Items(rule.each, rule.when)
        self.name = column(rule.name)
        self.country, self.type = column(rule.country), column(rule.type)
        self.website, self.number = column(rule.website), column(rule.number)
        self.role = column(rule.role_column)
        self.roles = Replacing(rule.roles)
        self.identifiers = [(system, Column(path)) for system, path in rule.identifiers.items()]
        self.nobody = frozenset(map(key, rule.nobody))
        self.countries = Lookup(COUNTRY, {}, framework)
        self.types = Lookup(TYPE, rule.types, framework)

    def __call__(self, data: Data, draft: Draft) -> None:
        for item in self.items.of(data):
            self._take(item, draft)

    def _take(self, data: Data, draft: Draft) -> None:
        names = self._names(data)
        number = self._number(data, draft)
        if not names and number is None:
            self._tell_unnamed(data, draft)
            return
        role = self._role(data, draft)
        if not role:
            return
        if len(names) > 1:
            # what stands beside several names belongs to none of them for sure
            bodies = [Body(name, role=role) for name in names]
            for one in (self.country, self.type, self.website, self.number):
                if one is not None and one.text(data):
                    draft.note("body_detail_left_out", self._at(one))
        else:
            bodies = [self._body(names[0] if names else "", number, role, data, draft)]
        for body in bodies:
            self._put(body, draft)

    def _tell_unnamed(self, data: Data, draft: Draft) -> None:
        """An item that says who it is in other ways than by a name."""
        if not self.items.each or self.name is None or self.name.texts(data):
            return
        for _, one in self.identifiers:
            if value := one.text(data):
                draft.note("body_unnamed", self._at(self.name), value=shown(value))
                return

    def _names(self, data: Data) -> list[str]:
        said: list[str] = []
        if self.name is not None:
            if self.rule.separators:
                said = [p for t in self.name.texts(data) for p in split(t, self.rule.separators)]
            elif self.items.each:
                # of one body; further values are its name in other languages
                said = [text] if (text := self.name.text(data)) else []
            else:
                said = self.name.texts(data)
        if not said and self.rule.value:
            said = [self.rule.value]
        return [name for text in said if key(name := one_line(text)) not in self.nobody]

    def _body(self, name: str, number: int | None, role: str, data: Data, draft: Draft) -> Body:
        return Body(
            name,
            country=self._code(self.country, self.countries, data, draft),
            type=self._code(self.type, self.types, data, draft),
            website=self._website(data, draft),
            identifiers=tuple(
                (system, one_line(value))
                for system, one in self.identifiers
                if (value := one.text(data))
            ),
            role=role,
            number=number,
        )

    def _code(self, one: Column | None, lookup: Lookup, data: Data, draft: Draft) -> str:
        said = one.text(data) if one else ""
        return lookup.code(said, self._at(one), draft) if said else ""

    def _website(self, data: Data, draft: Draft) -> str:
        said = self.website.text(data) if self.website else ""
        if said and next(address(said, "", LENGTH_MAX["website"]), None) is not None:
            draft.note("address_malformed", self._at(self.website), value=shown(said))
            return ""
        return said

    def _number(self, data: Data, draft: Draft) -> int | None:
        said = self.number.text(data) if self.number else ""
        if not said:
            return None
        if said.isascii() and said.isdigit() and len(said) < 19:
            return int(said)
        draft.fault("number_malformed", self._at(self.number), value=shown(said))
        return None

    def _role(self, data: Data, draft: Draft) -> str:
        """What the body is to the entry; "" leaves it out."""
        said = self.role.text(data) if self.role else ""
        if not said:
            return self.rule.role
        role = self.roles.replaced(said).lower()
        if role in ROLES or not role:
            return role
        draft.note("value_unknown", self._at(self.role), value=shown(said))
        return ""

    def _put(self, body: Body, draft: Draft) -> None:
        at = self._at(self.name or self.number)
        if len(body.name) > LENGTH_MAX["partner"]:
            most = LENGTH_MAX["partner"]
            draft.fault("text_too_long", at, most=most, length=len(body.name))
        elif has_control(body.name, ""):
            draft.fault("control_character", at, value=shown(body.name))
        elif body.role != OWNER:
            draft.partner(body, at)
        elif draft.owner is None:
            draft.owner = body
            draft.columns["organisation"] = at
        elif draft.owner.name != body.name:
            self._put_further(body, at, draft)

    def _put_further(self, body: Body, at: str, draft: Draft) -> None:
        if self.rule.further:
            further = Body(
                body.name,
                body.country,
                body.type,
                body.website,
                body.identifiers,
                self.rule.further,
                body.number,
            )
            draft.partner(further, at)
        else:
            draft.note("further_owner", at, value=shown(body.name))

    def _at(self, one: Column | None) -> str:
        return self.items.place(one.name) if one else ""
