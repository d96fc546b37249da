"""A mapping profile as a table: one row for each column of a file.

What a table cannot show stays as it is and comes back with ``composing.compose``: rules that
read a column which another reads as well, that go through lists or ask for a condition, and
rules for columns that this file does not have.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from stocktaking.intake.rules.profiles.model import (
    FieldRule,
    IdentifierRule,
    LinkRule,
    OrganisationRule,
    Profile,
    TermRule,
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

Rule = FieldRule | TermRule | OrganisationRule | LinkRule | IdentifierRule


@dataclass
class Table:
    """``uses`` by column; ``shown`` and ``kept`` are the rules of the profile that the table
    shows, and those that it cannot show; ``constants`` are what every record has."""

    uses: dict[str, Use] = field(default_factory=dict)
    shown: list[Rule] = field(default_factory=list)
    kept: list[Rule] = field(default_factory=list)
    constants: list[tuple[str, str]] = field(default_factory=list)


def rules_of(profile: Profile) -> list[Rule]:
    return [
        *profile.fields,
        *profile.terms,
        *profile.organisations,
        *profile.links,
        *profile.identifiers,
    ]


def table_of(profile: Profile, columns: Sequence[str]) -> Table:
    """How the profile reads a file with these columns."""
    table, there = Table(), set(columns)
    for rule in rules_of(profile):
        constants = constants_of(rule)
        uses = {} if _intricate(rule) else _uses(rule, there)
        if constants:
            table.constants += constants
            table.shown.append(rule)
        elif uses and table.uses.keys().isdisjoint(uses):
            table.uses |= uses
            table.shown.append(rule)
        else:
            table.kept.append(rule)
    return table


def constants_of(rule: Rule) -> list[tuple[str, str]]:
    """What a rule without any column says of every record."""
    if _intricate(rule):
        return []
    if isinstance(rule, FieldRule) and rule.value and not rule.columns:
        return [(rule.to, rule.value)]
    if isinstance(rule, TermRule) and not rule.columns:
        return [(f"{TERMS}{rule.scheme}", code) for code in rule.constants]
    if isinstance(rule, OrganisationRule) and rule.role == "owner" and not columns_of(rule):
        return [(f"{OWNER}name", rule.value)] if rule.value else []
    return []


def columns_of(rule: Rule) -> tuple[str, ...]:
    """The columns that a rule reads, each once; of one that goes through a list, that of it."""
    if rule.each:
        return (rule.each,)
    if isinstance(rule, OrganisationRule):
        parts = (rule.name, rule.country, rule.type, rule.website, *rule.identifiers.values())
        return tuple(dict.fromkeys(column for column in (*parts, rule.number) if column))
    beside = (getattr(rule, name, "") for name in ("note", "label", "url"))
    return tuple(dict.fromkeys((*rule.columns, *(column for column in beside if column))))


def _intricate(rule: Rule) -> bool:
    """Whether a rule says more than a row can show; other attributes are simply left alone."""
    if rule.each or rule.when:
        return True
    by_column = ("language_column", "code_column", "basis_column", "role_column", "kind_column")
    more = ("system_column", "origin_column", "number", "whole", "after", "until")
    return any(getattr(rule, name, "") for name in (*by_column, *more))


def _uses(rule: Rule, there: set[str]) -> dict[str, Use]:
    """The rows of one rule, for those of its columns that the file has."""
    if isinstance(rule, OrganisationRule):
        if rule.value:
            return {}
        return {column: use for column, use in _bodies(rule).items() if column in there}
    first = _first(rule)
    rest = replace(first, values={})  # a map of values is shown once
    columns = [column for column in rule.columns if column in there]
    return {column: rest if place else first for place, column in enumerate(columns)}


def _first(rule: FieldRule | TermRule | LinkRule | IdentifierRule) -> Use:
    if isinstance(rule, TermRule):
        return Use(
            to=f"{TERMS}{rule.scheme}",
            separators=rule.separators,
            basis=rule.basis.value,
            unknown=rule.unknown,
            values=rule.values,
        )
    if isinstance(rule, LinkRule):
        return Use(
            to=LINK,
            kind=rule.kind,
            separators=rule.separators,
            faulty=rule.faulty,
        )
    if isinstance(rule, IdentifierRule):
        return Use(to=IDENTIFIER, name=rule.system)
    lead, _colon, name = rule.to.partition(":")
    return Use(
        to=EXTRA if lead == EXTRA else rule.to,
        name=name if lead == EXTRA else "",
        language=rule.language,
        join=rule.join,
        cut=rule.cut,
        order=rule.order,
        precision=rule.precision,
        faulty=rule.faulty,
        values=rule.values,
    )


def _bodies(rule: OrganisationRule) -> dict[str, Use]:
    owner = rule.role == "owner"
    lead = OWNER if owner else PARTNER
    plain = Use() if owner else Use(role=rule.role)
    found = {
        rule.name: replace(plain, to=f"{lead}name", separators=rule.separators),
        rule.country: replace(plain, to=f"{lead}country"),
        rule.type: replace(plain, to=f"{lead}type", values=rule.types),
        rule.website: replace(plain, to=f"{lead}website"),
        **{
            column: replace(plain, to=f"{lead}id", name=system)
            for system, column in rule.identifiers.items()
        },
    }
    return {column: use for column, use in found.items() if column}
