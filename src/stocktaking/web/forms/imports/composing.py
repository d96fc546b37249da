"""A table of columns back into a mapping profile; what the table does not speak of stays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from stocktaking.entries.states import Basis
from stocktaking.intake.rules.profiles.model import (
    FieldRule,
    IdentifierRule,
    LinkRule,
    OrganisationRule,
    Profile,
    TermRule,
)
from stocktaking.web.forms.imports.tables import (
    Rule,
    columns_of,
    constants_of,
    rules_of,
    table_of,
)
from stocktaking.web.forms.imports.uses import (
    EXTRA,
    IDENTIFIER,
    LINK,
    OWNER,
    PARTNER,
    TERMS,
    Use,
)

Uses = Mapping[str, Use]
Constants = Sequence[tuple[str, str]]
Key = tuple[str, ...]
Kind = TypeVar("Kind", FieldRule, TermRule, OrganisationRule, LinkRule, IdentifierRule)


def compose(
    base: Profile,
    columns: Sequence[str],
    uses: Uses,
    constants: Constants,
    dropped: frozenset[int] = frozenset(),
) -> Profile:
    """The profile with the rules of the table in place of those that the table showed.

    ``dropped`` are the places, among the rules that the table cannot show, of those to leave out.
    """
    table = table_of(base, columns)
    kept = {id(rule) for place, rule in enumerate(table.kept) if place not in dropped}
    shown = {id(rule) for rule in table.shown}
    groups = _groups({column: uses[column] for column in columns if column in uses})
    rules: list[Rule] = []
    for rule in rules_of(base):
        if id(rule) in kept:
            rules.append(rule)
        elif id(rule) in shown and not constants_of(rule):
            key = _matching(rule, groups)
            if key is not None:
                rules.append(_rule(key, groups.pop(key), uses, rule, columns))
    rules += [_rule(key, found, uses, None, columns) for key, found in groups.items()]
    rules += _constant_rules(constants, table.shown)
    return replace(
        base,
        fields=_only(FieldRule, rules),
        terms=_only(TermRule, rules),
        organisations=_only(OrganisationRule, rules),
        links=_only(LinkRule, rules),
        identifiers=_only(IdentifierRule, rules),
    )


def _only(kind: type[Kind], rules: Sequence[Rule]) -> tuple[Kind, ...]:
    return tuple(rule for rule in rules if isinstance(rule, kind))


def _key(use: Use) -> Key:
    """Columns of one key are read by one rule; the first two say what kind of rule it is."""
    if use.to == EXTRA:
        return ("field", f"{EXTRA}:{use.name}", "")
    if use.to == LINK:
        return ("link", use.kind, *use.separators)
    if use.to == IDENTIFIER:
        return ("identifier", use.name)
    if use.to.startswith(TERMS):
        scheme = use.to.removeprefix(TERMS)
        return ("terms", scheme, use.basis, use.unknown, *use.separators)
    if use.to.startswith(OWNER):
        return ("body", "owner")
    if use.to.startswith(PARTNER):
        return ("body", use.role)
    return ("field", use.to, use.language)


def _key_of(rule: Rule) -> Key:
    if isinstance(rule, FieldRule):
        return ("field", rule.to, rule.language)
    if isinstance(rule, TermRule):
        return ("terms", rule.scheme, rule.basis.value, rule.unknown, *rule.separators)
    if isinstance(rule, LinkRule):
        return ("link", rule.kind, *rule.separators)
    if isinstance(rule, IdentifierRule):
        return ("identifier", rule.system)
    return ("body", rule.role)


def _groups(uses: Uses) -> dict[Key, list[str]]:
    groups: dict[Key, list[str]] = {}
    for column, use in uses.items():
        if use.to:
            groups.setdefault(_key(use), []).append(column)
    return groups


def _matching(rule: Rule, groups: Mapping[Key, list[str]]) -> Key | None:
    """The group that goes on with a rule: of the same key, else one of its kind that reads a
    column of it, so that what no row shows is not lost with a changed option."""
    key, read = _key_of(rule), set(columns_of(rule))
    if key in groups and (key[0] == "body" or read & set(groups[key])):
        return key
    near = (other for other in groups if other[:2] == key[:2] and read & set(groups[other]))
    return next(near, key if key in groups else None)


def _rule(
    key: Key, found: Sequence[str], uses: Uses, before: Rule | None, columns: Sequence[str]
) -> Rule:
    first = uses[found[0]]
    values = {said: meant for column in found for said, meant in uses[column].values.items()}
    if key[0] == "body":
        body = before if isinstance(before, OrganisationRule) else OrganisationRule(role=key[1])
        return _body(body, found, uses, columns)
    read = _read(before, found, columns)
    if key[0] == "terms":
        term = before if isinstance(before, TermRule) else TermRule(scheme=key[1])
        return replace(
            term,
            columns=read,
            values=values,
            separators=first.separators,
            basis=Basis(first.basis),
            unknown=first.unknown,
        )
    if key[0] == "link":
        link = before if isinstance(before, LinkRule) else LinkRule()
        return replace(
            link,
            columns=read,
            kind=first.kind,
            separators=first.separators,
            faulty=first.faulty,
        )
    if key[0] == "identifier":
        other = before if isinstance(before, IdentifierRule) else IdentifierRule()
        return replace(other, columns=read, system=first.name)
    plain = before if isinstance(before, FieldRule) else FieldRule(to=key[1])
    return replace(
        plain,
        to=key[1],
        columns=read,
        language=first.language,
        join=any(uses[column].join for column in found),
        cut=max(uses[column].cut for column in found),
        order=first.order,
        precision=first.precision,
        faulty=first.faulty,
        values=values,
    )


def _read(before: Rule | None, found: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """In the order of the rule as it was; columns that this file does not have stay."""
    old = () if before is None or isinstance(before, OrganisationRule) else before.columns
    stay = [column for column in old if column in found or column not in columns]
    return (*stay, *(column for column in found if column not in old))


def _body(
    rule: OrganisationRule, found: Sequence[str], uses: Uses, columns: Sequence[str]
) -> OrganisationRule:
    by_part = {uses[column].to.partition(":")[2]: column for column in reversed(found)}

    def part(name: str, old: str) -> str:
        return by_part.get(name, "" if old in columns else old)

    stay = {system: old for system, old in rule.identifiers.items() if old not in columns}
    stated = {uses[column].name: column for column in found if uses[column].to.endswith(":id")}
    name, types = by_part.get("name"), by_part.get("type")
    return replace(
        rule,
        name=part("name", rule.name),
        country=part("country", rule.country),
        type=part("type", rule.type),
        website=part("website", rule.website),
        identifiers=stay | stated,
        separators=uses[name].separators if name else rule.separators,
        types=uses[types].values if types else rule.types,
    )


def _constant_rules(constants: Constants, before: Sequence[Rule]) -> list[Rule]:
    codes: dict[str, list[str]] = {}
    rules: list[Rule] = []
    for to, value in constants:
        if to.startswith(TERMS):
            codes.setdefault(to.removeprefix(TERMS), []).append(value)
        elif to == f"{OWNER}name":
            rules.append(OrganisationRule(value=value))
        else:
            old = (r for r in before if isinstance(r, FieldRule) and r.to == to and constants_of(r))
            rules.append(replace(next(old, FieldRule(to=to)), value=value))
    for scheme, stated in codes.items():
        was = (r for r in before if isinstance(r, TermRule) and not r.columns)
        same = next((rule for rule in was if rule.scheme == scheme), TermRule(scheme=scheme))
        rules.append(replace(same, constants=tuple(stated)))
    return rules
